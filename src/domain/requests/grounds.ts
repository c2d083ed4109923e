import * as z from 'zod'
import type { Text } from '../refused.ts'

/** Coded grounds of a return or a refusal; each travels with a text of its own. */
export const groundTexts = {
  incomplete: { id: 'Dokumen tidak lengkap', en: 'Documents are incomplete' },
  'letter-invalid': {
    id: 'Surat permohonan tidak sah atau tidak ditandatangani pejabat yang berwenang',
    en: 'The letter is not valid or not signed by the person entitled to',
  },
  'not-entitled': { id: 'Pemohon tidak berwenang', en: 'The applicant is not entitled' },
  'name-not-suitable': {
    id: 'Nama subdomain tidak sesuai ketentuan',
    en: 'The name does not follow the rules',
  },
  'data-inconsistent': {
    id: 'Data PSE tidak lengkap atau tidak konsisten',
    en: 'The PSE data are incomplete or inconsistent',
  },
  'security-risk': { id: 'Persyaratan keamanan belum terpenuhi', en: 'Security requirements are not met' },
  'out-of-scope': { id: 'Di luar lingkup layanan', en: 'Outside the scope of the service' },
  other: { id: 'Alasan lain', en: 'Another ground' },
} as const satisfies Record<string, Text>

export type GroundCode = keyof typeof groundTexts
export const groundCodes = Object.keys(groundTexts) as [GroundCode, ...GroundCode[]]

/** One ground of a return or refusal: its code and what exactly is meant. */
export const ground = z.strictObject({ code: z.enum(groundCodes), text: z.string().trim().min(3).max(2000) })
export type Ground = z.infer<typeof ground>
