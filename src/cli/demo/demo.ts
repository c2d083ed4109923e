import { join } from 'node:path'
import { loadConfig, redacted } from '../../config.ts'
import { Refused } from '../../domain/refused.ts'
import { cliTexts } from '../../domain/text/cli.ts'
import { argumentTexts as about } from '../../domain/text/commands.ts'
import type { Call } from '../arguments.ts'
import type { Command } from '../command.ts'
import type { CommandDeps, DebianServers, Installation } from '../installation.ts'
import { describe, terminalLog, untilAskedToEnd } from '../terminal.ts'
import { askDns, checkLogbook, fetchLetter, fetchSite, openCredentials } from './evidence.ts'
import { setUpOffices } from './offices.ts'
import type { DemoOffice, DemoState, SignedIn } from './people.ts'
import { readState, signIn, writeState } from './people.ts'
import type { DemoPrinter, DemoReport, DemoRun } from './printer.ts'
import { jsonPrinter, textPrinter } from './printer.ts'
import { sampleRow } from './php-page.ts'
import { connectServers, publishPhp, realSite, realWish, rowIn, startReal } from './real.ts'
import type { WalkedStep, Walker } from './walk.ts'
import { apply, walk } from './walk.ts'

/**
 * `npm run demo`: starts everything and takes one application through each SOP over the public HTTP interface,
 * signed in as each actor in turn; then shows the evidence and keeps serving. It knows no route that anybody
 * else does not have.
 */
export const demo: Command = {
  options: {
    json: { about: about.json },
    exit: { about: about.exit },
    with: { about: about.with, value: 'real' },
  },
  run: runDemo,
}

async function runDemo(call: Call, deps: CommandDeps): Promise<number> {
  const asJson = call.has('json')
  const printer = asJson ? jsonPrinter() : textPrinter()
  const log = terminalLog(process.stderr)
  const config = await loadConfig(process.env, process.cwd())
  const real = realWish(call)
  if (config.smtpUrl) throw new Refused('demo-with-smtp', cliTexts.demoWithSmtp)
  if (!asJson) for (const line of redacted(config)) printer.say(line)
  const asked = untilAskedToEnd()
  const started = performance.now()
  const directory = real ? join(config.dataDirectory, `real-${process.pid}`) : config.dataDirectory
  const world = real ? await startReal(deps, directory, printer.progress) : undefined
  const ownNetworks = [...config.ownNetworks, ...(world?.networks ?? [])]
  const wanted = { ...config, dataDirectory: directory, ownNetworks }
  const installation = await startOrEnd(deps, { config: wanted, log }, world)
  const startMs = Math.round(performance.now() - started)
  printer.started(installation.url, startMs)
  try {
    const report = await Promise.race([runAll(installation, directory, printer, world), stoppedEarly(asked)])
    printer.report({ ...report, startMs, totalMs: Math.round(performance.now() - started) })
  } catch (error) {
    printer.failed(describe(error))
    await installation.stop({ servers: true })
    await world?.stop()
    return 1
  }
  if (!call.has('exit')) {
    printer.serving(installation.url)
    await asked
  }
  await installation.stop({ servers: true })
  await world?.stop()
  return 0
}

async function startOrEnd(
  deps: CommandDeps,
  options: Parameters<CommandDeps['start']>[0],
  world: DebianServers | undefined,
): Promise<Installation> {
  try {
    return await deps.start(options)
  } catch (error) {
    await world?.stop()
    throw error
  }
}

async function stoppedEarly(asked: ReturnType<typeof untilAskedToEnd>): Promise<never> {
  await asked
  throw new Refused('stopped', cliTexts.demoStopped)
}

async function runAll(
  installation: Installation,
  dataDirectory: string,
  printer: DemoPrinter,
  world: DebianServers | undefined,
): Promise<Pick<DemoReport, 'runs' | 'url' | 'accounts'>> {
  const directory = join(dataDirectory, 'demo')
  const file = join(directory, 'accounts.json')
  const known = await readState(file)
  const fresh = known
    ? null
    : await setUpOffices(installation, join(dataDirectory, 'outbox'), printer.progress)
  const state = known ?? fresh!.state
  if (fresh) await writeState(file, state)
  if (fresh && world) await connectServers(fresh.signedIn, state, world, printer.progress)
  const runs: DemoRun[] = []
  for (const office of state.offices) {
    printer.office(office.slug, office.sop)
    const people = fresh?.signedIn ?? (await signInAll(installation, state, office, printer))
    runs.push(await runOne(installation, directory, office, walkersOf(people, office), printer, world))
  }
  return { runs, url: installation.url, accounts: state.accounts }
}

async function runOne(
  installation: Installation,
  directory: string,
  office: DemoOffice,
  people: readonly Walker[],
  printer: DemoPrinter,
  world: DebianServers | undefined,
): Promise<DemoRun> {
  const applicant = people.find((each) => each.role === 'applicant')!
  const auditor = people.find((each) => each.role === 'auditor')!
  const steps: WalkedStep[] = []
  const onStep = (step: WalkedStep): void => {
    steps.push(step)
    printer.step(step)
  }
  const ticket = await apply(office.slug, applicant, office.zone, world && realSite, onStep)
  const view = await walk(office.slug, ticket, people, onStep, printer.progress)
  const fqdn = view.name ?? ''
  const dns = await askDns(world?.dns ?? installation.dns(), fqdn)
  const letter = await fetchLetter(applicant.client, view, directory)
  const { opened, shown } = await openCredentials(applicant.client, office.slug, view)
  const real =
    world && (await publishPhp(applicant.client, office.slug, fqdn, opened.database, printer.progress))
  const web = world?.web ?? { port: installation.sites().webPort }
  const { html, ...site } = await fetchSite(web, fqdn, dns.answers[0] ?? '')
  const logbook = await checkLogbook(auditor.client, office.slug, directory)
  const run: DemoRun = {
    sop: office.sop,
    request: ticket,
    fqdn,
    outcome: view.ending ?? 'running',
    steps,
    dns,
    site,
    letter,
    credentials: shown,
    logbook,
    ...(world &&
      real && {
        certificate: real.certificate,
        database: { engine: real.engine, rowRead: rowIn(html) },
        servers: world.versions,
      }),
  }
  printer.evidence(run)
  requireProof(run)
  return run
}

/** The demo fails when what it shows does not hold. */
function requireProof(run: DemoRun): void {
  const holds =
    run.outcome === 'completed' &&
    run.dns.answers.length > 0 &&
    run.site.status === 200 &&
    run.credentials.secondReveal === 'refused' &&
    run.logbook.verified &&
    (!run.servers || run.database?.rowRead === sampleRow)
  if (!holds) throw new Error(`${run.request}: the evidence does not hold: ${JSON.stringify(run)}`)
}

/** Who of the people signed in works in this office; its administrator has no part in an SOP. */
const walkersOf = (people: readonly SignedIn[], office: DemoOffice): Walker[] =>
  people
    .filter(({ account }) => account.office === office.slug && account.role !== 'administrator')
    .map(({ account, client }) => ({ role: account.role, login: account.login, client }))

async function signInAll(
  installation: Installation,
  state: DemoState,
  office: DemoOffice,
  printer: DemoPrinter,
): Promise<SignedIn[]> {
  const accounts = state.accounts.filter((each) => each.office === office.slug)
  const told = (ms: number): void =>
    printer.progress(`menunggu kode TOTP berikutnya (${Math.ceil(ms / 1000)} detik)`)
  return Promise.all(
    accounts.map(async (account) => ({ account, client: await signIn(installation.url, account, told) })),
  )
}
