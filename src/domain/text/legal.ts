import type { Text } from '../refused.ts'

export const legalText = {
  revoked: (citation: string, revokedBy: string | undefined): Text => ({
    id: `"${citation}" sudah dicabut${revokedBy === undefined ? '' : ` oleh ${revokedBy}`}. Sesuaikan rujukannya.`,
    en: `"${citation}" was revoked${revokedBy === undefined ? '' : ` by ${revokedBy}`}. Correct the reference.`,
  }),
} as const
