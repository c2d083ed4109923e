import assert from 'node:assert/strict'
import { createServer, get } from 'node:http'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import type { DesiredSite } from '../../src/domain/hosting/plan.ts'
import type { IssuedCredentials } from '../../src/drivers/hosting/driver.ts'
import { runClient } from '../servers/sites/running-host.ts'
import { makeZip } from '../servers/sites/zip-maker.ts'
import { preparedHost } from '../support/debian-host.ts'

/** What one site can do to another, and what its owner can do to the host: nothing. */
const [ONE, OTHER] = ['satu.contohkab.go.id', 'dua.contohkab.go.id']
let made: Awaited<ReturnType<typeof preparedHost>>
const credentials: Record<string, IssuedCredentials> = {}
let uploads = 0
const cleanups: (() => unknown)[] = []

const wish = (fqdn: string, more: Partial<NonNullable<DesiredSite['site']>>): DesiredSite => ({
  fqdn,
  site: { title: 'Sistem Contoh', agency: 'Dinas Contoh', ...more },
  token: `req-${fqdn}`,
})

async function make(fqdn: string, more: Partial<NonNullable<DesiredSite['site']>>): Promise<void> {
  await made.driver.apply(await made.driver.plan(wish(fqdn, more)))
}

function fetchPage(fqdn: string, path: string): Promise<{ status: number; body: string; location?: string }> {
  const options = { host: made.host.address, port: 80, path, headers: { host: fqdn }, agent: false }
  return new Promise((resolve, reject) => {
    get(options, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
      const { location } = response.headers
      response.on('end', () => resolve({ status: response.statusCode!, body, ...(location && { location }) }))
    }).on('error', reject)
  })
}

/** A program of a site: runs `code` and prints what it echoes. */
async function runPhp(fqdn: string, code: string): Promise<string> {
  const zip = makeZip([{ name: 'index.php', data: `<?php ${code}` }])
  await made.driver.deploy(fqdn, zip, `kode-${(uploads += 1)}`)
  return (await fetchPage(fqdn, '/')).body
}

before(async () => {
  made = await preparedHost({ after: (task: () => unknown) => cleanups.push(task) })
  await make(ONE, { kind: 'php', database: 'mariadb' })
  await make(OTHER, { kind: 'php', database: 'postgresql' })
  for (const fqdn of [ONE, OTHER])
    credentials[fqdn] = await made.driver.issueCredentials(fqdn, `sandi-${fqdn}`)
})
after(async () => {
  for (const task of cleanups.reverse()) await task()
})

test('a PHP page reads a row from its own MariaDB and another from its own PostgreSQL', async () => {
  const maria = credentials[ONE]!.database!
  const code = `mysqli_report(MYSQLI_REPORT_ERROR); $db = new mysqli(${php(maria.host)}, ${php(maria.username)}, ${php(maria.password)}, ${php(maria.name)});
$db->query('create table if not exists catatan (isi text)'); $db->query("insert into catatan values ('baris MariaDB')");
echo $db->query('select isi from catatan')->fetch_row()[0];`
  assert.equal(await runPhp(ONE, code), 'baris MariaDB')
  const pg = credentials[OTHER]!.database!
  const link = `host=${pg.host} port=${pg.port} dbname=${pg.name} user=${pg.username} password=${pg.password}`
  const read = `$db = pg_connect(${php(link)}); pg_query($db, 'create table if not exists catatan (isi text)');
pg_query($db, "insert into catatan values ('baris PostgreSQL')"); echo pg_fetch_row(pg_query($db, 'select isi from catatan'))[0];`
  assert.equal(await runPhp(OTHER, read), 'baris PostgreSQL')
})

const php = (text: string) => `'${text}'`

test('one site reads neither files, sessions, sockets nor database of another', async () => {
  const [mine, foreign] = [credentials[ONE]!, credentials[OTHER]!]
  const folder = `/srv/ranah/sites/${foreign.username}`
  const lines = [
    `echo json_encode([`,
    `'user' => posix_getpwuid(posix_geteuid())['name'],`,
    `'code' => @file_get_contents('${folder}/www/index.php'),`,
    `'list' => @scandir('${folder}/tmp'),`,
    `'logs' => @scandir('${folder}/logs'),`,
    `'pool' => @stream_socket_client('unix:///run/php/ranah-${foreign.username}.sock') !== false,`,
    `'shadow' => @file_get_contents('/etc/shadow'), 'record' => @scandir('/var/lib/ranah-sites'),`,
    `'shell' => trim((string) shell_exec('cat ${folder}/www/index.php ${folder}/tmp/* /etc/shadow /run/php/ranah-${foreign.username}.sock 2>/dev/null')),`,
    `'own' => strlen((string) shell_exec('cat /srv/ranah/sites/${mine.username}/www/index.php')) > 0,`,
    `'db' => @mysqli_connect('localhost', '${mine.database!.username}', '${mine.database!.password}', 'mysql') !== false]);`,
  ]
  const seen: unknown = JSON.parse(await runPhp(ONE, `mysqli_report(MYSQLI_REPORT_OFF); ${lines.join('\n')}`))
  assert.deepEqual(seen, {
    user: mine.username,
    code: false,
    list: false,
    logs: false,
    pool: false,
    shadow: false,
    record: false,
    shell: '',
    own: true,
    db: false,
  })
  const pg = foreign.database!
  const elsewhere = `host=${pg.host} dbname=${pg.name} user=${pg.username} password=salah`
  assert.equal(
    await runPhp(ONE, `echo @pg_connect('${elsewhere}') === false ? 'ditolak' : 'masuk';`),
    'ditolak',
  )
})

test('a link out of a site is not served, nor is a hidden file or the source of a program', async () => {
  const fqdn = 'statis.contohkab.go.id'
  await make(fqdn, {})
  const { username } = await made.driver.issueCredentials(fqdn, 'sandi-statis')
  const zip = makeZip([
    { name: 'index.html', data: 'depan' },
    { name: 'a.php', data: '<?php echo 1;' },
  ])
  await made.driver.deploy(fqdn, zip, 'statis-1')
  const asOwner = ['/usr/bin/setpriv', `--reuid=${username}`, `--regid=${username}`, '--init-groups']
  for (const user of [username, credentials[ONE]!.username]) {
    const www = `/srv/ranah/sites/${user}/www`
    const owner = user === username ? asOwner : []
    for (const [target, link] of [
      ['/etc/passwd', 'kata.txt'],
      ['/etc', 'etc'],
    ] as const) {
      const { code, stderr } = await made.host.run([...owner, '/usr/bin/ln', '-s', target, `${www}/${link}`])
      assert.equal(code, 0, stderr)
    }
  }
  await made.host.run([...asOwner, '/usr/bin/tee', `/srv/ranah/sites/${username}/www/.env`], 'rahasia')
  for (const path of ['/kata.txt', '/etc/passwd', '/.env', '/a.php', '/%2e%2e/%2e%2e/etc/passwd']) {
    const { status, body } = await fetchPage(fqdn, path)
    assert.ok(status >= 400, `${path}: ${status}`)
    assert.ok(!body.includes('root:') && !body.includes('rahasia'))
    // A PHP site hands what it does not have to its own program.
    assert.ok(!(await fetchPage(ONE, path)).body.includes('root:'), path)
  }
  assert.equal((await fetchPage(fqdn, '/')).body, 'depan')
})

test('an owner signs in by SFTP to the own folder and can do nothing else', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'ranah-owner-'))
  try {
    const { username, password, hostKey } = credentials[ONE]!
    await writeFile(join(directory, 'known'), `${made.host.address} ${hostKey}\n`)
    await writeFile(join(directory, 'askpass'), '#!/bin/sh\nprintf "%s\\n" "$SITE_PASSWORD"\n', {
      mode: 0o700,
    })
    const options = [
      ['-o', `UserKnownHostsFile=${join(directory, 'known')}`],
      ['-o', 'StrictHostKeyChecking=yes'],
      ['-o', 'PreferredAuthentications=password'],
      ['-o', 'NumberOfPasswordPrompts=1'],
      ['-o', 'BatchMode=no'],
    ].flat()
    const at = `${username}@${made.host.address}`
    const as = (secret: string) => ({
      SSH_ASKPASS: join(directory, 'askpass'),
      SSH_ASKPASS_REQUIRE: 'force',
      SITE_PASSWORD: secret,
    })
    const sftp = async (secret: string, ...commands: string[]) => {
      await writeFile(join(directory, 'batch'), `${commands.join('\n')}\n`)
      return runClient('sftp', [...options, '-b', join(directory, 'batch'), at], as(secret))
    }
    await writeFile(join(directory, 'halaman.txt'), 'dari pemilik')
    const put = await sftp(password, 'pwd', `put ${join(directory, 'halaman.txt')} halaman.txt`, 'ls -n /')
    assert.equal(put.code, 0, put.stderr)
    assert.match(put.stdout, /working directory: \/(www|versions\/)/)
    assert.equal((await fetchPage(ONE, '/halaman.txt')).body, 'dari pemilik')
    assert.notEqual((await sftp(password, `get /etc/passwd ${directory}/x`)).code, 0)
    assert.notEqual((await sftp(password, `put ${join(directory, 'halaman.txt')} /di-luar.txt`)).code, 0)
    assert.notEqual((await sftp('salah', 'pwd')).code, 0)

    const command = await runClient('ssh', [...options, at, 'id'], as(password))
    assert.ok(!command.stdout.includes('uid='), command.stdout)
    const forward = await runClient('ssh', [...options, '-W', '127.0.0.1:80', at], as(password))
    assert.notEqual(forward.code, 0)
    assert.match(forward.stderr, /prohibited|forwarding failed/)

    const next = await made.driver.issueCredentials(ONE, 'sandi-baru')
    assert.notEqual((await sftp(password, 'pwd')).code, 0, 'the earlier password is void')
    assert.equal((await sftp(next.password, 'pwd')).code, 0)
    await made.driver.revokeCredentials(ONE)
    assert.notEqual((await sftp(next.password, 'pwd')).code, 0)
    assert.equal((await fetchPage(ONE, '/halaman.txt')).status, 200, 'the site itself goes on')
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
})

test('a proxy, a redirect and a maintenance page answer as such', async () => {
  const server = createServer((request, response) => {
    response.end(`${request.headers.host} ${String(request.headers['x-forwarded-for'])} ${request.url}`)
  })
  await new Promise<void>((resolve) => server.listen(0, made.host.gateway, resolve))
  const address = server.address()
  assert.ok(address && typeof address === 'object')
  try {
    await make('proksi.contohkab.go.id', {
      kind: 'proxy',
      target: `http://${made.host.gateway}:${address.port}`,
    })
    const proxied = await fetchPage('proksi.contohkab.go.id', '/a?b=1')
    assert.equal(proxied.body, `proksi.contohkab.go.id ${made.host.gateway} /a?b=1`)
  } finally {
    server.close()
  }
  await make('pindah.contohkab.go.id', { kind: 'redirect', target: 'https://www.contohkab.go.id/' })
  const { status, location } = await fetchPage('pindah.contohkab.go.id', '/berita?no=1')
  assert.deepEqual([status, location], [302, 'https://www.contohkab.go.id/berita?no=1'])
  await make('rawat.contohkab.go.id', { kind: 'maintenance' })
  const shown = await fetchPage('rawat.contohkab.go.id', '/apa/saja')
  assert.equal(shown.status, 503)
  assert.match(shown.body, /pemeliharaan/)
  const forbidden = made.driver.plan(
    wish('x.contohkab.go.id', { kind: 'proxy', target: 'http://169.254.169.254' }),
  )
  await assert.rejects(forbidden, { reason: 'site-target-invalid' })
})

test('a database that writes every statement down learns no password', async () => {
  const { host, driver } = made
  const must = async (argv: readonly string[], input?: string): Promise<string> => {
    const { code, stdout, stderr } = await host.run(argv, input)
    assert.equal(code, 0, stderr)
    return stdout
  }
  const everything =
    '[mysqld]\nlog_bin = /var/lib/mysql/semua\ngeneral_log = 1\ngeneral_log_file = /var/lib/mysql/semua.log\n'
  await must(['/usr/bin/tee', '/etc/mysql/mariadb.conf.d/99-semua.cnf'], everything)
  const settings = ["logging_collector = 'on'", "log_directory = 'semua'", "log_statement = 'all'"]
  const sql = settings.map((setting) => `alter system set ${setting};`).join('\n')
  await must(['/usr/bin/setpriv', '--reuid=postgres', '--clear-groups', '/usr/bin/psql', '--quiet'], sql)
  for (const name of ['mariadb', 'postgresql'] as const) {
    await host.end(name)
    await host.start(name)
  }
  const passwords: string[] = []
  for (const [fqdn, open] of [
    [
      ONE,
      (name: string, password: string) =>
        `echo (new mysqli('localhost', '${name}', '${password}'))->host_info;`,
    ],
    [
      OTHER,
      (name: string, password: string) =>
        `echo pg_host(pg_connect('host=127.0.0.1 dbname=${name} user=${name} password=${password}'));`,
    ],
  ] as const) {
    const { database, password } = await driver.issueCredentials(fqdn, `dicatat-${fqdn}`)
    passwords.push(password, database!.password)
    assert.match(await runPhp(fqdn, open(database!.username, database!.password)), /localhost|127\.0\.0\.1/i)
    // What the page itself holds is its own matter.
    await runPhp(fqdn, 'echo 1;')
  }
  const search = async (text: string): Promise<readonly string[]> => {
    const places = ['/var/lib/mysql', '/var/lib/postgresql', '/var/log', '/etc']
    const { stdout } = await host.run(['/usr/bin/grep', '-rlaF', '-e', text, ...places])
    return stdout.split('\n').filter(Boolean).sort()
  }
  const noted = await search('IDENTIFIED VIA')
  assert.ok(
    noted.includes('/var/lib/mysql/semua.000001') && noted.includes('/var/lib/mysql/semua.log'),
    noted.join(),
  )
  assert.ok((await search("password 'SCRAM-SHA-256")).some((path) => path.includes('/semua/')))
  for (const password of passwords) assert.deepEqual(await search(password), [])
})
