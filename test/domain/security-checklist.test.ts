import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Checklist } from '../../src/domain/security-checklist/checklist.ts'
import {
  emptyChecklist,
  refuseWaiver,
  stateOf,
  withAnswers,
} from '../../src/domain/security-checklist/checklist.ts'
import { letterOf, SECURITY_FUNCTIONS } from '../../src/domain/security-checklist/functions.ts'
import type { SeenAnswer, SiteSignals } from '../../src/domain/security-checklist/site-look.ts'
import { judgeSite } from '../../src/domain/security-checklist/site-look.ts'
import { Refused } from '../../src/domain/refused.ts'

const now = new Date('2026-03-02T00:00:00Z')
const [today, latest] = ['2026-03-02', '2027-03-03']

const answer = (parts: Partial<SeenAnswer> = {}): SeenAnswer => ({
  status: 200,
  headers: {},
  cookies: [],
  body: '',
  ...parts,
})
const safeHeaders = {
  server: 'nginx',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'self'; frame-ancestors 'none'",
}
const good: SiteSignals = {
  plain: answer({ status: 301, headers: { location: 'https://a.contohkab.go.id/' } }),
  secure: {
    ...answer({ headers: safeHeaders, cookies: ['sid=1; Secure; HttpOnly; SameSite=Lax'] }),
    trusted: true,
    notAfter: new Date('2026-05-01T00:00:00Z'),
  },
  oldTls: false,
  nowhere: answer({ status: 404 }),
  exposed: [],
}
const bad = (signals: Partial<SiteSignals>): string[] =>
  judgeSite({ ...good, ...signals }, now)
    .filter(({ ok }) => !ok)
    .map((each) => each.function)

test('the functions are thirteen and go from a to m', () => {
  assert.deepEqual(SECURITY_FUNCTIONS.map(letterOf).join(''), 'abcdefghijklm')
})

test('a site that is kept well has no finding against it, and one that is silent has none at all', () => {
  assert.deepEqual(bad({}), [])
  assert.ok(judgeSite(good, now).length >= 10)
  assert.deepEqual(
    judgeSite({ plain: null, secure: null, oldTls: false, nowhere: null, exposed: [] }, now),
    [],
  )
})

test('each fault that shows outside is told under its function', () => {
  const secure = good.secure!
  const kept = (headers: Record<string, string>) => ({
    secure: { ...secure, headers: { ...safeHeaders, ...headers } },
  })
  const cases: readonly [Partial<SiteSignals>, string[]][] = [
    [{ secure: null, plain: answer({ headers: safeHeaders }) }, ['communication']],
    [{ secure: { ...secure, trusted: false } }, ['communication']],
    [{ secure: { ...secure, notAfter: new Date('2026-03-05') } }, ['communication']],
    [{ plain: answer() }, ['communication']],
    [{ oldTls: true }, ['communication']],
    [kept({ 'strict-transport-security': 'max-age=300' }), ['communication']],
    [{ secure: { ...secure, cookies: ['sid=1; HttpOnly'] } }, ['session']],
    [{ nowhere: answer({ status: 200 }) }, ['errors']],
    [{ nowhere: answer({ status: 404, body: 'PHP Fatal error: x in /srv/a.php' }) }, ['errors']],
    [kept({ 'access-control-allow-origin': '*', 'access-control-allow-credentials': 'true' }), ['api']],
    [kept({ server: 'Apache/2.4.1' }), ['configuration']],
    [kept({ 'x-powered-by': 'PHP/5.6' }), ['configuration']],
    [kept({ 'x-content-type-options': '' }), ['configuration']],
    [kept({ 'content-security-policy': "default-src 'self'" }), ['configuration']],
    [{ secure: { ...secure, body: '<title>Index of /</title>' } }, ['configuration']],
    [{ exposed: ['/.env'] }, ['configuration']],
  ]
  for (const [signals, expected] of cases) assert.deepEqual(bad(signals), expected, JSON.stringify(signals))
})

test('a word that the look contradicts does not count, and a waiver holds until its last day', () => {
  const seen = { function: 'communication', ok: false, text: { id: 'x', en: 'x' } } as const
  const waiver = { reason: 'Sedang dipindahkan', until: today, by: 'kabid', at: now.toISOString() }
  const list: Checklist = { ...emptyChecklist, answers: { communication: { verdict: 'met', by: 'opd' } } }
  const state = (checklist: Checklist, day = today) => stateOf(checklist, 'communication', day)
  assert.equal(state(emptyChecklist), 'unanswered')
  assert.equal(state(list), 'met')
  const contradicted = { ...list, findings: [seen] }
  assert.equal(state(contradicted), 'open')
  const waived = { ...contradicted, waivers: { communication: waiver } }
  assert.equal(state(waived), 'waived')
  assert.equal(state(waived, '2026-03-03'), 'open')
})

test('nobody waives their own answer, also when somebody repeats it as it was', () => {
  const mine = withAnswers({}, { input: { verdict: 'unmet', remark: 'Belum ada' } }, 'kabid')
  const repeated = withAnswers(mine, { input: { verdict: 'unmet', remark: 'Belum ada' } }, 'operator')
  const input = { function: 'input', reason: 'Dikerjakan bulan depan', until: today } as const
  const refusal = (answers: Checklist['answers'], until = today): string | undefined => {
    try {
      refuseWaiver({ ...emptyChecklist, answers }, { ...input, until }, today, latest, 'kabid')
      return undefined
    } catch (error) {
      return error instanceof Refused ? error.reason : String(error)
    }
  }
  assert.equal(refusal(repeated), 'own-answers')
  const theirs = withAnswers(mine, { input: { verdict: 'partly', remark: 'Sebagian' } }, 'operator')
  assert.equal(refusal(theirs), undefined)
  assert.equal(refusal({}), 'not-answered')
  assert.equal(refusal({ input: { verdict: 'met', by: 'operator' } }), 'already-met')
  assert.equal(refusal(theirs, '2026-03-01'), 'bad-input')
  assert.equal(refusal(theirs, '2027-03-04'), 'bad-input')
})
