/** `npm run check`: format, types, lint with the layer boundaries, dead code and unit tests, side by side. */
import { spawn } from 'node:child_process'

const steps: readonly { readonly name: string; readonly argv: readonly string[] }[] = [
  { name: 'format', argv: ['oxfmt', '--check'] },
  { name: 'types', argv: ['tsc'] },
  { name: 'lint', argv: ['oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'dead code', argv: ['knip'] },
  {
    name: 'unit tests',
    argv: [
      ...'node --import tsx --test --test-reporter=dot test/domain/**/*.test.ts'.split(' '),
      'test/house/numbers.test.ts',
      'test/house/routes.test.ts',
      'test/house/source-rules.test.ts',
      'test/house/security-page.test.ts',
    ],
  },
]

/** Runs one step; resolves to whether it passed, and prints its output only when it did not. */
function run({ name, argv }: (typeof steps)[number]): Promise<boolean> {
  const started = performance.now()
  const child = spawn(argv[0]!, argv.slice(1), { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  return new Promise((resolve) => {
    child.on('error', (error) => (output += String(error)))
    child.on('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1)
      console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`)
      if (code !== 0) console.log(output)
      resolve(code === 0)
    })
  })
}

const only = process.argv.slice(2)
const results = await Promise.all(
  steps.filter((step) => only.length === 0 || only.includes(step.name)).map(run),
)
process.exitCode = results.every(Boolean) ? 0 : 1
