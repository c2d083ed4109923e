import type { StdioOptions } from 'node:child_process'
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Debian's qpdf and the program that limits it; an installation may be without them. */
const limiter = '/usr/bin/prlimit'
const tool = '/usr/bin/qpdf'
/** Address space in octets, processor time in seconds, no file and no memory image of its own. */
const limits = ['--as=1073741824', '--cpu=10', '--fsize=0', '--core=0']
/** Longest time for one file, in milliseconds. */
const flattenTimeoutMs = 15_000
/** A file that becomes larger by it is no letter. */
const maxDrawnBytes = 128 * 1024 * 1024
/** Files that may wait in line; more are shown without what lies over their pages. */
const maxWaiting = 50
/** The file was written, and there was something to warn of. */
const withWarnings = 3

/** @returns whether this machine has what draws them */
export const canFlatten = (): boolean => existsSync(limiter) && existsSync(tool)

let waiting = 0
let last: Promise<unknown> = Promise.resolve()

/**
 * Draws fields, notes and stamps onto the pages of somebody's PDF, by the appearance that the file holds for them, one file
 * at a time. Nothing that the file carries runs: qpdf has no program for scripts, and is limited in memory and time.
 * @returns the file with what is seen on a screen as part of its pages; nothing where that is not possible
 */
export async function flatten(pdf: Uint8Array): Promise<Buffer | undefined> {
  if (waiting >= maxWaiting || !canFlatten()) return undefined
  waiting += 1
  const flat = last.then(() => flattenOne(pdf))
  last = flat.catch(() => undefined)
  try {
    return await flat
  } finally {
    waiting -= 1
  }
}

/** qpdf wants a file to jump about in: it gets one without a name, of which a killed process leaves nothing behind. */
async function flattenOne(pdf: Uint8Array): Promise<Buffer | undefined> {
  const path = join(tmpdir(), `ranah-pages-${randomUUID()}`)
  const file = await open(path, 'wx+', 0o600)
  try {
    await rm(path)
    await file.writeFile(pdf)
    return await drawnFrom(file.fd)
  } finally {
    await file.close()
  }
}

function drawnFrom(fd: number): Promise<Buffer | undefined> {
  const asked = ['--generate-appearances', '--flatten-annotations=screen', '/proc/self/fd/3', '-']
  const stdio: StdioOptions = ['ignore', 'pipe', 'ignore', fd]
  const child = spawn(limiter, [...limits, tool, ...asked], { stdio, env: {} })
  const pieces: Buffer[] = []
  let length = 0
  child.stdout!.on('data', (piece: Buffer) => {
    length += piece.length
    if (length > maxDrawnBytes) child.kill('SIGKILL')
    else pieces.push(piece)
  })
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), flattenTimeoutMs)
    const end = (code: number | null): void => {
      clearTimeout(timer)
      resolve((code === 0 || code === withWarnings) && length > 0 ? Buffer.concat(pieces) : undefined)
    }
    child.once('error', () => end(null))
    child.once('close', end)
  })
}
