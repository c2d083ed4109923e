import type * as z from 'zod'
import type { FieldIssue, Text } from '../refused.ts'

/** Zod's issues in plain sentences, one per field, for people who never heard of a schema. */
export function issuesOf(error: z.ZodError): readonly FieldIssue[] {
  return error.issues.slice(0, maxIssues).map((issue) => ({ field: fieldOf(issue), text: sentenceOf(issue) }))
}

/** More sentences than these help nobody. */
const maxIssues = 40

type Issue = z.core.$ZodIssue

function fieldOf(issue: Issue): string {
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') path.push(issue.keys[0] ?? '')
  return path.join('.').slice(0, 200)
}

function sentenceOf(issue: Issue): Text {
  switch (issue.code) {
    case 'unrecognized_keys':
      return { id: 'Isian ini tidak dikenal.', en: 'This field is not known.' }
    case 'too_big':
      return {
        id: `Isian terlalu panjang atau terlalu besar (paling banyak ${String(issue.maximum)}).`,
        en: `This is too long or too large (at most ${String(issue.maximum)}).`,
      }
    case 'too_small':
      return issue.origin === 'string'
        ? { id: 'Wajib diisi dengan lengkap.', en: 'This is required; please fill it in completely.' }
        : { id: `Paling sedikit ${String(issue.minimum)}.`, en: `At least ${String(issue.minimum)}.` }
    case 'invalid_format':
      return formatSentence(issue.format)
    case 'invalid_value':
      return { id: 'Pilih salah satu pilihan yang tersedia.', en: 'Choose one of the options offered.' }
    default:
      return issue.input === undefined || issue.message.includes('undefined')
        ? { id: 'Wajib diisi.', en: 'This is required.' }
        : { id: 'Isian ini tidak sesuai bentuknya.', en: 'This does not have the form asked for.' }
  }
}

function formatSentence(format: string): Text {
  switch (format) {
    case 'email':
      return {
        id: 'Tuliskan alamat surel yang benar, misalnya nama@contohkab.go.id.',
        en: 'Write a valid e-mail address.',
      }
    case 'date':
      return {
        id: 'Tuliskan tanggal yang benar (tahun-bulan-hari).',
        en: 'Write a valid date (year-month-day).',
      }
    case 'ipv4':
      return {
        id: 'Tuliskan alamat IPv4 yang benar, misalnya 192.0.2.10.',
        en: 'Write a valid IPv4 address.',
      }
    case 'ipv6':
      return {
        id: 'Tuliskan alamat IPv6 yang benar, misalnya 2001:db8::10.',
        en: 'Write a valid IPv6 address.',
      }
    default:
      return { id: 'Isian ini tidak sesuai bentuknya.', en: 'This does not have the form asked for.' }
  }
}
