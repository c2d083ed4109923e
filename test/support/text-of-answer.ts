import { execFileSync } from 'node:child_process'
import { buffer } from 'node:stream/consumers'
import { fromBufferPromise } from 'yauzl'

const maxPdfOctets = 64 * 1024 * 1024

/** Everything that a person could read in an answer: the words of a PDF, the files of a ZIP or workbook, a stream's start. */
export async function textOfAnswer(answer: Response): Promise<string> {
  const type = answer.headers.get('content-type') ?? ''
  if (type.startsWith('text/event-stream')) return startOf(answer)
  return textOfBytes(Buffer.from(await answer.arrayBuffer()))
}

async function textOfBytes(bytes: Buffer): Promise<string> {
  const head = bytes.subarray(0, 5).toString('latin1')
  if (head.startsWith('PK\u0003\u0004')) return textOfZip(bytes)
  if (head === '%PDF-')
    return execFileSync('/usr/bin/pdftotext', ['-', '-'], {
      input: bytes,
      maxBuffer: maxPdfOctets,
    }).toString()
  return bytes.toString()
}

async function textOfZip(bytes: Buffer): Promise<string> {
  const zip = await fromBufferPromise(bytes, { lazyEntries: true })
  let text = ''
  for await (const entry of zip.eachEntry()) {
    const content = await buffer(await zip.openReadStreamPromise(entry))
    text += `${entry.fileName}\n${await textOfBytes(content)}\n`
  }
  return text
}

async function startOf(answer: Response): Promise<string> {
  const reader = answer.body!.getReader()
  const { value } = await reader.read()
  await reader.cancel()
  return Buffer.from((value as Uint8Array | undefined) ?? []).toString()
}

/** All that an answer says before its text, but the length, which tells the length of the address that was asked. */
export const headersOf = (headers: Headers): Readonly<Record<string, string>> =>
  Object.fromEntries([...headers].filter(([name]) => name !== 'content-length'))
