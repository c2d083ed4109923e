import { createHash } from 'node:crypto'
import { fork, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { CaseEntry } from '../../domain/letters/case-file.ts'
import { composePaper } from '../../domain/letters/compose.ts'
import type { Paper } from '../../domain/letters/papers.ts'
import type { Sheet } from '../../domain/letters/sheet.ts'
import type { SopPrint } from '../../domain/sop-paper/print.ts'
import { flatten } from './flatten.ts'
import type { OfficeTemplates } from './office-templates.ts'

/** A paper as a PDF: PDF/A-2a, tagged, every font embedded. The same paper gives the same bytes. */
export type RenderedPaper = { readonly pdf: Buffer; readonly sha256: string; readonly pages: number }

export type PdfDriver = {
  /**
   * @param templates the office's own, which go before the shipped ones
   * @throws PdfFault when the paper cannot be set; nothing was written and another try is safe;
   * `template` when one of the office's templates is wrong, with file and line
   */
  render(paper: Paper, templates?: OfficeTemplates): Promise<RenderedPaper>
  /** The same for an SOP. @throws PdfFault `too-big` when its flowchart fits no page */
  renderSop(print: SopPrint): Promise<RenderedPaper>
  /**
   * Counts the pages of somebody's PDF by setting them all once, so that what it returns can go into a bundle.
   * @throws PdfFault `unreadable` when it is encrypted or broken
   */
  countPages(pdf: Uint8Array): Promise<number>
  /**
   * Draws fields, notes and stamps of somebody's PDF onto its pages, by the appearances that the file holds.
   * @returns the drawn file; nothing where that is not possible, or this machine has no tool for it
   */
  flatten(pdf: Uint8Array): Promise<Uint8Array | undefined>
  /**
   * One page of somebody's PDF as an SVG image: what is drawn on it, and no script, link or action of the file.
   * @returns the image, and how many pages there are
   * @throws PdfFault `unreadable`, also for a page that is not there
   */
  pageImage(pdf: Uint8Array, page: number): Promise<{ readonly svg: Buffer; readonly pages: number }>
  /** A case file: cover, index, and the pages of every part as they are. Not PDF/A, because the parts are not. */
  bundle(bundle: Bundle): Promise<RenderedPaper>
  /** Ends the setting process. Papers still under way are given up with a PdfFault. */
  close(): Promise<void>
}

/** One part of a bundle: its PDF with the pages to show, or only its line in the index. */
export type BundlePart = CaseEntry & {
  readonly content?: {
    readonly pdf: Uint8Array
    /** The pages to show, where they are not those of the file itself. */
    readonly drawn?: Uint8Array
    readonly pages: number
    readonly attachedAs: string
  }
}
export type Bundle = { readonly cover: Sheet; readonly ticket: string; readonly parts: readonly BundlePart[] }

/** The paper could not be set: the setting process failed, died or took too long. Not the user's doing. */
export class PdfFault extends Error {
  readonly reason:
    | 'failed'
    | 'template'
    | 'too-big'
    | 'unreadable'
    | 'died'
    | 'timeout'
    | 'memory'
    | 'busy'
    | 'closed'
  constructor(reason: PdfFault['reason'], message: string) {
    super(message)
    this.name = 'PdfFault'
    this.reason = reason
  }
}

/** What is to be set: a paper laid out as blocks, or an SOP, which is laid out where the fonts are. */
type Work =
  | { readonly sheet: Sheet; readonly templates: OfficeTemplates }
  | { readonly sop: SopPrint }
  | { readonly upload: Uint8Array; readonly page?: number }
  | { readonly bundle: Bundle }
export type RenderRequest = Work & { readonly id: number }
export type RenderReply =
  | { readonly id: number; readonly pdf: Buffer; readonly pages: number }
  | { readonly id: number; readonly tooBig: true }
  | { readonly id: number; readonly unreadable: string }
  | { readonly id: number; readonly template: string }
  | { readonly id: number; readonly fault: string }

/** Longest time for one paper. A letter takes about 20 ms, the longest register a few seconds. */
const RENDER_TIMEOUT_MS = 30_000
/** Most memory of the setting process. It has 150 to 300 MB at work; a picture of 100 KB can ask for gigabytes. */
const MEMORY_OCTETS = 2 * 1024 ** 3
/** How often that is looked at while a paper is set. */
const MEMORY_EVERY_MS = 100
/** A page of memory on every Linux that we run on. */
const PAGE_OCTETS = 4096
/** The discard port of this machine (RFC 863). */
const nowhere = 'http://127.0.0.1:9'
/** Papers that may wait in line. */
const QUEUE_MAX = 500

/** What a template of the office that never ends, or grows without end, comes to. */
const exhausting: readonly PdfFault['reason'][] = ['timeout', 'memory']

/** Faults that the process told of: it is well and sets the next paper. */
const answered: readonly PdfFault['reason'][] = ['failed', 'template', 'too-big', 'unreadable']

type Bounds = { readonly timeoutMs: number; readonly memoryOctets: number }

type Waiting = {
  readonly work: Work
  readonly resolve: (paper: RenderedPaper) => void
  readonly reject: (fault: PdfFault) => void
}

/**
 * One process that sets papers, one at a time, started at the first paper and replaced when it dies or hangs.
 * @param options.timeoutMs longest time for one paper, in milliseconds
 * @param options.memoryOctets most memory of the process
 * @param options.program the setting process; only tests give another one
 */
export function createPdfDriver(options: Partial<Bounds> & { program?: string } = {}): PdfDriver {
  const { timeoutMs = RENDER_TIMEOUT_MS, memoryOctets = MEMORY_OCTETS } = options
  const program = options.program ?? fileURLToPath(new URL('./render-process.ts', import.meta.url))
  const queue: Waiting[] = []
  let child: ChildProcess | null = null
  let busy = false
  let closed = false
  let lastId = 0

  const next = async (): Promise<void> => {
    const waiting = queue.shift()
    if (waiting === undefined || busy) return
    busy = true
    child ??= startProcess(program)
    child.ref()
    child.channel?.ref()
    try {
      waiting.resolve(await ask(child, { id: ++lastId, ...waiting.work }, { timeoutMs, memoryOctets }))
      child.unref()
      child.channel?.unref()
    } catch (error) {
      const fault = error instanceof PdfFault ? error : new PdfFault('failed', String(error))
      if (!answered.includes(fault.reason)) {
        child.kill('SIGKILL')
        child = null
      }
      waiting.reject(closed ? new PdfFault('closed', 'the PDF driver was closed') : fault)
    }
    busy = false
    void next()
  }

  const enqueue = (workOf: () => Work): Promise<RenderedPaper> => {
    if (closed) return Promise.reject(new PdfFault('closed', 'the PDF driver was closed'))
    if (queue.length >= QUEUE_MAX) return Promise.reject(new PdfFault('busy', 'too many papers are waiting'))
    const work = workOf()
    return new Promise((resolve, reject) => {
      queue.push({ work, resolve, reject })
      if (!busy) void next()
    })
  }

  return {
    render: (paper, templates = {}) =>
      enqueue(() => ({ sheet: composePaper(paper), templates })).catch((error: unknown) => {
        const isTheirs = Object.keys(templates).length > 0
        if (!(error instanceof PdfFault) || !isTheirs || !exhausting.includes(error.reason)) throw error
        throw new PdfFault('template', error.message)
      }),
    renderSop: (sop) => enqueue(() => ({ sop })),
    countPages: async (upload) => (await enqueue(() => ({ upload }))).pages,
    flatten,
    pageImage: async (upload, page) => {
      const { pdf: svg, pages } = await enqueue(() => ({ upload, page }))
      return { svg, pages }
    },
    bundle: (bundle) => enqueue(() => ({ bundle })),
    async close() {
      closed = true
      for (const waiting of queue.splice(0))
        waiting.reject(new PdfFault('closed', 'the PDF driver was closed'))
      const last = child
      child = null
      if (last === null || last.exitCode !== null || last.signalCode !== null) return
      // it was let go of between papers, and an empty event loop would end us before it has ended
      last.ref()
      await new Promise((resolve) => {
        // An idle process does not hold ours open; waiting for its end must.
        last.ref()
        last.once('exit', resolve)
        last.kill('SIGKILL')
      })
    },
  }
}

/** Bytes travel as bytes (`advanced`); the process gets no environment but the path to its own tools. */
function startProcess(program: string): ChildProcess {
  return fork(program, [], {
    serialization: 'advanced',
    execArgv: [],
    // a template that wants a package from the network finds a proxy at which nobody listens
    env: { PATH: process.env['PATH'], HTTP_PROXY: nowhere, HTTPS_PROXY: nowhere, ALL_PROXY: nowhere },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
}

/** Sends one sheet and waits for its PDF, the process's end, or the end of time or memory, whichever comes first. */
function ask(
  child: ChildProcess,
  request: RenderRequest,
  { timeoutMs, memoryOctets }: Bounds,
): Promise<RenderedPaper> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      clearTimeout(timer)
      clearInterval(watch)
      child.off('message', onMessage)
      child.off('exit', onExit)
      child.off('error', onExit)
    }
    const onMessage = (message: unknown): void => {
      const reply = message as RenderReply
      if (reply.id !== request.id) return
      settle()
      if ('tooBig' in reply) return reject(new PdfFault('too-big', 'the flowchart fits no page'))
      if ('unreadable' in reply) return reject(new PdfFault('unreadable', reply.unreadable))
      if ('template' in reply) return reject(new PdfFault('template', reply.template))
      if ('fault' in reply) return reject(new PdfFault('failed', reply.fault))
      const pdf = Buffer.from(reply.pdf)
      resolve({ pdf, pages: reply.pages, sha256: createHash('sha256').update(pdf).digest('hex') })
    }
    const onExit = (): void => {
      settle()
      reject(new PdfFault('died', 'the process that sets papers ended unexpectedly'))
    }
    const timer = setTimeout(() => {
      settle()
      reject(new PdfFault('timeout', `the paper was not set within ${timeoutMs} ms`))
    }, timeoutMs)
    const watch = setInterval(() => {
      if (memoryOf(child) <= memoryOctets) return
      settle()
      reject(
        new PdfFault('memory', `the paper needs more than ${Math.round(memoryOctets / 1e6)} MB of memory`),
      )
    }, MEMORY_EVERY_MS)
    child.on('message', onMessage)
    child.on('exit', onExit)
    child.on('error', onExit)
    child.send(request, (error) => error && onExit())
  })
}

/** Octets of memory that the process holds; none where the system does not tell (proc(5), statm). */
function memoryOf({ pid }: ChildProcess): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * PAGE_OCTETS
  } catch {
    return 0
  }
}
