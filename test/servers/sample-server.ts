/** A server as launchNodeServer expects it: for supervise.test.ts. */
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import * as z from 'zod'

const config = z
  .object({ behaviour: z.enum(['serve', 'fail', 'hang']), marker: z.string() })
  .parse(JSON.parse(await readFile(process.argv[2]!, 'utf8')))

if (config.behaviour === 'fail') throw new Error('the sample fails as told')
if (config.behaviour === 'hang') setInterval(() => undefined, 60_000)
else {
  await writeFile(config.marker, `${process.pid}\n`, { flag: 'a' })
  const server = createServer((socket) => socket.end(String(process.pid)))
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    const port = address && typeof address === 'object' ? address.port : 0
    console.log('some other line')
    console.log(JSON.stringify({ ready: true, port }))
  })
}
