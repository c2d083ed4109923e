import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * The test file on which scanners agree (eicar.org), put together here so that no scanner takes this source for it.
 */
export const eicar = Buffer.from(
  [
    'X5O!P%@AP[4',
    String.fromCharCode(92),
    'PZX54(P^)7CC)7}$',
    'EICAR-STANDARD-',
    'ANTIVIRUS-TEST-FILE!$H+H*',
  ].join(''),
)

/** A database of one signature: it proves the wiring, not what a scanner would find. */
export async function writeSignatures(directory: string): Promise<void> {
  await writeFile(join(directory, 'contoh.ndb'), `Contoh.Eicar:0:*:${eicar.toString('hex')}\n`)
}
