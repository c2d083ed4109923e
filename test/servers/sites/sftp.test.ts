import assert from 'node:assert/strict'
import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'

import ssh2, { type SFTPWrapper } from 'ssh2'

import { curl, runClient, siteNamed, startHost } from './running-host.ts'
import { makeZip } from './zip-maker.ts'

const FQDN = 'aset.contohkab.go.id'

async function startWithSite(t: TestContext, more: Parameters<typeof startHost>[1] = {}) {
  const started = await startHost(t, more)
  await started.driver.apply(await started.driver.plan(siteNamed(FQDN)))
  const credentials = await started.driver.issueCredentials(FQDN, 'req-1')
  const versions = join(started.config.dataDir, 'sites', FQDN, 'versions')
  const liveRoot = async () => join(versions, (await readdir(versions))[0]!)
  return { ...started, credentials, liveRoot }
}

/** OpenSSH's own client with the host key pinned; the password comes from an askpass program. */
async function openSsh(directory: string, port: number, hostKey: string, user: string, password: string) {
  const known = join(directory, 'known_hosts')
  await writeFile(known, `[127.0.0.1]:${port} ${hostKey}\n`)
  const askpass = join(directory, 'askpass')
  await writeFile(askpass, '#!/bin/sh\nprintf "%s\\n" "$SITE_PASSWORD"\n')
  await chmod(askpass, 0o700)
  const options = [
    ['-P', String(port)],
    ['-o', `UserKnownHostsFile=${known}`],
    ['-o', 'StrictHostKeyChecking=yes'],
    ['-o', 'PreferredAuthentications=password'],
    ['-o', 'NumberOfPasswordPrompts=1'],
  ].flat()
  const env = { SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: 'force', SITE_PASSWORD: password, DISPLAY: ':0' }
  return async (...commands: string[]) => {
    const batch = join(directory, 'batch')
    await writeFile(batch, `${commands.join('\n')}\n`)
    // -b would switch password prompts off; the later option wins over it.
    return runClient('sftp', ['-oBatchMode=no', '-b', batch, ...options, `${user}@127.0.0.1`], env)
  }
}

type Client = { sftp: SFTPWrapper; end: () => void; closed: Promise<void> }

function connect(port: number, username: string, password: string): Promise<Client> {
  const client = new ssh2.Client()
  const closed = new Promise<void>((resolve) => client.once('close', () => resolve()))
  return new Promise((resolve, reject) => {
    client.on('error', reject)
    client.on('close', () => reject(new Error('closed')))
    client.on('ready', () =>
      client.sftp((error, sftp) => {
        if (error) reject(error)
        else resolve({ sftp, end: () => client.end(), closed })
      }),
    )
    client.connect({ host: '127.0.0.1', port, username, password, readyTimeout: 20_000 })
  })
}

/** One callback-style call of the client as a promise. */
function ask<T>(call: (done: (error: Error | null | undefined, value: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => call((error, value) => (error ? reject(error) : resolve(value))))
}

test("OpenSSH's sftp works on the live site", async (t) => {
  const { directory, host, credentials, liveRoot } = await startWithSite(t)
  const { username, password, hostKey, sftpPort } = credentials
  assert.equal(sftpPort, host.sftpPort)
  const sftp = await openSsh(directory, sftpPort, hostKey, username, password)
  await writeFile(join(directory, 'page.html'), '<title>Baru</title>')
  const big = Buffer.alloc(3_000_000, 'abcdefg')
  await writeFile(join(directory, 'big.bin'), big)

  const put = await sftp(
    'pwd',
    `put -p ${directory}/page.html index.html`,
    'mkdir berkas',
    `put ${directory}/big.bin berkas/besar.bin`,
    'rename berkas/besar.bin berkas/data.bin',
    `get berkas/data.bin ${directory}/back.bin`,
    'ls -la berkas',
    'chmod 777 index.html',
  )
  assert.equal(put.code, 0, put.stderr)
  assert.match(put.stdout, /Remote working directory: \/\n/)
  assert.match(put.stdout, /data\.bin/)
  assert.deepEqual(await readFile(join(directory, 'back.bin')), big)
  assert.match((await curl(host.webPort, FQDN, '/')).stdout, /Baru/)
  assert.equal((await stat(join(await liveRoot(), 'index.html'))).mode & 0o777, 0o644)

  const cleared = await sftp('rm berkas/data.bin', 'rmdir berkas', 'ls')
  assert.equal(cleared.code, 0, cleared.stderr)
  assert.doesNotMatch(cleared.stdout, /\nberkas/)

  for (const refused of [
    'ln -s /etc/passwd keluar',
    'ln index.html keras',
    'rmdir /',
    'get ../../../etc/passwd',
  ]) {
    assert.notEqual((await sftp(refused)).code, 0, refused)
  }
  assert.deepEqual(await readdir(await liveRoot()), ['index.html'])
})

test('only SFTP, only the right password, and no other site', async (t) => {
  const { directory, host, driver, credentials } = await startWithSite(t)
  const other = 'lain.contohkab.go.id'
  await driver.apply(await driver.plan(siteNamed(other)))
  const otherCredentials = await driver.issueCredentials(other, 'req-1')
  const { username, password, hostKey } = credentials

  const wrong = await openSsh(directory, host.sftpPort, hostKey, username, otherCredentials.password)
  assert.notEqual((await wrong('ls')).code, 0)
  const unknown = await openSsh(directory, host.sftpPort, hostKey, 'root', password)
  assert.notEqual((await unknown('ls')).code, 0)

  const env = {
    SSH_ASKPASS: join(directory, 'askpass'),
    SSH_ASKPASS_REQUIRE: 'force',
    SITE_PASSWORD: password,
  }
  const common = ['-p', String(host.sftpPort), '-o', `UserKnownHostsFile=${directory}/known_hosts`]
  const shell = await runClient('ssh', [...common, `${username}@127.0.0.1`, 'id'], env)
  assert.notEqual(shell.code, 0)
  assert.doesNotMatch(shell.stdout, /uid=/)

  const text = await readFile(join(directory, 'sites', 'sites', FQDN, 'site.json'), 'utf8')
  assert.ok(!text.includes(password), 'the password is not stored')
})

test('hostile paths and links planted on the host lead nowhere', async (t) => {
  const { host, credentials, liveRoot } = await startWithSite(t)
  const root = await liveRoot()
  await symlink('/etc', join(root, 'keluar'))
  await symlink('/etc/passwd', join(root, 'passwd'))
  const { sftp, end } = await connect(host.sftpPort, credentials.username, credentials.password)
  t.after(end)
  const refused = (call: Parameters<typeof ask>[0]) => assert.rejects(ask(call))

  for (const path of [
    '/keluar/passwd',
    'passwd',
    '../../../../etc/passwd',
    '/../../site.json',
    'a\0b',
    'x'.repeat(300),
  ]) {
    await refused((done) => sftp.readFile(path, done))
    await refused((done) => sftp.writeFile(path === 'passwd' ? path : `${path}/x`, 'x', (e) => done(e, null)))
  }
  await refused((done) => sftp.symlink('/etc/passwd', 'baru', (e) => done(e, null)))
  await refused((done) => sftp.readlink('passwd', done))
  await refused((done) => sftp.rename('index.html', 'keluar/index.html', (e) => done(e, null)))
  await refused((done) => sftp.rename('/', 'akar', (e) => done(e, null)))
  await refused((done) => sftp.mkdir('keluar/baru', (e) => done(e, null)))
  await refused((done) => sftp.readdir('keluar', done))
  assert.equal(await ask<string>((done) => sftp.realpath('../../..', done)), '/')
  // The link itself may be removed by the owner; what it pointed to stays.
  await ask((done) => sftp.unlink('passwd', (e) => done(e, null)))
  assert.ok((await stat('/etc/passwd')).isFile())
})

test('handles: append, exclusive creation, truncation, positions, folders and wrong handles', async (t) => {
  const { host, credentials, liveRoot } = await startWithSite(t)
  const { sftp, end } = await connect(host.sftpPort, credentials.username, credentials.password)
  t.after(end)
  const write = (path: string, text: string, flag: string) =>
    ask((done) => sftp.writeFile(path, text, { flag } as never, (e) => done(e, null)))
  const content = async (path: string) => (await ask<Buffer>((done) => sftp.readFile(path, done))).toString()

  await write('a.txt', 'satu', 'w')
  await ask((done) => sftp.appendFile('a.txt', '-dua', (e) => done(e, null)))
  assert.equal(await content('a.txt'), 'satu-dua')
  await assert.rejects(write('a.txt', 'x', 'wx'))
  await write('a.txt', 'x', 'w')
  assert.equal(await content('a.txt'), 'x')
  await ask((done) => sftp.setstat('a.txt', { size: 3, atime: 1e9, mtime: 1e9 }, (e) => done(e, null)))
  assert.equal(await content('a.txt'), 'x\0\0')
  assert.equal((await stat(join(await liveRoot(), 'a.txt'))).mtimeMs, 1e12)
  await assert.rejects(ask((done) => sftp.rename('a.txt', 'index.html', (e) => done(e, null))))
  await assert.rejects(
    ask((done) => sftp.read(Buffer.from([9, 9, 9, 9]), Buffer.alloc(4), 0, 4, 0, (e) => done(e, null))),
  )
  await assert.rejects(ask((done) => sftp.unlink('/', (e) => done(e, null))))
  await mkdir(join(await liveRoot(), 'banyak'))
  for (let n = 0; n < 250; n++) await writeFile(join(await liveRoot(), 'banyak', `berkas-${n}`), '')
  assert.equal((await ask<unknown[]>((done) => sftp.readdir('banyak', done))).length, 250)
})

test('the quota holds against writes, sparse files and truncation, and gives room back', async (t) => {
  const { host, driver, credentials } = await startWithSite(t, { quotaBytes: 100_000 })
  const { sftp, end } = await connect(host.sftpPort, credentials.username, credentials.password)
  t.after(end)
  const write = (path: string, bytes: number) =>
    ask((done) => sftp.writeFile(path, Buffer.alloc(bytes), (e) => done(e, null)))
  await write('a', 60_000)
  await assert.rejects(write('b', 60_000), /full/)
  const handle = await ask<Buffer>((done) => sftp.open('c', 'w', done))
  await assert.rejects(
    ask((done) => sftp.write(handle, Buffer.alloc(1), 0, 1, 2 ** 40, (e) => done(e, null))),
  )
  await assert.rejects(ask((done) => sftp.fsetstat(handle, { size: 2 ** 40 }, (e) => done(e, null))))
  await ask((done) => sftp.unlink('b', (e) => done(e, null)))
  await write('a', 10)
  await write('b', 60_000)
  const seen = await driver.inspect(FQDN)
  assert.ok(seen.kind === 'present' && seen.site.usedBytes > 60_010 && seen.site.usedBytes <= 100_000)
})

test('rotation ends the old password and its sessions; an outdated token is refused', async (t) => {
  const { host, driver, credentials } = await startWithSite(t)
  const old = await connect(host.sftpPort, credentials.username, credentials.password)
  const retried = await driver.issueCredentials(FQDN, 'req-1')
  assert.notEqual(retried.password, credentials.password)
  assert.equal(retried.username, credentials.username)
  assert.equal(retried.generation, credentials.generation + 1)
  await old.closed
  await assert.rejects(connect(host.sftpPort, credentials.username, credentials.password))
  const current = await connect(host.sftpPort, retried.username, retried.password)

  const rotated = await driver.issueCredentials(FQDN, 'req-2')
  await current.closed
  await assert.rejects(driver.issueCredentials(FQDN, 'req-1'), { reason: 'credentials-superseded' })
  const last = await connect(host.sftpPort, rotated.username, rotated.password)

  await driver.revokeCredentials(FQDN)
  await last.closed
  await driver.revokeCredentials(FQDN)
  await assert.rejects(connect(host.sftpPort, rotated.username, rotated.password))
  await assert.rejects(driver.issueCredentials(FQDN, 'req-2'), { reason: 'credentials-superseded' })
  assert.ok((await driver.issueCredentials(FQDN, 'req-3')).password.length >= 20)
})

test('removal ends sessions, restoring brings content and access back', async (t) => {
  const { host, driver, credentials } = await startWithSite(t)
  const session = await connect(host.sftpPort, credentials.username, credentials.password)
  const plan = await driver.plan({ ...siteNamed(FQDN, 'req-9'), site: null })
  await driver.apply(plan)
  await session.closed
  await assert.rejects(connect(host.sftpPort, credentials.username, credentials.password))
  await driver.undo(plan)
  const again = await connect(host.sftpPort, credentials.username, credentials.password)
  again.end()
})

test('guessing slows the guesser, and the right password is taken at once all the same', async (t) => {
  const { host, credentials } = await startWithSite(t)
  const { username, password } = credentials
  let answered = 0
  const guesses = Array.from({ length: 24 }, (_, n) =>
    connect(host.sftpPort, n % 2 ? username : `tebak-${n}`, 'salah').then(
      () => 'in',
      () => {
        answered += 1
        return 'out'
      },
    ),
  )
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  const owner = await connect(host.sftpPort, username, password)
  owner.end()
  assert.ok(answered < guesses.length, 'the owner is in while guesses made before are held back')
  const failedMs = performance.now()
  await assert.rejects(connect(host.sftpPort, username, 'salah'))
  assert.ok(performance.now() - failedMs > 1_000, 'a failure after many is held back')
  assert.ok((await Promise.all(guesses)).every((outcome) => outcome === 'out'))
})

test('an archive that goes live under an open session: writing on is refused, a new look sees the new site', async (t) => {
  const { host, driver, credentials } = await startWithSite(t)
  const { sftp, end } = await connect(host.sftpPort, credentials.username, credentials.password)
  t.after(end)
  const open = await ask<Buffer>((done) => sftp.open('catatan.txt', 'w', done))
  await ask((done) => sftp.write(open, Buffer.from('awal'), 0, 4, 0, (e) => done(e, null)))
  await driver.deploy(FQDN, makeZip([{ name: 'index.html', data: 'dari arsip' }]), 'dep-1')
  await assert.rejects(
    ask((done) => sftp.write(open, Buffer.from('lanjut'), 0, 6, 4, (e) => done(e, null))),
    /replaced/,
  )
  await ask((done) => sftp.close(open, (e) => done(e, null)))
  const names = await ask<{ filename: string }[]>((done) => sftp.readdir('/', done))
  assert.deepEqual(
    names.map(({ filename }) => filename),
    ['index.html'],
  )
  await ask((done) => sftp.writeFile('index.html', 'disunting', (e) => done(e, null)))
  assert.equal((await curl(host.webPort, FQDN, '/')).stdout, 'disunting')
})
