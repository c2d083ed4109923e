/** `npm run bench`: ratios taken in one run against a named baseline; absolute figures only say how big things are. */
import { approvals } from './approvals.ts'
import { checkpoints } from './checkpoints.ts'
import { dns } from './dns.ts'
import { letters } from './letters.ts'
import { logbook } from './logbook.ts'
import type { Row } from './report.ts'
import { print } from './report.ts'
import { requests } from './requests.ts'
import { sites } from './sites.ts'
import { sop } from './sop.ts'
import { transitions } from './transitions.ts'
import { visible } from './visible.ts'
import { walls } from './walls.ts'

const benches: Readonly<Record<string, () => Promise<Row | readonly Row[]>>> = {
  transitions,
  requests,
  walls,
  visible,
  approvals,
  logbook,
  checkpoints,
  dns,
  sites,
  sop,
  letters,
}

const only = process.argv.slice(2)
const rows: Row[] = []
for (const [name, bench] of Object.entries(benches)) {
  if (only.length > 0 && !only.includes(name)) continue
  console.error(`... ${name}`)
  rows.push(...[await bench()].flat())
}
print(rows)
