import * as fc from 'fast-check'
import type { SopDocument, SopStep } from '../../../src/domain/sop/document.ts'

const words =
  'permohonan surat dokumen pemeriksaan kelengkapan subdomain hosting disposisi koordinasi penanggung jawab sistem elektronik pengelola konfigurasi persetujuan pemberitahuan verifikasi rekomendasi ditandatangani Diskominfo'.split(
    ' ',
  )
const phrase = (least: number, most: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...words), { minLength: least, maxLength: most }).map((each) => each.join(' '))
const items = fc.array(phrase(1, 6), { maxLength: 4 })

const row = fc.record({
  actor: fc.nat(),
  text: phrase(2, 22),
  requirements: items,
  output: items,
  remark: fc.option(phrase(1, 9)),
  time: fc.constantFrom('15 Menit', '1 Jam', '3–5 hari kerja', '2x24 jam'),
  outcomes: fc.option(
    fc.array(fc.record({ to: fc.nat(), label: phrase(1, 3) }), { minLength: 2, maxLength: 4 }),
    {
      freq: 2,
    },
  ),
})

/** SOPs of 3 to 12 actors and 4 to 40 steps with decisions, loops back and skips ahead. */
export const anySop: fc.Arbitrary<SopDocument> = fc
  .record({
    actors: fc.array(phrase(1, 4), { minLength: 3, maxLength: 12, size: 'max' }),
    rows: fc.array(row, { minLength: 4, maxLength: 40, size: 'max' }),
  })
  .map(({ actors, rows }) =>
    sopWith(
      actors,
      rows.map((each, index) => stepOf(each, index, actors.length, rows.length)),
    ),
  )

type Row = typeof row extends fc.Arbitrary<infer T> ? T : never

function stepOf(each: Row, index: number, actors: number, steps: number): SopStep {
  const { text, requirements, output, remark, time, outcomes } = each
  return {
    no: index + 1,
    activity: index === 0 ? 'submit' : 'perform',
    text,
    actor: `pelaksana-${(each.actor % actors) + 1}`,
    with: [],
    requirements: requirements.map((item) => ({ text: item, need: 'required', waivable: false })),
    waitsFor: [],
    standardTime: { amount: 1, unit: 'hours', verbatim: time },
    output,
    remark,
    form: [],
    ...(outcomes &&
      index > 0 && { decision: { outcomes: outcomes.map((one, at) => outcomeOf(one, at, index, steps)) } }),
  }
}

/** The first outcome goes on to the next row, as it mostly does; the others anywhere but to the row itself. */
function outcomeOf({ to, label }: { to: number; label: string }, at: number, index: number, steps: number) {
  const onward = index + 1 < steps ? index + 2 : ('end' as const)
  const target = (to % steps) + 1
  return { id: `hasil-${at + 1}`, label, to: at === 0 || target === index + 1 ? onward : target }
}

/** An SOP of an invented office. */
export function sopWith(actors: readonly string[], steps: readonly SopStep[]): SopDocument {
  return {
    format: 'ranah-sop/1',
    id: 'contoh',
    office: {
      government: 'PEMERINTAH KABUPATEN CONTOH',
      name: 'DINAS CONTOH',
      region: 'Contoh',
      timezone: 'Asia/Jakarta',
    },
    identity: {
      name: 'LAYANAN CONTOH',
      number: '1/SOP/2026',
      madeOn: '2026-01-05',
      revisedOn: null,
      effectiveOn: null,
      ratifiedOn: null,
      ratifiedBy: { post: 'KEPALA DINAS', acting: false },
      legalBasis: [],
      qualifications: [],
      relatedSops: [],
      equipment: [],
      warnings: [],
      recording: [],
    },
    serves: [{ id: 'subdomain', temporary: false, form: [] }],
    actors: actors.map((title, index) => ({ id: `pelaksana-${index + 1}`, title, party: 'office' })),
    steps: [...steps],
    marks: [],
  }
}
