import type { Text } from '../refused.ts'

/** Why somebody may not check what they made themselves. */
export const separationTexts = {
  ownApplication: {
    id: 'Permohonan ini Anda ajukan sendiri, jadi langkah kantor atasnya harus dikerjakan orang lain: pejabat pengganti (Plh./Plt.) yang tercatat atau atasan. Permohonan ini tidak berubah.',
    en: 'You applied for this yourself, so somebody else must do the steps of the office on it: a recorded substitute or your superior. This request did not change.',
  },
  ownContact: {
    id: 'Anda sendiri tercatat sebagai narahubung pada permohonan ini, jadi orang lain yang harus memutuskannya: pejabat lain pada kolom ini atau pejabat pengganti (Plh./Plt.) yang tercatat di Penugasan. Permohonan ini tidak berubah.',
    en: 'You are named as a contact in this request, so somebody else must decide on it: another officer of this column or a substitute recorded under Appointments. This request did not change.',
  },
  ownOverride: {
    id: 'Anda sendiri yang mengizinkan rencana ini dijalankan, jadi orang lain yang harus menjalankannya. Permohonan ini tidak berubah; kembalikan langkah ini kepada petugas lain.',
    en: 'You let this plan run yourself, so somebody else must run it. This request did not change; leave the step to somebody else.',
  },
  twoColumns: (there: string, here: string): Text => ({
    id: `Anda sudah bertindak sebagai ${there} pada permohonan ini, jadi tidak dapat bertindak juga sebagai ${here}: yang memutuskan harus orang lain. Permohonan ini tidak berubah; mintalah ${here} yang lain atau pejabat penggantinya.`,
    en: `You have acted as ${there} on this request, so you cannot act as ${here} as well: somebody else must decide. This request did not change; ask another ${here} or their substitute.`,
  }),
  ownRegistration: {
    id: 'Pendaftaran ini memakai alamat surel Anda sendiri, jadi orang lain yang harus memutuskannya. Tidak ada yang berubah.',
    en: 'This registration has your own e-mail address, so somebody else must decide about it. Nothing changed.',
  },
  ownLetter: {
    id: 'Surat ini menjawab permohonan yang Anda ajukan sendiri, jadi orang lain yang harus menandatanganinya. Surat ini tidak berubah; catat pejabat pengganti lalu alihkan surat kepadanya.',
    en: 'This letter answers your own application, so somebody else must sign it. The letter did not change; record a substitute and lay it before them.',
  },
  refused: {
    id: 'Tindakan ini ditolak karena yang memeriksa harus orang lain daripada yang mengusulkan. Tidak ada yang berubah; mintalah petugas lain atau pejabat pengganti.',
    en: 'This was refused because whoever checks must be somebody else than who proposed it. Nothing changed; ask a colleague or a substitute.',
  },
} as const
