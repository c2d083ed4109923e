import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { SiteFinding } from '../../../src/domain/security-checklist/site-look.ts'
import { asOwner } from '../../support/app.ts'
import { layLiveAndClosed } from '../../support/laid-service.ts'
import type { TestOffice, TestPortal } from '../../support/portal.ts'
import { createTestPortal } from '../../support/portal.ts'

let live: string
let closed: string
let portal: TestPortal
let neighbour: TestOffice
let seen: readonly SiteFinding[] = []
let looks = 0
before(async () => {
  portal = await createTestPortal()
  portal.deps.lookups.lookAtService satisfies unknown
  Object.assign(portal.deps.lookups, {
    lookAtService: async () => {
      looks++
      return seen
    },
  })
  neighbour = await portal.addOffice('tetangga')
  await portal.as('applicant')
  ;({ live, closed } = await layLiveAndClosed(portal, portal.id, '2030-01-31'))
})
after(() => portal?.close())

const at = (id: string, act = ''): string => `/o/contoh/layanan/${id}/keamanan${act}`
const api = (id: string, act = ''): string => `/offices/contoh/services/${id}/security-checklist${act}`
const stateIn = async (answer: Response, letter: string): Promise<string> => {
  const { functions } = (await answer.json()) as { functions: { letter: string; state: string }[] }
  return functions.find((each) => each.letter === letter)!.state
}
const entries = () =>
  asOwner(
    portal.database,
    `select act from logbook_entries where act like 'security-checklist.%' order by seq`,
  )

test('the agency answers, a look contradicts it, the head of division waives it, and the logbook has all three', async () => {
  const [applicant, kabid] = [await portal.as('applicant'), await portal.as('head-of-division')]
  assert.ok((await (await applicant.get(`/o/contoh/layanan/${live}`)).text()).includes(at(live)))
  const told = await applicant.post(at(live), {
    'fn.communication.verdict': 'met',
    'fn.malware.verdict': 'unmet',
    'fn.malware.remark': '=HYPERLINK("https://luar.example") <script>alert(1)</script>',
  })
  assert.equal(told.status, 303)
  assert.equal(await stateIn(await kabid.api('GET', api(live)), 'h'), 'met')

  seen = [{ function: 'communication', ok: false, text: { id: 'Tidak lewat HTTPS.', en: 'Not by HTTPS.' } }]
  assert.equal((await applicant.post(at(live, '/lihat'))).status, 303)
  const page = await (await applicant.get(at(live))).text()
  assert.ok(page.includes('Tidak lewat HTTPS.') && !page.includes('<script>alert(1)'))
  assert.equal(await stateIn(await kabid.api('GET', api(live)), 'h'), 'open')

  const waiver = { function: 'malware', reason: 'Pemindai dipasang bulan depan.', until: '2026-04-30' }
  const days = { ...waiver, until: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10) }
  assert.equal((await kabid.post(at(live, '/kecualikan'), days)).status, 303)
  assert.equal(await stateIn(await kabid.api('GET', api(live)), 'i'), 'waived')
  const csv = await (await applicant.get(at(live, '?unduh=csv'))).text()
  assert.match(csv, /i,Pengendalian kode berbahaya,Dikecualikan,Belum,"'=HYPERLINK/)
  assert.deepEqual(
    (await entries()).map((each) => (each as { act: string }).act),
    ['security-checklist.answered', 'security-checklist.looked', 'security-checklist.waived'],
  )
})

test('a word without its reason is refused beside its field, keeps what was typed and saves nothing', async () => {
  const operator = await portal.as('operator')
  const before = await entries()
  const answer = await operator.post(at(live), {
    'fn.files.verdict': 'not-applicable',
    'fn.api.verdict': 'met',
  })
  assert.equal(answer.status, 422)
  const page = await answer.text()
  assert.match(page, /Tulis keterangannya/)
  assert.match(page, /name="fn.api.verdict" value="met" checked/)
  const bad = { answers: { tidakada: { verdict: 'met' } } }
  assert.equal((await operator.api('PUT', api(live), bad)).status, 422)
  assert.deepEqual(await entries(), before)
})

test('a site that does not answer leaves the earlier findings; a closed service is not looked at', async () => {
  const operator = await portal.as('operator')
  const before = await (await operator.api('GET', api(live))).text()
  seen = []
  const silent = await operator.post(at(live, '/lihat'))
  assert.equal(silent.status, 503)
  assert.match(await silent.text(), /Hasil sebelumnya tetap/)
  assert.equal(await (await operator.api('GET', api(live))).text(), before)
  const count = looks
  assert.equal((await operator.api('POST', api(closed, '/looks'))).status, 409)
  assert.equal((await operator.post(at(closed), { 'fn.api.verdict': 'met' })).status, 409)
  assert.equal(looks, count)
})

test('who may not: another office, another agency, a reader, and the operator as the one who waives', async () => {
  const waiver = { function: 'malware', reason: 'Cukup panjang alasannya.', until: '2099-01-01' }
  for (const [role, path, fields] of [
    ['auditor', at(live), { 'fn.api.verdict': 'met' }],
    ['administrator', at(live, '/lihat'), {}],
    ['operator', at(live, '/kecualikan'), waiver],
    ['applicant', at(live, '/kecualikan'), waiver],
  ] as const)
    assert.equal((await (await portal.as(role)).post(path, fields)).status, 403, `${role} ${path}`)
  const foreign = await neighbour.as('operator')
  assert.equal((await foreign.get(`/o/tetangga/layanan/${live}/keamanan`)).status, 404)
  assert.equal(
    (await foreign.post(`/o/tetangga/layanan/${live}/keamanan`, { 'fn.api.verdict': 'met' })).status,
    404,
  )
  const kabid = await portal.as('head-of-division')
  const far = await kabid.api('POST', api(live, '/waivers'), waiver)
  assert.equal(far.status, 422)
})
