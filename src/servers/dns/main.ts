/**
 * The embedded authoritative name server, a process of its own: `node --import tsx src/servers/dns/main.ts FILE`
 * with a JSON file (config.ts). Prints one line of JSON when it listens; stops cleanly on SIGTERM and SIGINT.
 */
import { mkdir, readFile } from 'node:fs/promises'
import { dnsServerConfigSchema, type DnsServerConfig } from './config.ts'
import { listen } from './listen.ts'
import { Notifier } from './notify.ts'
import { lockDataDir, removePidfile, writePidfile } from './pidfile.ts'
import { respond } from './respond.ts'
import { ZoneStore } from './store.ts'
import { UpdateQueue } from './updates.ts'

function say(stream: NodeJS.WriteStream, value: unknown): void {
  stream.write(`${JSON.stringify(value)}\n`)
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000)
}

/** The disk is in an unknown state: answering on could promise what is not there. */
function fail(error: unknown): never {
  say(process.stderr, { fault: String(error) })
  process.exit(70)
}

/** Faults that are written to the log; whoever can provoke one must not be able to fill the disk. */
const MAX_LOGGED_FAULTS = 1_000
let faults = 0

/** A fault in one answer costs that answer and nothing else. */
async function* guarded(answers: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* answers
  } catch (error) {
    faults += 1
    if (faults > MAX_LOGGED_FAULTS) return
    say(process.stderr, { fault: error instanceof Error ? error.stack : String(error) })
  }
}

async function serve(config: DnsServerConfig): Promise<void> {
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 })
  await lockDataDir(config.dataDir)
  const started = performance.now()
  const store = await ZoneStore.open(config.dataDir, config.maxJournalOctets)
  const loadMs = Math.round(performance.now() - started)
  if (store.tornOctets > 0)
    say(process.stderr, { warning: 'dropped a torn last line', octets: store.tornOctets })
  const notifier = new Notifier(config.secondaries, store.zones)
  const updates = new UpdateQueue(store, (zone) => notifier.changed(zone), fail)
  const server = { config, zones: store.zones, updates, nowSeconds }
  const { port, close } = await listen(
    {
      host: config.listen,
      port: config.port,
      queriesPerSecondPerAddress: config.queriesPerSecondPerAddress,
      nowSeconds,
    },
    (octets, transport) => guarded(respond(server, octets, transport)),
  )
  await writePidfile(config.dataDir, port)
  const stop = async (): Promise<void> => {
    close()
    notifier.stop()
    await updates.idle()
    await store.close()
    await removePidfile(config.dataDir)
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop())
  // Secondaries may have missed a change while this process was gone.
  for (const zone of store.zones.keys()) notifier.changed(zone)
  // The reader of the ready line may be gone later; nothing else is written to it.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  say(process.stdout, { ready: true, port, pid: process.pid, loadMs })
}

const file = process.argv[2]
if (file === undefined) {
  say(process.stderr, { fault: 'usage: main.ts CONFIG.json' })
  process.exit(64)
}
try {
  const parsed = dnsServerConfigSchema.safeParse(JSON.parse(await readFile(file, 'utf8')))
  if (!parsed.success)
    throw new Error(
      `${file}: ${parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ')}`,
    )
  await serve(parsed.data)
} catch (error) {
  say(process.stderr, { fault: error instanceof Error ? error.message : String(error) })
  process.exit(1)
}
