import { createHash } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import { notFound } from '../../actions/act.ts'
import { inScope } from '../../db/database.ts'
import { readLogo } from '../../db/office/settings.ts'
import type { OfficeFacts } from '../../db/people.ts'
import { listOffices } from '../../db/people.ts'
import type { OfficialName } from '../../db/public/names.ts'
import { listOfficialNames } from '../../db/public/names.ts'
import { localDate } from '../../domain/dates/zones.ts'
import { Refused } from '../../domain/refused.ts'
import { maxCompareBytes } from '../pages/public/verify.tsx'
import type { PublicLetter } from '../public-facts.ts'
import { findLetter, findLetterByDigest, listHeads } from '../public-facts.ts'
import { saidOfUnknown } from '../unknown-file.ts'
import { logoResponse } from '../logo-response.ts'
import { trackRequest } from '../tracking.ts'
import { requireOffice } from '../visitor.ts'
import type { Api } from './api.ts'
import { jsonOf, publicRoute } from './api.ts'
import { headAnswer } from './oversight/logbook.ts'
import { timeStampAnswer } from './oversight/letters.ts'
import { cutPage, pageOf, pageQuery, readCursor } from './paging.ts'

const officeAnswer = z
  .object({ slug: z.string(), name: z.string(), government: z.string(), timezone: z.string() })
  .openapi('PublicOffice')

const nameAnswer = z
  .object({
    name: z.string(),
    agency: z.string(),
    since: z.iso.date(),
    registeredUntil: z.iso.date().nullable(),
  })
  .openapi('OfficialName')

const trackedAnswer = z
  .object({
    ticket: z.string(),
    office: z.string(),
    phase: z.string(),
    sentence: z.string(),
    step: z.int().nullable(),
    steps: z.int(),
    dueAt: z.iso.datetime().nullable(),
    submittedAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .openapi('TrackedRequest')

const letterAnswer = z
  .object({
    code: z.string(),
    number: z.string(),
    dated: z.iso.date(),
    kind: z.string(),
    office: officeAnswer,
    sha256: z.string().nullable(),
    /** Issued, and neither voided nor replaced by a later letter of its kind about the same request. */
    stands: z.boolean(),
    signatory: z.string().nullable(),
    decision: z.string().nullable(),
    replacedBy: z.string().nullable(),
    /** The record was destroyed under the retention schedule; a copy can still be compared. */
    destroyed: z.object({ on: z.iso.date(), number: z.string() }).nullable(),
    certificate: z.object({ commonName: z.string(), issuer: z.string(), serial: z.string() }).nullable(),
    timeStamp: timeStampAnswer.nullable(),
    status: z.enum(['numbered', 'awaiting', 'issued', 'voided']),
    logbookHeadThen: headAnswer.nullable(),
    logbookHeadNow: headAnswer,
  })
  .openapi('PublicLetter')

/** What everybody may ask, without an account. */
export function registerPublicApi(api: Api): void {
  registerOffices(api)
  registerLogo(api)
  registerNamesApi(api)
  registerAllNames(api)
  registerTracking(api)
  registerVerification(api)
}

function registerLogo({ deps, app }: Api): void {
  publicRoute(
    { deps, app },
    {
      method: 'get',
      path: '/public/offices/{office}/logo',
      summary: 'The logo of an office',
      request: { params: z.object({ office: z.string() }) },
      responses: {
        200: {
          description: 'The logo, a PNG or an SVG that only draws.',
          content: { 'image/png': { schema: z.string().openapi({ format: 'binary' }) } },
        },
      },
    },
    async (c) => {
      const office = await requireOffice(deps, c.req.valid('param').office)
      return logoResponse(await readLogo(deps.db, office.id))
    },
  )
}

function registerOffices(api: Api): void {
  publicRoute(
    api,
    {
      method: 'get',
      path: '/public/offices',
      summary: 'The offices of this installation',
      responses: { 200: jsonOf('The offices.', z.object({ items: z.array(officeAnswer) })) },
    },
    async (c) => c.json({ items: (await listOffices(api.deps.db)).map(officeOf) }, 200),
  )
  publicRoute(
    api,
    {
      method: 'get',
      path: '/public/logbook-heads',
      summary: 'Heads of the logbooks of all offices',
      responses: {
        200: jsonOf('The heads.', z.object({ items: z.array(headAnswer.extend({ office: officeAnswer })) })),
      },
    },
    async (c) => {
      const heads = await listHeads(api.deps.db)
      const items = heads.map(({ office, seq, hash }) => ({
        office: officeOf(office),
        entries: seq,
        head: hash,
      }))
      return c.json({ items }, 200)
    },
  )
}

const officeOf = ({ slug, name, government, timezone }: z.infer<typeof officeAnswer>) => ({
  slug,
  name,
  government,
  timezone,
})

const nameOf = (row: OfficialName, timezone: OfficeFacts['timezone']) => ({
  name: row.name,
  agency: row.agency,
  since: localDate(row.since, timezone),
  registeredUntil: row.until,
})

function registerNamesApi({ deps, app }: Api): void {
  publicRoute(
    { deps, app },
    {
      method: 'get',
      path: '/public/offices/{office}/names',
      summary: 'Official subdomains of an office, by name',
      request: {
        params: z.object({ office: z.string() }),
        query: pageQuery.extend({ search: z.string().max(200).optional() }),
      },
      responses: { 200: jsonOf('A page of names.', pageOf(nameAnswer)) },
    },
    async (c) => {
      const office = await requireOffice(deps, c.req.valid('param').office)
      const { limit, cursor, search } = c.req.valid('query')
      const after = readCursor(cursor, 1)?.[0]
      const rows = await inScope(deps.db, { officeId: office.id }, (tx) =>
        listOfficialNames(tx, { search, limit: limit + 1, after }),
      )
      const page = cutPage(rows, limit, (row) => [row.name])
      return c.json({ items: page.rows.map((row) => nameOf(row, office.timezone)), next: page.next }, 200)
    },
  )
}

/** Each office is read in its own scope, and the parts are joined by name. */
function registerAllNames({ deps, app }: Api): void {
  publicRoute(
    { deps, app },
    {
      method: 'get',
      path: '/public/names',
      summary: 'Official subdomains of all offices, by name',
      request: { query: pageQuery.extend({ search: z.string().max(200).optional() }) },
      responses: { 200: jsonOf('A page of names.', pageOf(nameAnswer.extend({ office: z.string() }))) },
    },
    async (c) => {
      const { limit, cursor, search } = c.req.valid('query')
      const after = readCursor(cursor, 1)?.[0]
      const rows = []
      for (const office of await listOffices(deps.db)) {
        const names = await inScope(deps.db, { officeId: office.id }, (tx) =>
          listOfficialNames(tx, { search, limit: limit + 1, after }),
        )
        rows.push(...names.map((row) => ({ ...nameOf(row, office.timezone), office: office.slug })))
      }
      const ordered = rows.toSorted((a, b) => (a.name < b.name ? -1 : 1)).slice(0, limit + 1)
      const page = cutPage(ordered, limit, (row) => [row.name])
      return c.json({ items: [...page.rows], next: page.next }, 200)
    },
  )
}

function registerTracking({ deps, app }: Api): void {
  publicRoute(
    { deps, app },
    {
      method: 'get',
      path: '/public/requests/{ticket}',
      summary: 'Where a request stands, by its ticket; nothing personal',
      request: { params: z.object({ ticket: z.string().max(60) }) },
      responses: { 200: jsonOf('Where it stands.', trackedAnswer) },
    },
    async (c) => {
      const found = await trackRequest(deps.db, c.req.valid('param').ticket, deps.now())
      if (!found) throw notFound()
      return c.json(
        {
          ticket: found.ticket,
          office: found.office.slug,
          phase: found.phase,
          sentence: found.sentence[c.get('visitor').locale],
          step: found.step,
          steps: found.sop.steps.length,
          dueAt: found.dueAt?.toISOString() ?? null,
          submittedAt: found.submittedAt.toISOString(),
          updatedAt: found.updatedAt.toISOString(),
        },
        200,
      )
    },
  )
}

function registerVerification({ deps, app }: Api): void {
  publicRoute(
    { deps, app },
    {
      method: 'get',
      path: '/public/letters/{code}',
      summary: 'Whether a letter is genuine and stands, by its verification code',
      request: { params: z.object({ code: z.string().max(60) }) },
      responses: { 200: jsonOf('The letter.', letterAnswer) },
    },
    async (c) => {
      const found = await findLetter(deps.db, c.req.valid('param').code)
      if (!found) throw notFound()
      return c.json(letterOf(found), 200)
    },
  )
  publicRoute(
    { deps, app },
    {
      method: 'post',
      path: '/public/letter-verifications',
      summary: 'Whether a PDF is exactly a letter of an office; the file is not kept',
      request: {
        body: {
          required: true,
          content: { 'application/pdf': { schema: z.string().openapi({ format: 'binary' }) } },
        },
      },
      responses: {
        200: jsonOf(
          'The letter that the file is, and what the signature inside the file says.',
          letterAnswer.extend({ signature: z.enum(['none', 'broken', 'intact']) }),
        ),
      },
    },
    async (c) => {
      const pdf = Buffer.from(await c.req.arrayBuffer())
      const found = await findLetterByDigest(deps.db, createHash('sha256').update(pdf).digest('hex'))
      if (!found) {
        const said = await saidOfUnknown(deps, pdf)
        throw said ? new Refused(said.reason, said.text, { status: 404 }) : notFound()
      }
      const signature = deps.lookups.readSignature(pdf).kind
      return c.json({ ...letterOf(found), signature }, 200)
    },
    { maxBytes: maxCompareBytes },
  )
}

function letterOf({ office, letter, headNow }: PublicLetter): z.infer<typeof letterAnswer> {
  return {
    code: letter.code,
    number: letter.number,
    dated: letter.dated,
    kind: letter.kind,
    office: officeOf(office),
    sha256: letter.sha256,
    stands: letter.status === 'issued' && letter.replacedBy === null,
    signatory: letter.signatory,
    decision: letter.decision,
    replacedBy: letter.replacedBy,
    destroyed: letter.destroyed,
    certificate: letter.certificate && {
      commonName: letter.certificate.commonName,
      issuer: letter.certificate.issuer,
      serial: letter.certificate.serial,
    },
    timeStamp: letter.timeStamp,
    status: letter.status,
    logbookHeadThen: letter.head && { entries: letter.head.entries, head: letter.head.hash },
    logbookHeadNow: { entries: headNow.seq, head: headNow.hash },
  }
}
