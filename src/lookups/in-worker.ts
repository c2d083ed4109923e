import { Worker } from 'node:worker_threads'

/**
 * Runs one question in a thread of its own, so that the portal goes on answering meanwhile.
 * @param file the worker beside the caller; it posts one answer and ends
 * @throws Error when it fails, or takes longer than `timeoutMs`
 */
export async function inWorker<Answer>(file: URL, question: unknown, timeoutMs: number): Promise<Answer> {
  const worker = new Worker(file, { workerData: question, execArgv: ['--import', 'tsx'] })
  const timer = setTimeout(() => void worker.terminate(), timeoutMs)
  try {
    return await new Promise<Answer>((resolve, reject) => {
      worker.once('message', (answer: Answer) => resolve(answer))
      worker.once('error', reject)
      worker.once('exit', (code) => reject(new Error(`the worker ended with code ${code}`)))
    })
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}
