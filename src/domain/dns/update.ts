import { Buffer } from 'node:buffer'
import { messageOf, type Message, type ResourceRecord } from './message.ts'
import { parseRdata, rdataToWire } from './records.ts'
import { CLASS, OPCODE, TYPE, typeCode } from './types.ts'

/** Dynamic updates (RFC 2136). */

/** What must hold in the zone for the update to happen (section 2.4). */
export type Prerequisite =
  | { readonly kind: 'name-in-use' | 'name-not-in-use'; readonly name: string }
  | { readonly kind: 'rrset-exists' | 'rrset-absent'; readonly name: string; readonly type: string }
  | {
      readonly kind: 'rrset-equals'
      readonly name: string
      readonly type: string
      readonly values: readonly string[]
    }

/** One line of an update section (section 2.5). */
export type UpdateLine =
  | {
      readonly op: 'add'
      readonly name: string
      readonly type: string
      readonly ttl: number
      readonly value: string
    }
  | { readonly op: 'delete-record'; readonly name: string; readonly type: string; readonly value: string }
  | { readonly op: 'delete-rrset'; readonly name: string; readonly type: string }
  | { readonly op: 'delete-name'; readonly name: string }

const NOTHING = Buffer.alloc(0)

function wireOf(type: string, value: string): Buffer {
  return rdataToWire(parseRdata(type, value))
}

function prerequisiteRecords(rule: Prerequisite): ResourceRecord[] {
  const { name } = rule
  switch (rule.kind) {
    case 'name-in-use':
      return [{ name, type: TYPE.ANY, class: CLASS.ANY, ttl: 0, rdata: NOTHING }]
    case 'name-not-in-use':
      return [{ name, type: TYPE.ANY, class: CLASS.NONE, ttl: 0, rdata: NOTHING }]
    case 'rrset-exists':
      return [{ name, type: typeCode(rule.type), class: CLASS.ANY, ttl: 0, rdata: NOTHING }]
    case 'rrset-absent':
      return [{ name, type: typeCode(rule.type), class: CLASS.NONE, ttl: 0, rdata: NOTHING }]
    case 'rrset-equals': {
      const type = typeCode(rule.type)
      return rule.values.map((value) => ({
        name,
        type,
        class: CLASS.IN,
        ttl: 0,
        rdata: wireOf(rule.type, value),
      }))
    }
  }
}

function updateRecord(line: UpdateLine): ResourceRecord {
  const { name } = line
  switch (line.op) {
    case 'add':
      return {
        name,
        type: typeCode(line.type),
        class: CLASS.IN,
        ttl: line.ttl,
        rdata: wireOf(line.type, line.value),
      }
    case 'delete-record':
      return {
        name,
        type: typeCode(line.type),
        class: CLASS.NONE,
        ttl: 0,
        rdata: wireOf(line.type, line.value),
      }
    case 'delete-rrset':
      return { name, type: typeCode(line.type), class: CLASS.ANY, ttl: 0, rdata: NOTHING }
    case 'delete-name':
      return { name, type: TYPE.ANY, class: CLASS.ANY, ttl: 0, rdata: NOTHING }
  }
}

/**
 * The message that asks a primary to change a zone, all or nothing. Without lines it only asks whether the
 * prerequisites hold, which is the one exact question about a name that no wildcard can answer.
 * @throws FormatError for a name, type or value that is not valid
 */
export function updateMessage(update: {
  readonly id: number
  readonly zone: string
  readonly prerequisites: readonly Prerequisite[]
  readonly lines: readonly UpdateLine[]
}): Message {
  return messageOf({
    id: update.id,
    opcode: OPCODE.UPDATE,
    questions: [{ name: update.zone, type: TYPE.SOA, class: CLASS.IN }],
    answers: update.prerequisites.flatMap(prerequisiteRecords),
    authority: update.lines.map(updateRecord),
  })
}

/** Whether serial `a` comes after `b`, counting round the 32 bit circle (RFC 1982 section 3.2). */
export function isSerialAfter(a: number, b: number): boolean {
  const distance = (a - b) >>> 0
  return distance > 0 && distance < 2 ** 31
}

/** The next serial; zero is skipped (RFC 2136 section 3.6). */
export function nextSerial(serial: number): number {
  return serial >= 0xffffffff ? 1 : serial + 1
}
