import type { Text } from '../refused.ts'

/** Replacing the key that signs the logbook. */
export const keyRenewalTexts = {
  title: { id: 'Kunci penandatanganan', en: 'Signing key' },
  inUse: { id: 'Nama dan kunci yang dipakai', en: 'Name and key in use' },
  since: { id: 'Dipakai sejak', en: 'In use since' },
  renew: { id: 'Ganti kunci', en: 'Replace the key' },
  why: {
    id: 'Ganti kunci bila ada kemungkinan kunci itu disalin orang, atau menurut jadwal kantor. Kunci lama menandatangani alih kunci kepada yang baru, lalu dihapus. Titik periksa dan tanda terima yang sudah dibagikan tetap sah dengan kunci lama.',
    en: 'Replace the key when somebody may have copied it, or as the office plans. The old key signs a handover to the new one and is then deleted. Checkpoints and receipts that were given out stay good under the old key.',
  },
  confirm: {
    id: 'Kunci ini tidak dapat dipakai lagi sesudahnya. Saksi mengikuti kunci baru dengan sendirinya.',
    en: 'This key cannot be used again afterwards. Witnesses follow to the new key by themselves.',
  },
  asked: {
    id: 'Penggantian kunci diminta. Kunci baru dipakai dalam satu menit.',
    en: 'The key will be replaced. The new one is in use within a minute.',
  },
  waiting: {
    id: 'Penggantian kunci sudah diminta; kunci baru dipakai dalam satu menit.',
    en: 'A new key has been asked for; it is in use within a minute.',
  },
  noName: {
    id: 'Buku log ini belum pernah ditandatangani, jadi belum ada kunci yang dapat diganti. Kunci pertama dibuat dalam satu menit.',
    en: 'This logbook has not been signed yet, so there is no key to replace. The first key is made within a minute.',
  },
  twice: {
    id: 'Penggantian kunci sudah diminta dan sedang dikerjakan. Tidak ada yang perlu diulang; lihat kunci barunya dalam satu menit.',
    en: 'A new key has been asked for already and is on its way. Nothing has to be repeated; look for the new key in a minute.',
  },
  handovers: { id: 'Unduh alih kunci', en: 'Download the handovers' },
  followed: (from: string, to: string): Text => ({
    id: `Kantor mengganti kunci buku log. Kunci lama (${from}) menandatangani alih kunci kepada ${to}; saksi melanjutkan dengan kunci baru.`,
    en: `The office replaced the key of its logbook. The old key (${from}) signed the handover to ${to}; the witness goes on with the new key.`,
  }),
  nameEnded: (found: string, current: string, evidence: string): Text => ({
    id: `DITOLAK: portal menunjukkan titik periksa dengan nama lama ${found}, padahal kunci itu sudah menyerahkan tugasnya kepada ${current}. Mungkin kunci lama disalin orang, atau salinan yang tertinggal yang menjawab. Tidak ditandatangani. Buktinya: ${evidence}`,
    en: `REFUSED: the portal shows a checkpoint under the old name ${found}, whose key has handed over to ${current}. Somebody may have copied the old key, or a copy that lags answers. Not cosigned. The evidence: ${evidence}`,
  }),
} as const
