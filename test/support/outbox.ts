import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

const timeoutMs = 60_000
const pollMs = 200

/** Waits for a mail in the outbox of an installation. @returns its words, newest first of those that fit */
export async function mailTo(data: string, address: string, pattern: RegExp): Promise<RegExpExecArray> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const mails = await readMails(join(data, 'outbox'))
    for (const mail of mails) {
      const found = mail.to === address ? pattern.exec(`${mail.subject}\n${mail.text}`) : null
      if (found) return found
    }
    if (Date.now() > deadline)
      throw new Error(`no mail to ${address} fits ${String(pattern)}; ${mails.length} mails`)
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
}

type OutboxMail = {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly at: number
}

async function readMails(folder: string): Promise<readonly OutboxMail[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml'))
  const mails = await Promise.all(
    names.map(async (name) => parsed(await readFile(join(folder, name), 'utf8'))),
  )
  return mails.toSorted((a, b) => b.at - a.at)
}

function parsed(raw: string): OutboxMail {
  const [head = '', ...rest] = raw.split('\n\n')
  const unfolded = head.replaceAll(/\n[ \t]+/g, ' ')
  const header = (name: string): string => new RegExp(`^${name}: (.*)$`, 'im').exec(unfolded)?.[1] ?? ''
  const body = rest.join('\n\n')
  const encoding = header('Content-Transfer-Encoding').toLowerCase()
  const text =
    encoding === 'base64'
      ? Buffer.from(body, 'base64').toString()
      : encoding.startsWith('quoted')
        ? unquoted(body)
        : body
  return { to: header('To'), subject: words(header('Subject')), text, at: Date.parse(header('Date')) }
}

/** Quoted-printable (RFC 2045, section 6.7). */
function unquoted(text: string): string {
  const joined = text.replaceAll(/=\n/g, '')
  return Buffer.from(
    joined.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString()
}

/** Encoded words of a header (RFC 2047). */
const words = (header: string): string =>
  header.replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=\s*/gi, (_, kind: string, text: string) =>
    kind.toLowerCase() === 'b' ? Buffer.from(text, 'base64').toString() : unquoted(text.replaceAll('_', ' ')),
  )
