/** Child of postgres.test.ts: launches on argv[2], prints one JSON line, then waits to be killed or ends. */
import { launchPostgres } from '../../src/servers/postgres/launch.ts'

const [, , dataDirectory, mode] = process.argv
const { ownerUrl, port, process: server, adopted } = await launchPostgres({ dataDirectory: dataDirectory! })
process.stdout.write(`${JSON.stringify({ ownerUrl, port, pid: server.pid, adopted })}\n`)
if (mode === 'stay') setInterval(() => undefined, 60_000)
