import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Address } from '../../domain/access/table.ts'
import type { Text } from '../../domain/refused.ts'
import { notFound } from '../../actions/act.ts'
import { Refused } from '../../domain/refused.ts'
import { httpTexts } from '../../domain/text/http.ts'
import { lineFor } from '../authorize.ts'
import { refusalOf } from '../problems.ts'
import { formatParameter, tableParameter } from '../sheets/links.ts'
import type { Sheet, SheetFormat } from '../sheets/sheet.ts'
import { ownSheetAnswer, sheetAnswer, sheetFormat } from '../sheets/sheet.ts'
import type { MenuEntry, Portal } from '../routes.ts'
import type { PortalEnv } from '../visitor.ts'
import type { Attempt, FormValues } from './form-values.ts'
import { formValues, noAttempt, refusedAttempt } from './form-values.ts'
import type { View } from './render.tsx'
import { render } from './render.tsx'
import type { OfficePublicVisit, OfficeVisit, PersonVisit, Visit } from './visit.ts'
import { officePublicVisit, officeVisit, personVisit, publicVisit } from './visit.ts'

/** Largest form without files, in bytes. */
const maxFormBytes = 256 * 1024

/** What a submitted form leads to: the address of the next page (303), or a response of its own. */
export type Submit<V extends Visit> = (visit: V, form: FormValues) => Promise<string | Response>

/**
 * A page. `show` is also called when its form was refused: then `attempt` holds what was entered and the
 * sentences for it, and the answer has the refusal's status.
 */
export type PageSpec<V extends Visit> = {
  /** From `patterns` in paths.ts; who may use it stands in domain/access. */
  readonly path: Address
  /** For the registry; the view gives the title that is shown. */
  readonly title: Text
  readonly show: (visit: V, attempt: Attempt) => Promise<View | Response> | View | Response
  /** POST to the page's own address. */
  readonly submit?: Submit<V>
  /** Largest body that `submit` takes, in bytes; more than the default where files come. */
  readonly maxBytes?: number
  readonly menu?: MenuEntry
  /** The tables of the page as files, which answer at its own address; a page of an office or of a person. */
  readonly sheets?: (visit: V) => Promise<readonly Sheet[]> | readonly Sheet[]
}

/** A page that is registered: forms elsewhere may answer a refusal with it. */
export type Page<V extends Visit> = {
  readonly spec: PageSpec<V>
  readonly visit: (c: Context<PortalEnv>) => Promise<V>
  readonly file?: (visit: V, sheet: Sheet, format: SheetFormat) => Promise<Response>
}

/** A page for everybody, outside any office. */
export function publicPage(portal: Portal, spec: PageSpec<Visit>): Page<Visit> {
  return register(portal, { spec, visit: async (c) => publicVisit(portal, c) })
}

/** A page of one office for everybody; its path has `:office`. */
export function officePublicPage(portal: Portal, spec: PageSpec<OfficePublicVisit>): Page<OfficePublicVisit> {
  return register(portal, { spec, visit: (c) => officePublicVisit(portal, c) })
}

/** A page for anybody who is signed in, outside any office. */
export function personPage(portal: Portal, spec: PageSpec<PersonVisit>): Page<PersonVisit> {
  return register(portal, {
    spec,
    visit: async (c) => personVisit(portal, c),
    file: ({ deps, person }, sheet, format) => ownSheetAnswer(deps, person.id, sheet, format),
  })
}

/** A page of one office for its members, or for some of them; its path has `:office`. */
export function officePage(portal: Portal, spec: PageSpec<OfficeVisit>): Page<OfficeVisit> {
  return register(portal, { spec, visit: async (c) => officeVisit(portal, c), file: sheetAnswer })
}

/**
 * A form whose address differs from its page's. A refusal shows `page` again with what was entered, so both
 * addresses must have the same parameters.
 */
export function pageForm<V extends Visit>(
  portal: Portal,
  page: Page<V>,
  form: { readonly path: Address; readonly submit: Submit<V>; readonly maxBytes?: number },
): void {
  const maxBytes = form.maxBytes ?? maxFormBytes
  const { path } = form
  portal.routes.push({ method: 'POST', path, who: lineFor('POST', path), title: page.spec.title })
  portal.app.post(path, limitTo(maxBytes), (c) => submitted(page, form.submit, c))
}

function register<V extends Visit>(portal: Portal, page: Page<V>): Page<V> {
  const { path, title, menu, submit, maxBytes } = page.spec
  portal.routes.push({ method: 'GET', path, who: lineFor('GET', path), title, menu })
  portal.app.get(path, async (c) => {
    const visit = await page.visit(c)
    const format = visit.query(formatParameter)
    if (page.spec.sheets && format !== undefined) return fileOf(page, visit, sheetFormat(format))
    const view = await page.spec.show(visit, noAttempt)
    return view instanceof Response ? view : render(visit, view)
  })
  if (submit) pageForm(portal, page, { path, submit, maxBytes })
  return page
}

/** @throws Refused (404) for a table that the page does not have */
async function fileOf<V extends Visit>(page: Page<V>, visit: V, format: SheetFormat): Promise<Response> {
  const sheets = await page.spec.sheets!(visit)
  const name = visit.query(tableParameter)
  const sheet = name === undefined ? sheets[0] : sheets.find((each) => each.name === name)
  if (!sheet || !page.file) throw notFound()
  return page.file(visit, sheet, format)
}

const limitTo = (bytes: number) =>
  bodyLimit({
    maxSize: bytes,
    onError: () => {
      throw new Refused('too-large', httpTexts.tooLarge(Math.max(1, Math.floor(bytes / 1024 / 1024))), {
        status: 413,
      })
    },
  })

async function submitted<V extends Visit>(
  page: Page<V>,
  submit: Submit<V>,
  c: Context<PortalEnv>,
): Promise<Response> {
  const visit = await page.visit(c)
  const form = formValues(await readForm(c))
  try {
    const result = await submit(visit, form)
    return typeof result === 'string' ? c.redirect(result, 303) : result
  } catch (error) {
    const refused = refusalOf(error)
    if (!refused || refused.status === 404) throw error
    const view = await page.spec.show(visit, refusedAttempt(form, refused, visit.locale))
    return view instanceof Response ? view : render(visit, view, refused.status)
  }
}

async function readForm(c: Context<PortalEnv>): Promise<FormData> {
  if (!c.req.header('content-type')) return new FormData()
  try {
    return await c.req.formData()
  } catch (error) {
    if (error instanceof Refused) throw error
    throw new Refused('bad-input', httpTexts.badInput, { status: 400, cause: error })
  }
}
