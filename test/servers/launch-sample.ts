/** Child of supervise.test.ts: launches the sample server with the spec in argv[2] and stays to be killed. */
import { launchNodeServer, type NodeServerSpec } from '../../src/servers/node-server.ts'

const server = await launchNodeServer(JSON.parse(process.argv[2]!) as NodeServerSpec)
console.log(JSON.stringify({ pid: server.process.pid, adopted: server.adopted, ready: server.ready }))
setInterval(() => undefined, 60_000)
