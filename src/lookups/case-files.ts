import { createHash, randomUUID } from 'node:crypto'
import type { CaseCover, CaseEntry } from '../domain/letters/case-file.ts'
import { composeCaseCover } from '../domain/letters/case-file.ts'
import type { Paper } from '../domain/letters/papers.ts'
import { Refused } from '../domain/refused.ts'
import { caseFileText } from '../domain/text/case-file.ts'
import type { BundlePart, PdfDriver } from '../drivers/pdf/driver.ts'
import type { DrawnUpload } from './draw-overlays.ts'
import { countPages, drawOverlays } from './draw-overlays.ts'

/** One part as it is asked for: a paper to print, a file to merge as it is, or only a line of the index. */
export type CasePartSource = Pick<CaseEntry, 'title' | 'note'> & {
  readonly filename: string
} & (
    | { readonly paper: Paper }
    | {
        readonly sha256: string
        readonly size: number
        /** A letter of the office: its signature lies over no page. */
        readonly own: boolean
        readonly read: () => Promise<Buffer>
      }
    | { readonly sha256: string; readonly absent: string }
  )
export type CaseFileQuestion = {
  /** Whose it is: nobody else is told about it. */
  readonly owner: string
  readonly cover: CaseCover
  readonly parts: readonly CasePartSource[]
}

/** How far a case file is. */
export type CaseFileState = { readonly done: number; readonly of: number } & (
  | { readonly status: 'working' | 'failed' }
  | {
      readonly status: 'ready'
      readonly pdf: Buffer
      readonly pages: number
      readonly sha256: string
      /** Parts that stand in the index without their pages. */
      readonly listed: number
    }
)

/** Files of more octets in all are not merged: the rest is listed with its digest. */
const maxMergedBytes = 64 * 1024 * 1024
/** No case file has more pages. */
const maxPages = 3000
/** A finished one is kept so long for whoever asked for it, in milliseconds. */
const keptMs = 5 * 60_000
/** So many are in the making or kept at once, in the whole installation. */
const maxKept = 6
/** A question about one that is in the making is answered after so long at the latest, in milliseconds. */
const waitMs = 1000

type Kept = {
  readonly owner: string
  state: CaseFileState
  readonly ended: Promise<void>
  readonly since: number
}

/**
 * Puts case files together, one after the other, and keeps each some minutes for the person who asked. It lives in the
 * process: what is lost with it is asked for again.
 * Files of others are read in a process of their own, `uploads`: letters that will be signed are never set in it.
 */
export class CaseFiles {
  readonly #pdf: PdfDriver
  readonly #uploads: PdfDriver
  readonly #onFault: (error: unknown) => void
  readonly #now: () => number
  readonly #kept = new Map<string, Kept>()
  #last: Promise<unknown> = Promise.resolve()

  constructor(
    drivers: { readonly pdf: PdfDriver; readonly uploads: PdfDriver },
    onFault: (error: unknown) => void,
    now: () => number = Date.now,
  ) {
    this.#pdf = drivers.pdf
    this.#uploads = drivers.uploads
    this.#onFault = onFault
    this.#now = now
  }

  /** @returns the id under which it is asked for. @throws Refused `case-files-busy` (503) */
  begin(question: CaseFileQuestion): string {
    this.#clear()
    if (this.#kept.size >= maxKept && !this.#dropOldest())
      throw new Refused('case-files-busy', caseFileText.busy, { status: 503 })
    const id = randomUUID()
    const of = question.parts.length + 1
    const entry = (state: CaseFileState) => Object.assign(kept, { state })
    const ended = this.#last.then(() => this.#make(question, entry))
    const kept: Kept = {
      owner: question.owner,
      state: { status: 'working', done: 0, of },
      ended,
      since: this.#now(),
    }
    this.#last = ended
    this.#kept.set(id, kept)
    return id
  }

  /** Waits a second at most. @returns how far it is, or nothing when it is not kept or somebody else's */
  async look(owner: string, id: string): Promise<CaseFileState | undefined> {
    this.#clear()
    const found = this.#kept.get(id)
    if (found?.owner !== owner) return undefined
    let timer: NodeJS.Timeout | undefined
    const second = new Promise<void>((resolve) => void (timer = setTimeout(resolve, waitMs)))
    await Promise.race([found.ended, second])
    clearTimeout(timer)
    return found.state
  }

  #clear(): void {
    for (const [id, { since, state }] of this.#kept)
      if (state.status !== 'working' && this.#now() - since > keptMs) this.#kept.delete(id)
  }

  /** Makes room by the oldest that is finished. */
  #dropOldest(): boolean {
    const oldest = [...this.#kept].find(([, { state }]) => state.status !== 'working')
    return oldest !== undefined && this.#kept.delete(oldest[0])
  }

  async #make({ cover, parts }: CaseFileQuestion, tell: (state: CaseFileState) => void): Promise<void> {
    const of = parts.length + 1
    const made: BundlePart[] = []
    try {
      const room = { bytes: maxMergedBytes, pages: maxPages }
      for (const [index, part] of parts.entries()) {
        made.push(await this.#part(part, index, room))
        tell({ status: 'working', done: index + 1, of })
      }
      const bundle = { cover: composeCaseCover(cover, 'id'), ticket: cover.ticket, parts: made }
      const listed = made.filter(({ content }) => !content?.pages).length
      tell({ status: 'ready', done: of, of, listed, ...(await this.#uploads.bundle(bundle)) })
    } catch (error) {
      this.#onFault(error)
      tell({ status: 'failed', done: made.length, of })
    }
  }

  async #part(
    source: CasePartSource,
    index: number,
    room: { bytes: number; pages: number },
  ): Promise<BundlePart> {
    const { title, note } = source
    const entry = { title, note }
    if ('absent' in source) return { ...entry, sha256: source.sha256, absent: source.absent }
    if ('size' in source && source.size > room.bytes)
      return { ...entry, sha256: source.sha256, absent: caseFileText.tooLarge.id }
    const pdf = 'paper' in source ? (await this.#pdf.render(source.paper)).pdf : await source.read()
    const sha256 = createHash('sha256').update(pdf).digest('hex')
    const isUpload = 'own' in source && !source.own
    const { pages, drawn, hidden }: DrawnUpload = isUpload
      ? await drawOverlays(this.#uploads, pdf)
      : { pages: await countPages(this.#uploads, pdf), hidden: false }
    const hint = hidden ? { hint: caseFileText.annotated.id } : {}
    const attachedAs = `${String(index + 1).padStart(2, '0')}-${plainName(source.filename)}`
    if (pages === undefined || pages > room.pages) {
      room.bytes -= pdf.length
      const absent = (pages === undefined ? caseFileText.unreadable : caseFileText.tooLarge).id
      return { ...entry, sha256, absent, content: { pdf, pages: 0, attachedAs } }
    }
    room.bytes -= pdf.length + (drawn?.length ?? 0)
    room.pages -= pages
    return { ...entry, ...hint, sha256, content: { pdf, ...(drawn && { drawn }), pages, attachedAs } }
  }
}

/** A name that every reader of PDFs shows and every file system takes. */
const plainName = (name: string): string => name.replaceAll(/[^A-Za-z0-9._-]+/g, '_').slice(-80)
