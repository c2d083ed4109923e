import type { Text } from '../refused.ts'

export const watchTexts = {
  tooMany: (most: number): Text => ({
    id: `Kemajuan sudah diikuti di ${most} halaman lain. Permohonan tetap berjalan; tutup salah satu halaman itu, lalu muat ulang halaman ini.`,
    en: `Progress is already watched on ${most} other pages. The request goes on; close one of them, then load this page again.`,
  }),
} as const
