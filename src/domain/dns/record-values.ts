import { Buffer } from 'node:buffer'
import type { Text } from '../refused.ts'
import { dnsRecordText as text } from '../text/dns-records.ts'
import { parseIpv4, parseIpv6, printIpv4, printIpv6 } from './addresses.ts'
import { FormatError } from './format-error.ts'
import { canonicalName } from './names.ts'
import { rdataToWire, type Rdata } from './records.ts'

/** The value of a record as a person types it: each type read on its own, each fault with its own sentence. */

export const recordTypes = ['A', 'AAAA', 'CNAME', 'TXT', 'MX', 'SRV', 'CAA', 'NS'] as const
export type RecordType = (typeof recordTypes)[number]

export type ReadValue = { readonly data: Rdata } | { readonly fault: Text }

const fault = (sentence: Text): ReadValue => ({ fault: sentence })

/** Octets of text in one TXT record: more than any known use, and well inside a message. */
const MAX_TXT_OCTETS = 4_000
/** Octets in one string of a TXT record (RFC 1035 section 3.3.14). */
const STRING_OCTETS = 255
const HOST_LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/

function parses(read: () => unknown): boolean {
  try {
    read()
    return true
  } catch (error) {
    if (error instanceof FormatError) return false
    throw error
  }
}

const isIpv4 = (value: string): boolean => parses(() => parseIpv4(value))
const isIpv6 = (value: string): boolean => parses(() => parseIpv6(value))

function readA(value: string): ReadValue {
  if (isIpv4(value)) return { data: { type: 'A', address: printIpv4(parseIpv4(value)) } }
  if (isIpv6(value)) return fault(text.isIpv6)
  return fault(/[/:]/.test(value) ? text.addressOnly : text.notIpv4)
}

function readAaaa(input: string): ReadValue {
  const value = input.replace(/^\[(.*)\]$/, '$1')
  if (isIpv4(value)) return fault(text.isIpv4)
  if (value.includes('%')) return fault(text.ipv6Scope)
  if (value.includes('/')) return fault(text.addressOnly)
  return isIpv6(value)
    ? { data: { type: 'AAAA', address: printIpv6(parseIpv6(value)) } }
    : fault(text.notIpv6)
}

/** A full host name as a target, with or without its dot; `.` where the type allows "none". */
function readTarget(input: string, mayBeNone: boolean): { name: string } | { fault: Text } {
  if (input === '.' && mayBeNone) return { name: '.' }
  if (/^[a-z]+:\/\//i.test(input) || input.includes('/')) return { fault: text.targetIsUrl }
  const value = input.toLowerCase().replace(/\.$/, '')
  if (isIpv4(value) || isIpv6(value)) return { fault: text.targetIsAddress }
  if (value === '') return { fault: text.targetMissing }
  const labels = value.split('.')
  if (labels.length < 2) return { fault: text.targetNotFull(input) }
  if (!labels.every((label) => HOST_LABEL.test(label))) return { fault: text.targetInvalid(input) }
  return parses(() => canonicalName(value))
    ? { name: canonicalName(value) }
    : { fault: text.targetInvalid(input) }
}

function readAlias(type: 'CNAME' | 'NS', value: string): ReadValue {
  const target = readTarget(value, false)
  return 'fault' in target ? target : { data: { type, target: target.name } }
}

function numberUpTo(word: string | undefined, most: number): number | undefined {
  return word !== undefined && /^\d{1,5}$/.test(word) && Number(word) <= most ? Number(word) : undefined
}

function readMx(value: string): ReadValue {
  const [first, second, ...rest] = value.split(/\s+/)
  if (second === undefined || rest.length > 0) return fault(text.mxForm)
  const preference = numberUpTo(first, 65_535)
  if (preference === undefined) return fault(text.mxForm)
  const target = readTarget(second, preference === 0)
  return 'fault' in target ? target : { data: { type: 'MX', preference, exchange: target.name } }
}

function readSrv(value: string): ReadValue {
  const words = value.split(/\s+/)
  const [priority, weight, port] = words.map((word) => numberUpTo(word, 65_535))
  if (words.length !== 4 || priority === undefined || weight === undefined || port === undefined) {
    return fault(text.srvForm)
  }
  const target = readTarget(words[3]!, true)
  return 'fault' in target ? target : { data: { type: 'SRV', priority, weight, port, target: target.name } }
}

/** Cut so that no character is torn where that can be helped. */
function strings(octets: Buffer): string[] {
  const parts: string[] = []
  for (let at = 0; at < octets.length;) {
    let end = Math.min(at + STRING_OCTETS, octets.length)
    const isInside = (index: number): boolean => index < octets.length && (octets[index]! & 0xc0) === 0x80
    for (let back = 0; back < 3 && isInside(end); back += 1) end -= 1
    if (isInside(end)) end = Math.min(at + STRING_OCTETS, octets.length)
    parts.push(octets.toString('latin1', at, end))
    at = end
  }
  return parts
}

/** Without quotes the text is the text; with quotes it is read as in a zone file, and too long strings are cut. */
function readTxt(value: string): ReadValue {
  if (value === '' || value === '""') return fault(text.txtEmpty)
  if (/\p{Cc}/u.test(value)) return fault(text.txtControl)
  if (Buffer.byteLength(value) > MAX_TXT_OCTETS) return fault(text.txtTooLong(MAX_TXT_OCTETS))
  if (!value.startsWith('"')) return { data: { type: 'TXT', strings: strings(Buffer.from(value, 'utf8')) } }
  const quoted = quotedStrings(value)
  if (!quoted) return fault(text.txtQuote)
  return { data: { type: 'TXT', strings: quoted.flatMap((part) => strings(Buffer.from(part, 'latin1'))) } }
}

/** `"a" "b"` as its strings; nothing when a quote is not closed or text stands outside. */
function quotedStrings(value: string): string[] | undefined {
  if (!/^(?:"(?:[^"\\]|\\.)*"\s*)+$/su.test(value)) return undefined
  const found: string[] = []
  for (const [, body] of value.matchAll(/"((?:[^"\\]|\\.)*)"/gsu)) {
    const bare = Buffer.from(body!, 'utf8').toString('latin1')
    const bad = /\\(?:2(?:5[6-9]|[6-9]\d)|[3-9]\d\d)/.test(bare)
    if (bad) return undefined
    found.push(
      bare.replace(/\\(\d{3}|.)/gs, (_all, escape: string) =>
        escape.length === 3 ? String.fromCharCode(Number(escape)) : escape,
      ),
    )
  }
  return found.filter((part) => part !== '').length > 0 ? found.filter((part) => part !== '') : undefined
}

const CAA_TAGS = ['issue', 'issuewild', 'issuemail', 'issuevmc', 'iodef']

function readCaa(value: string): ReadValue {
  const match = /^(\d{1,3})\s+([a-zA-Z0-9]+)\s+(.+)$/s.exec(value)
  if (!match) return fault(text.caaForm)
  const [, flags, tag, rest] = match
  if (flags !== '0' && flags !== '128') return fault(text.caaFlags)
  const name = tag!.toLowerCase()
  if (!CAA_TAGS.includes(name)) return fault(text.caaTag(CAA_TAGS.join(', ')))
  const quoted = rest!.startsWith('"') ? quotedStrings(rest!) : undefined
  const isNobody = rest === '""'
  if (rest!.startsWith('"') && !isNobody && quoted?.length !== 1) return fault(text.caaForm)
  const content = isNobody ? '' : (quoted?.[0] ?? rest!.trim())
  if (content === '' && !isNobody) return fault(text.caaForm)
  if (!/^[\x20-\x7e]*$/.test(content)) return fault(text.caaForm)
  if (name === 'iodef' && !/^(mailto:[^@\s]+@[^@\s]+|https?:\/\/\S+)$/.test(content))
    return fault(text.caaIodef)
  return { data: { type: 'CAA', flags: Number(flags), tag: name, value: content } }
}

const READERS: Readonly<Record<RecordType, (value: string) => ReadValue>> = {
  A: readA,
  AAAA: readAaaa,
  CNAME: (value) => readAlias('CNAME', value),
  NS: (value) => readAlias('NS', value),
  TXT: readTxt,
  MX: readMx,
  SRV: readSrv,
  CAA: readCaa,
}

/** Reads one value. What it gives is data that the wire takes, and that its own text leads back to. */
export function readValue(type: RecordType, input: string): ReadValue {
  const value = input.trim()
  if (value === '') return fault(text.valueMissing)
  const read = READERS[type](value)
  if ('fault' in read) return read
  rdataToWire(read.data)
  return read
}
