import type { Text } from '../refused.ts'

/** What is wrong with the form of a step. */
export const stepFormTexts = {
  formIncomplete: {
    id: 'Formulir belum lengkap. Isian Anda tidak hilang; perbaiki bagian yang ditandai lalu kirim lagi.',
    en: 'The form is not complete. Nothing you entered is lost; correct the marked parts and send it again.',
  },
  fieldMissing: (label: string): Text => ({ id: `${label} wajib diisi.`, en: `${label} is required.` }),
  fieldWrong: (label: string): Text => ({
    id: `${label} tidak sesuai bentuk isiannya.`,
    en: `${label} does not have the form asked for.`,
  }),
  fieldUnknown: (id: string): Text => ({
    id: `Isian "${id.slice(0, 60)}" tidak dikenal pada langkah ini.`,
    en: `The field "${id.slice(0, 60)}" is not known at this step.`,
  }),
  verdictMissing: (title: string): Text => ({
    id: `Beri penilaian untuk "${title}".`,
    en: `Give a verdict on "${title}".`,
  }),
  remarkMissing: (title: string): Text => ({
    id: `Tuliskan catatan untuk "${title}", agar pemohon tahu apa yang kurang.`,
    en: `Write a remark on "${title}", so that the applicant knows what is missing.`,
  }),
  notWaivable: (title: string): Text => ({
    id: `Menurut SOP "${title}" tidak dapat dikecualikan.`,
    en: `By the SOP "${title}" cannot be waived.`,
  }),
  notDeferrable: (title: string): Text => ({
    id: `Menurut SOP "${title}" tidak dapat disusulkan.`,
    en: `By the SOP "${title}" cannot be delivered later.`,
  }),
  outcomeAgainstVerdicts: {
    id: 'Masih ada butir yang tidak lengkap, jadi permohonan belum dapat dilanjutkan. Kembalikan kepada pemohon atau ubah penilaiannya.',
    en: 'An item is still incomplete, so the request cannot go on. Return it to the applicant or change the verdict.',
  },
} as const
