/**
 * SIGKILL at every boundary: each story is first told undisturbed, which gives the list of its boundaries and the
 * traces it must leave; then once more for each boundary, struck exactly there (several strikes share a run), and its traces must be the same.
 */
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { after, before, test } from 'node:test'
import { actsOfJobs, driverCalls } from './calls.ts'
import type { Lane, Plot } from './lane.ts'
import { Lanes } from './lanes.ts'
import type { Victim } from './story.ts'
import type { Traces } from './truth.ts'
import { repeats, tracesOf } from './truth.ts'

const kukar: Plot = {
  name: 'kukar',
  sopFile: 'sops/kutai-kartanegara-hosting-subdomain.yaml',
  plot: 'life',
}
const katingan: Plot = { name: 'katingan', sopFile: 'sops/katingan-subdomain-hosting.yaml', plot: 'life' }
const later: Plot = { name: 'later', sopFile: 'test/crash/later.yaml', plot: 'after' }

const undone: Plot = { name: 'undone', sopFile: 'test/crash/later.yaml', plot: 'undone' }

/** The longest first, so that the lanes end together. */
const plots = [later, kukar, katingan, undone]

/** How often a run is repeated that did not come by its boundary: jobs side by side do not keep their order. */
const attempts = 3

type Told = { readonly boundaries: readonly string[]; readonly traces: Traces }

const lanes = new Lanes()
const told = new Map<Plot, Told>()

before(async () => {
  await lanes.open()
  const all = await Promise.all(
    plots.map((plot) => lanes.use(async (lane) => [plot, await tell(lane, plot)] as const)),
  )
  for (const [plot, undisturbed] of all) told.set(plot, undisturbed)
})
after(() => lanes.close())

async function tell(lane: Lane, plot: Plot): Promise<Told> {
  const run = await lane.run(plot, null)
  assert.equal(run.trouble, '')
  const traces = await tracesOf(run)
  await lane.forget(run)
  return { boundaries: run.boundaries, traces }
}

/** Boundaries of the life of a service, and of what comes after it. */
function boundariesOf(plot: Plot): readonly string[] {
  const { boundaries } = told.get(plot)!
  const first = { life: '', after: 'credentials.rotation-asked', undone: 'job provision-service' }[plot.plot]
  return boundaries.slice(boundaries.findIndex((name) => name.includes(first)))
}

/** Tells the story once more and strikes at each of these boundaries. @returns those that were not passed */
async function strike(
  plot: Plot,
  at: readonly string[],
  victims: readonly Victim[],
): Promise<readonly string[]> {
  return lanes.use(async (lane) => {
    const run = await lane.run(plot, { at, victims })
    assert.equal(run.trouble, '')
    assert.deepEqual(await tracesOf(run), told.get(plot)!.traces)
    await lane.forget(run)
    return at.filter((name) => !run.struck.includes(name))
  })
}

/** A boundary that a run with several strikes did not come by gets runs of its own. */
async function strikeOne(
  plot: Plot,
  at: string,
  victims: readonly Victim[],
  chain: Promise<readonly string[]>,
) {
  if (!(await chain).includes(at)) return
  for (let attempt = 1; attempt <= attempts; attempt += 1)
    if ((await strike(plot, [at], victims)).length === 0) return
  assert.fail(`the boundary was not passed again in ${attempts} runs`)
}

/** One test for each boundary. The strikes are dealt out over the runs, as far from each other as can be. */
async function strikeAll(t: TestContext, plot: Plot, kill: Kill): Promise<void> {
  const { victims, each } = kill
  const list = listOf(plot, kill)
  assert.ok(list.length >= (kill.where ? 1 : 6), `only ${list.length} boundaries were found`)
  const runs = Math.ceil(list.length / each)
  const who = victims.join(', ')
  const chains = Array.from({ length: runs }, (_, first) => {
    const chain = strike(
      plot,
      list.filter((_name, index) => index % runs === first),
      victims,
    )
    chain.catch(() => undefined)
    return chain
  })
  await Promise.all(
    list.map((at, index) =>
      t.test(`${plot.name}, SIGKILL of ${who}: ${at}`, () =>
        strikeOne(plot, at, victims, chains[index % runs]!),
      ),
    ),
  )
}

type Kill = {
  readonly victims: readonly Victim[]
  /** which boundaries; all when left out */
  readonly where?: RegExp
  /**
   * strikes in one run: a desk comes back at once; a server that dies again and again is started after ever longer
   * waits, and is not there to be struck meanwhile
   */
  readonly each: number
}

/**
 * Who is killed at every boundary of every story. Name server and site host alone: at their own calls, since they meet
 * nobody in between, and dying anywhere before a call is dying right before it.
 */
const kills: readonly Kill[] = [
  { victims: ['desk', 'dns', 'sites', 'postgres'], each: 6 },
  { victims: ['desk'], each: 8 },
  { victims: ['dns'], where: / dns\./, each: 3 },
  { victims: ['sites'], where: / hosting\./, each: 3 },
  { victims: ['postgres'], each: 4 },
]

const listOf = (plot: Plot, { where }: Kill): readonly string[] =>
  boundariesOf(plot).filter((name) => where?.test(name) ?? true)

/** All subtests wait at once; the lanes say how many run. */
const side = { concurrency: 10_000 }

test('every process is killed at every boundary, alone and all at once', side, async (t) => {
  const count = (kill: Kill): number => plots.reduce((sum, plot) => sum + listOf(plot, kill).length, 0)
  for (const kill of kills)
    console.log(
      `note: SIGKILL of ${kill.victims.join(', ')} at ${count(kill)} of ${count(kills[0]!)} boundaries`,
    )
  await Promise.all(
    kills.flatMap((kill) =>
      plots.map((plot) =>
        t.test(`${plot.name}: SIGKILL of ${kill.victims.join(', ')}`, (own) => strikeAll(own, plot, kill)),
      ),
    ),
  )
})

/** What no story comes by, and why that is no gap. */
const notInStories: Readonly<Record<string, string>> = {
  'service.contacts-changed': 'changes nothing outside; its commit is that of service.renewed',
  'service.taken-over':
    'changes nothing outside; its commit is that of service.renewed, its job that of credentials.rotation-asked',
  'service.records-changed': 'test/crash/zone-jobs.test.ts strikes there',
  'appointment.warned': 'changes nothing outside; one commit, once for each mark',
  'service.done-by-hand': 'changes nothing outside; its commit is that of service.renewed',
  'letter.signed': 'test/jobs/time-stamps.test.ts asks again, and twice at once, for what is signed already',
  'letter.prepared': 'changes nothing outside; its commit is that of letter.issued',
  'document.scanned': 'changes nothing outside; who scans again finds it recorded',
  'document.quarantined': 'as document.scanned',
  // the embedded site host has no certificates
  'certificate.wanted': 'in the commit of service.live',
  'certificate.queued': 'changes nothing outside',
  'certificate.ordered': 'test/jobs/certificates.test.ts breaks off before and after each call outside',
  'certificate.signed': 'as certificate.ordered',
  'certificate.live': 'as certificate.ordered',
  'certificate.trouble': 'changes nothing outside',
  'certificate.window': 'changes nothing outside',
  'certificate.gathered': 'changes nothing outside; one commit, and the wishes are looked at anew after it',
  'certificate.parted': 'as certificate.gathered',
  'certificate.adopted': 'as certificate.gathered',
  'certificate.left': 'changes nothing outside; the certificate goes on serving the others',
  'certificate.revoked': 'one call that may be repeated, and one commit',
  'service.plan-refused': 'changes nothing outside; the step goes back in one commit',
  'personal-data.forgotten': 'changes nothing outside; one commit',
  'archive.marked-due': 'changes nothing outside; one commit, and the look after it finds nothing to do',
  'logbook.name-begun': 'changes nothing outside; test/jobs/checkpoints.test.ts strikes there',
  // zones are compared by a job of every night, and taken over by one of their own
  'zone.compared': 'changes nothing outside; one commit',
  'zone.compare-failed': 'as zone.compared',
  'zone.taken-over': 'test/crash/zone-jobs.test.ts strikes there',
  'zone.take-over-failed': 'as zone.compared',
  'zone-finding.kept': 'changes nothing outside',
  'zone-finding.waiting': 'changes nothing outside',
  'zone-finding.reverted': 'as zone.taken-over',
}

test('every driver call and every entry that a job can make was among the boundaries', async () => {
  const passed = [...told.values()].flatMap((each) => each.boundaries).join('\n')
  const wanted = [...(await driverCalls()), ...(await actsOfJobs())].filter((name) => !repeats.includes(name))
  const missing = wanted.filter((name) => !passed.includes(name))
  assert.deepEqual(missing.toSorted(), Object.keys(notInStories).toSorted())
  assert.ok(wanted.length > 25, `the source was read: ${wanted.length} calls and entries`)
})
