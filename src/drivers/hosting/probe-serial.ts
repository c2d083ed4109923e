import { once } from 'node:events'
import { connect } from 'node:tls'
import { wayTo } from '../outgoing.ts'

/** Longest wait for a web server to show its certificate. */
const answerMs = 10_000

/**
 * Looks at a site as a visitor does. @returns the serial number (lower case hex) of the certificate that is shown
 * for a name; null when none is, or nobody answers
 */
export async function probeSerial(
  web: { readonly address: string; readonly port: number },
  fqdn: string,
): Promise<string | null> {
  // whether it is trusted is the browser's affair; here only counts whether it is the one that was installed
  const lookup = await wayTo({ host: web.address, port: web.port })
  const socket = connect({
    host: web.address,
    port: web.port,
    lookup,
    servername: fqdn,
    rejectUnauthorized: false,
  })
  socket.on('error', () => {})
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(answerMs) })
    return socket.getPeerX509Certificate()?.serialNumber.toLowerCase() ?? null
  } catch {
    return null
  } finally {
    socket.destroy()
  }
}
