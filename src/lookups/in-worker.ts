import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/** A thread that has answered waits this long for the next question: most of a short one's time is its start. */
const IDLE_MS = 60_000

type Idle = { readonly worker: Worker; readonly timer: NodeJS.Timeout }
const idle = new Map<string, Idle[]>()

/**
 * Runs one question in a thread of its own, so that the portal goes on answering meanwhile.
 * @param file the worker beside the caller; it posts one answer for each question
 * @throws Error when it fails, or takes longer than `timeoutMs`
 */
export async function inWorker<Answer>(file: URL, question: unknown, timeoutMs: number): Promise<Answer> {
  const worker = taken(file) ?? new Worker(file, { execArgv: [] })
  const ended = new AbortController()
  const timer = setTimeout(() => void worker.terminate(), timeoutMs)
  try {
    const answer = once(worker, 'message', ended) as Promise<[Answer]>
    const exit = once(worker, 'exit', ended).then(([code]) => {
      throw new Error(`the worker ended with code ${code}`)
    })
    worker.postMessage(question, [])
    const [found] = await Promise.race([answer, exit])
    keep(file, worker)
    return found
  } catch (error) {
    await worker.terminate()
    throw error
  } finally {
    ended.abort()
    clearTimeout(timer)
  }
}

function taken({ href }: URL): Worker | undefined {
  const found = idle.get(href)?.pop()
  if (!found) return undefined
  clearTimeout(found.timer)
  found.worker.ref()
  return found.worker
}

/** Keeps a thread for the next question; it does not keep the process. */
function keep({ href }: URL, worker: Worker): void {
  const waiting = idle.get(href) ?? []
  idle.set(href, waiting)
  worker.unref()
  const timer = setTimeout(() => {
    waiting.splice(waiting.indexOf(entry), 1)
    void worker.terminate()
  }, IDLE_MS).unref()
  const entry = { worker, timer }
  waiting.push(entry)
}
