import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { SMTPServer } from 'smtp-server'
import type { MailDriver } from '../../../src/drivers/mail/driver.ts'
import { outboxMail } from '../../../src/drivers/mail/outbox.ts'
import { smtpMail } from '../../../src/drivers/mail/smtp.ts'

const from = 'Ranah <ranah@contoh.example>'
const mail = {
  messageId: 'a1b2@ranah.invalid',
  to: 'pegawai@contoh.example',
  subject: 'Permohonan selesai: ätik\r\nBcc: orang@lain.example',
  text: 'Yth. Bapak/Ibu,\n\n.\nSelesai.\n',
}

describe('mail to a folder', () => {
  let directory: string
  before(async () => void (directory = await mkdtemp(join(tmpdir(), 'ranah-mail-'))))
  after(() => rm(directory, { recursive: true }))

  test('one file a message, readable by its owner only, and the same file when it is sent again', async () => {
    const outbox = outboxMail(join(directory, 'outbox'), from)
    await Promise.all([outbox.send(mail), outbox.send(mail)])
    await outbox.send({ ...mail, messageId: 'c3d4@ranah.invalid' })
    const names = await readdir(join(directory, 'outbox'))
    assert.equal(names.filter((name) => name.endsWith('.eml')).length, 2)
    assert.ok(
      names.every((name) => name.endsWith('.eml')),
      names.join(),
    )
    const path = join(directory, 'outbox', names[0]!)
    assert.equal((await stat(path)).mode & 0o777, 0o600)
    assertHarmless(await readFile(path, 'utf8'))
  })
})

describe('mail by SMTP', () => {
  const taken: string[] = []
  let refuse = false
  let server: SMTPServer
  let driver: MailDriver
  before(async () => {
    server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      onRcptTo: (_address, _session, done) => done(refuse ? new Error('450 later') : undefined),
      onData: (stream, _session, done) => {
        let text = ''
        stream.setEncoding('utf8').on('data', (part: string) => (text += part))
        stream.on('end', () => {
          taken.push(text)
          done()
        })
      },
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    driver = smtpMail(`smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, from)
  })
  after(() => new Promise<void>((resolve) => server.close(resolve)))

  test('the server takes the message with its own id, and no header is smuggled in', async () => {
    await driver.send(mail)
    assert.equal(taken.length, 1)
    assert.match(taken[0]!, /^Message-ID: <a1b2@ranah\.invalid>/im)
    assertHarmless(taken[0]!)
  })

  test('a server that refuses is an error, so that the job comes again', async () => {
    refuse = true
    await assert.rejects(driver.send(mail))
    assert.equal(taken.length, 1)
  })

  test('a server that is away is an error', async () => {
    await assert.rejects(smtpMail('smtp://127.0.0.1:1', from).send(mail))
  })
})

/** The line break in the subject did not become a header of its own. */
function assertHarmless(message: string): void {
  const head = message.slice(0, message.search(/\r?\n\r?\n/))
  assert.doesNotMatch(head, /^bcc:/im)
  assert.match(head, /^to: pegawai@contoh\.example/im)
}
