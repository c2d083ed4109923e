/**
 * What the sources may not hold: shells, code made of text, HTML past the escaping, handlers past the table of
 * addresses, SQL made of text. Each rule is proven by a planted violation. `npm run check` runs this.
 */
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { test } from 'node:test'

const sources = new URL('../../src/', import.meta.url)

type Rule = {
  readonly name: string
  readonly pattern: RegExp
  /** Where it may stand, and why that is no danger. */
  readonly places: Readonly<Record<string, string>>
  readonly planted: readonly string[]
  readonly harmless: readonly string[]
}

const rules: readonly Rule[] = [
  {
    name: 'a shell',
    pattern:
      /\bshell:\s*(?!false\b|Shell\b)\S|\.shell\s*=(?!=)|\[['"`]shell['"`]\]|(?:=|,) \{[^}]*(?<![.\w])shell\s*[,}]|(?<![.\w#])exec(?:Sync)?\(|import [^;]*\bexec(?:Sync)?\b[^;]* from|['"`](?:\/usr)?(?:\/bin\/)?(?:ba|da|z)?sh['"`]/,
    places: {},
    planted: [
      "spawn('ls', { shell: true })",
      "spawn('ls', [name], { shell: '/bin/sh' })",
      'exec(`rm ${name}`)',
      'execSync(command)',
      "spawn('sh', ['-c', command])",
      "execFile('/bin/bash', ['-lc', command])",
      "import { exec as run } from 'node:child_process'",
      'spawn(name, list, { shell: isHandy })',
      'const options = { cwd, shell: !0 }',
      'const options = { cwd, shell }',
      'spawn(name, list, { shell })',
      'options.shell = true',
      "options['shell'] = true",
    ],
    harmless: [
      "execFile('nginx', ['-t'])",
      'pattern.exec(text)',
      "spawn('ls', { shell: false })",
      'shell: Shell',
      'function Top({ shell }: { shell: Shell }) {',
      'const { shell, title } = props',
    ],
  },
  {
    name: 'a program of the system',
    pattern: /['"`](?:node:)?child_process['"`]/,
    places: {
      'cli/backup/packer.ts': 'zstd, by an argument vector',
      'drivers/pdf/driver.ts': 'a process of its own for Typst',
      'drivers/pdf/flatten.ts': 'a process of its own for what was uploaded',
      'servers/debian/daemon.ts': "Debian's servers, by argument vectors",
      'servers/debian/host.ts': 'a type',
      'servers/debian/throwaway-root.ts': 'a throwaway root, by argument vectors',
      'servers/dns/launch.ts': 'the own name server',
      'servers/node-server.ts': 'the own servers',
      'servers/postgres/account.ts': 'PostgreSQL, by argument vectors',
      'servers/postgres/cluster.ts': 'PostgreSQL, by argument vectors',
      'servers/postgres/launch.ts': 'PostgreSQL, by argument vectors',
      'servers/site-helper/execute.ts':
        "an office's host: every command by one function and an argument vector",
    },
    planted: [
      "import * as cp from 'node:child_process'",
      "import { execFile as call } from 'child_process'",
      "const { exec } = await import('node:child_process')",
      "const cp = require('child_process')",
      "export { spawn } from 'node:child_process'",
    ],
    harmless: ["import { Worker } from 'node:worker_threads'"],
  },
  {
    name: 'code made of text',
    pattern:
      /(?<![\w'"`-])eval(?![\w-])|['"`]eval['"`]|(?<![\w'"`])Function(?!\w)|\[['"`](?:Function|constructor)['"`]\]|\bReflect\.get\(global|\.constructor\b(?!\.name)|\bset(?:Timeout|Interval|Immediate)\(\s*['"`]|\bglobal(?:This)?\[/,
    places: {},
    planted: [
      'eval(text)',
      "new Function('return 1')",
      "Function('return 1')",
      "setTimeout('run()', 1)",
      'setInterval(`run(${name})`, 1)',
      'const run = eval',
      '(0, eval)(text)',
      'globalThis.eval(text)',
      "globalThis['eval'](text)",
      "globalThis['ev' + 'al'](text)",
      "Reflect.get(globalThis, 'eval')",
      "Reflect.get(globalThis, 'Function')",
      'const { eval: run } = globalThis',
      'const F = Function; new F(text)',
      "Reflect.construct(Function, ['return 1'])",
      '(async () => {}).constructor(text)()',
      'const Made = Object.getPrototypeOf(run).constructor',
      'new Worker(text, { eval: true })',
    ],
    harmless: [
      'evaluate(text)',
      'setTimeout(run, 1)',
      'isFunction(run)',
      "'unsafe-eval'",
      'error.constructor.name',
    ],
  },
  {
    name: 'code that is found while it runs',
    pattern:
      /['"](?:node:)?(?:vm|repl|inspector)(?:\/promises)?['"]|['"]node:module['"]|\bcreateRequire\b|(?<![.\w] *)\brequire\((?![\w, ]*:)|\bprocess\.(?:binding|_linkedBinding|dlopen|getBuiltinModule|mainModule)\b|\bprocess\[|\bimport\(\s*(?!['"]\w|['"][.@])|['"`]data:[^'"`]*javascript|\bnew Worker\(/,
    places: {
      'servers/site-helper/bundle.ts': 'the head of the one file that runs on a host',
      'lookups/in-worker.ts': 'a file of the sources, named by its caller',
      'servers/sites/deploy.ts': 'a file of the sources',
    },
    planted: [
      "import { runInNewContext } from 'node:vm'",
      "import vm from 'vm'",
      "const vm = await import('vm')",
      "import { createRequire } from 'node:module'",
      "process.binding('spawn_sync')",
      "process['binding']('spawn_sync')",
      "process.getBuiltinModule('node:vm')",
      "require('./' + name)",
      'await import(name)',
      'await import(`./${name}.ts`)',
      "await import('data:text/javascript,' + text)",
      'new Worker(name)',
    ],
    harmless: [
      "import('@zxcvbn-ts/language-id')",
      'store.require(fqdn)',
      'require(fqdn: string): SiteRecord {',
    ],
  },
  {
    name: 'HTML past the escaping',
    pattern:
      /(?<![.\w])raw\(|\bdangerouslySetInnerHTML\b|\.(?:inner|outer)HTML\s*=(?!=)|\binsertAdjacentHTML\(|\bdocument\.write\(|from ['"]hono\/(?:utils\/)?html['"]|\bisEscaped\b|['"`](?:inner|outer)HTML['"`]|\b(?:inner|outer)HTML:|\bsetHTMLUnsafe\b|\bcreateContextualFragment\b|\bDOMParser\b|\bsrcdoc\b|(?<![.\w])c\.html\(/i,
    places: {
      'http/ui/layout.tsx': 'the document type, a constant',
      'http/ui/flowchart.tsx':
        'a chart that was drawn once and is kept; its text was escaped when it was drawn',
      'http/pages/requests/progress.tsx': 'a tagged template, which escapes what it is given',
      'http/assets/js/live-progress.js': 'what the portal rendered; a parsed document runs nothing',
    },
    planted: [
      '<div dangerouslySetInnerHTML={{ __html: text }} />',
      'raw(text)',
      'element.innerHTML = text',
      "element.insertAdjacentHTML('beforeend', text)",
      "import { html } from 'hono/html'",
      "import { raw as text } from 'hono/html'",
      '<div {...{ dangerouslySetInnerHTML: { __html: text } }} />',
      "const past = { ['dangerouslySetInnerHTML']: { __html: text } }",
      'Object.assign(new String(text), { isEscaped: true })',
      'Object.assign(element, { innerHTML: text })',
      "element['innerHTML'] = text",
      'range.createContextualFragment(text)',
      '<iframe srcDoc={text} />',
      'return c.html(`<p>${name}</p>`)',
    ],
    harmless: ['element.textContent = text', 'rawBody(text)', 'element.innerHTML === text'],
  },
  {
    name: 'a handler past the table of addresses',
    pattern:
      /(?<![.\w])(?:portal\.|api\.)?(?:app|hono)(?:\.app)?\.(?:get|post|put|delete|patch|options|all|on|openapi|route|mount|use|basePath)\(|new (?:OpenAPI)?Hono\b|^import (?!type\b)[^;]*(?<!type )\b(?:OpenAPI)?Hono\b[^;]* from|\bapp(?:\?\.|\[|!\.|\)\s*\.)|(?:const|let) \w+ = (?:\w+\.)*app\b(?!\.)|\{[^}]*\bapp: \w+[^}]*\} =/,
    places: {
      'http/app.ts': 'puts the parts together, the table before each',
      'http/api/api.ts': 'the three kinds of API route; refuses an address without a line',
      'http/api/register.ts': 'answers "not found" to all the rest',
      'http/pages/page.ts': 'the kinds of page; refuses an address without a line',
      'http/pages/people/sign-in.tsx': 'signing out',
      'http/pages/preferences.ts': 'language and appearance',
      'http/static.ts': 'the files of the portal',
    },
    planted: [
      "portal.app.get('/rahasia', show)",
      "app.post('/rahasia', take)",
      'api.app.openapi(route, handler)',
      "app.use('/rahasia', show)",
      'new Hono()',
      "import { Hono as Small } from 'hono'",
      "app.all('/rahasia', show)",
      "app.on(['GET', 'PURGE'], '/rahasia', show)",
      "portal.app['get']('/rahasia', show)",
      "portal.app?.get('/rahasia', show)",
      "(portal.app).get('/rahasia', show)",
      'const routes = portal.app',
      'const { app: routes } = portal',
      "api.app.basePath('/rahasia')",
    ],
    harmless: ['deps.app.request(path)', 'map.get(name)', 'cookies.delete(name)'],
  },
  {
    name: 'SQL made of text',
    pattern:
      /\bsql\.raw\(|\bsql\.lit\((?!['"])|\bCompiledQuery\.raw\(|\bRawNode\b|\.query\(\s*`[^`]*\$\{|\.query\((?:\w+ \+|['"][^'"]*['"] \+)/,
    places: {
      'db/backup/load.ts': 'names of tables, quoted',
      'db/letters/register-books.ts': "the office's time zone as a quoted literal, so that an index serves",
      'db/migrate.ts': 'numbers',
      'db/queue.ts': "the queue's own statement, with its parameters",
      'db/rotate-access.ts': 'a quoted name and a verifier that was just made',
      'db/sealed.ts': 'names of columns, quoted',
      'servers/postgres/launch.ts': 'the name of the own database',
    },
    planted: [
      'sql.raw(text)',
      'sql`select ${sql.raw(column)}`',
      'sql`select ${sql.lit(name)}`',
      'CompiledQuery.raw(text)',
      'client.query(`select * from ${table}`)',
      "client.query('select * from ' + table)",
      'client.query(text + table)',
    ],
    harmless: [
      'sql`select ${name}`',
      "sql.lit('service ')",
      'sql.ref(column)',
      "client.query('select 1', [id])",
    ],
  },
  {
    name: 'a query in no office',
    pattern:
      /\bdb\s*\.(?:selectFrom\((?!'offices)|(?:insertInto|updateTable|deleteFrom|mergeInto|replaceInto)\()/,
    places: {
      'db/accounts.ts': 'tables of sign-in, which are of no office',
      'db/passkeys.ts': 'tables of sign-in, which are of no office',
      'db/sessions.ts': 'tables of sign-in, which are of no office',
      'db/tries.ts': 'counts tries of networks and accounts',
    },
    planted: [
      "deps.db.selectFrom('requests')",
      "db.updateTable('services')",
      "api.deps.db.deleteFrom('letters')",
    ],
    harmless: [
      "tx.selectFrom('requests')",
      "deps.db.selectFrom('offices')",
      'inScope(deps.db, member, (tx) => read(tx))',
    ],
  },
  {
    name: 'a connection that nobody judged',
    pattern:
      /(?<![.\w])fetch\(|(?<![.\w])(?:https?|net|tls)\.(?:request|get|connect|createConnection)\(|\bnew (?:WebSocket|EventSource|(?:ssh2\.)?Client)\(|\bcreateTransport\(|import [^;]*\b(?:request|connect|createConnection|createSocket|Resolver|Client)\b[^;]* from ['"](?:node:(?:https?|net|tls|dgram|dns|dns\/promises|http2)|ssh2)['"]|from ['"](?:undici|node:http2)['"]/,
    places: {
      'drivers/outgoing.ts': 'the door itself',
      'drivers/certificates/acme/transport.ts': 'by a way of the door, at one authority only',
      'drivers/dns/exchange.ts': 'to an address that the door gave',
      'drivers/dns/probe.ts': 'the resolver of the system, for addresses that the door judges',
      'drivers/hosting/look-at-site.ts': 'by a way of the door',
      'drivers/hosting/probe-serial.ts': 'by a way of the door',
      'drivers/hosting/probe.ts': 'by a way of the door',
      'drivers/hosting/linux-host/ssh.ts': 'to an address that the door gave',
      'drivers/hosting/swarm/docker.ts': 'HTTP within a connection that ssh.ts opened',
      'drivers/hosting/embedded/control-client.ts': 'the site host that Ranah started, on loopback',
      'drivers/hosting/swarm/settle.ts': 'by a way of the door',
      'drivers/hosting/linux-host/kept-command.ts': 'a type',
      'drivers/malware/clamd.ts': 'the scanner that the operator named',
      'drivers/mail/smtp.ts': 'the mail server that the operator named',
      'drivers/mail/outbox.ts': 'writes files',
      'cli/api/portal.ts': 'a command; its user says where',
      'cli/status.ts': 'a command; this installation itself',
      'cli/witness/ask.ts': 'a command; its user says where',
      'cli/demo/client.ts': 'a command; the installation that it started',
      'cli/demo/evidence.ts': 'a command; the servers that it started',
      'db/app-role.ts': 'the database',
      'db/backup/dump.ts': 'the database',
      'db/backup/end-signing-names.ts': 'the database',
      'db/backup/forget-sealed.ts': 'the database',
      'db/backup/load.ts': 'the database',
      'db/migrate.ts': 'the database',
      'db/overview.ts': 'the database',
      'db/sealed.ts': 'the database',
      'db/rotate-access.ts': 'the database',
      'servers/postgres/launch.ts': 'the database',
      'servers/debian/clamd.ts': 'a server that it started',
      'servers/debian/name-server.ts': 'a server that it started',
      'servers/debian/host.ts': 'a server that it started',
      'servers/debian/powerdns.ts': 'a server that it started',
      'servers/site-helper/php-server.ts': "on an office's host: its own php-fpm",
      'servers/site-helper/web-server.ts': "on an office's host: its own nginx",
      'servers/dns/pidfile.ts': 'whether the own name server answers',
      'http/assets/js/live-progress.js': 'runs in the browser, which asks the portal it came from',
      'http/assets/js/name-check.js': 'runs in the browser, which asks the portal it came from',
      'http/assets/js/preferences.js': 'runs in the browser, which asks the portal it came from',
      'servers/dns/listen.ts': 'answers',
      'servers/dns/notify.ts': 'secondaries that the configuration of the name server names',
      'servers/free-port.ts': 'opens a port and closes it',
    },
    planted: [
      'await fetch(url)',
      'return fetch(`https://${name}/`)',
      'http.request(url)',
      'net.connect({ host })',
      'tls.connect(443, host)',
      "import { request } from 'node:https'",
      "import { request as ask, type IncomingMessage } from 'node:http'",
      "import { createSocket } from 'node:dgram'",
      "import { Resolver } from 'node:dns/promises'",
      "import type { Socket } from 'node:net'; import { connect } from 'node:net'",
      "import { fetch as get } from 'undici'",
      'const client = new ssh2.Client()',
      'new WebSocket(url)',
      'createTransport({ host })',
    ],
    harmless: [
      'driver.fetch(documentId)',
      'await reachingFetch(url)',
      'oidc.customFetch',
      "import { isIP } from 'node:net'",
      "import { createServer } from 'node:http'",
      'database.connect()',
    ],
  },
]

test('each rule catches what it is for, and no more', () => {
  for (const { name, pattern, planted, harmless } of rules) {
    for (const line of planted) assert.match(line, pattern, `${name} got through: ${line}`)
    for (const line of harmless) assert.doesNotMatch(line, pattern, name)
  }
})

/** An import over several lines must not hide what it brings; the number of lines stays. */
const oneLineImports = (text: string): string =>
  text.replaceAll(/^import [^;'"]*?\n[^;'"]*? from/gm, (found) => {
    const lines = found.split('\n')
    return '\n'.repeat(lines.length - 1) + lines.join(' ')
  })

test('the sources keep to the rules, outside of the places named', async () => {
  const offenders: string[] = []
  const used = new Set<string>()
  for (const file of await readdir(sources, { recursive: true })) {
    if (!/\.(tsx?|js)$/.test(file)) continue
    const lines = oneLineImports(await readFile(new URL(file, sources), 'utf8')).split('\n')
    for (const [index, line] of lines.entries()) {
      if (/^\s*(\*|\/\/|\/\*)/.test(line)) continue
      for (const { name, pattern, places } of rules.filter((rule) => rule.pattern.test(line))) {
        if (file in places) used.add(`${name}: ${file}`)
        else offenders.push(`${name}: src/${file}:${index + 1}: ${line.trim()} (${String(pattern)})`)
      }
    }
  }
  assert.deepEqual(offenders, [])
  const named = rules.flatMap(({ name, places }) => Object.keys(places).map((file) => `${name}: ${file}`))
  assert.deepEqual([...used].toSorted(), named.toSorted(), 'a place that is named and not needed')
})
