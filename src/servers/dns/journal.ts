import { Buffer } from 'node:buffer'
import { crc32 } from 'node:zlib'

/**
 * Lines on disk: eight hexadecimal digits of CRC-32, a blank, JSON, a line feed. One line is written and synced
 * before the next one starts, so only the last line of a journal can be torn.
 */

/** The store on disk is damaged in a way that no crash explains. The server must not start over it. */
export class CorruptStore extends Error {
  constructor(file: string, line: number, why: string) {
    super(
      `${file} is damaged at line ${line}: ${why}. Nothing was changed. ` +
        `Put back a copy of the data directory, or transfer the zone from a secondary.`,
    )
    this.name = 'CorruptStore'
  }
}

export function journalLine(value: unknown): Buffer {
  const json = JSON.stringify(value)
  return Buffer.from(`${crc32(json).toString(16).padStart(8, '0')} ${json}\n`)
}

function parseLine(line: string): unknown {
  const json = line.slice(9)
  const isSound = line[8] === ' ' && line.slice(0, 8) === crc32(json).toString(16).padStart(8, '0')
  return isSound ? JSON.parse(json) : undefined
}

/**
 * Reads a file of lines.
 * @param mayBeTorn whether the last line may be incomplete; blocks that never reached the disk read as NUL
 * @returns the values, and how many octets of the file are sound
 * @throws CorruptStore when any other line is damaged
 */
export function readLines(
  file: string,
  content: Buffer,
  mayBeTorn: boolean,
): { values: unknown[]; octets: number } {
  const values: unknown[] = []
  let at = 0
  while (at < content.length) {
    const end = content.indexOf(0x0a, at)
    const line = content.subarray(at, end < 0 ? content.length : end)
    const value = end < 0 ? undefined : parseLine(line.toString('utf8'))
    if (value === undefined) {
      const isLast = end < 0 || end === content.length - 1
      const isTorn = isLast && (end < 0 || line.includes(0))
      if (mayBeTorn && isTorn) return { values, octets: at }
      throw new CorruptStore(file, values.length + 1, 'its checksum does not match its content')
    }
    values.push(value)
    at = end + 1
  }
  return { values, octets: at }
}
