import type { Text } from '../refused.ts'

/** Why a step of a request could not be done. Each sentence says that nothing changed and what to do. */
export const decideTexts = {
  alreadySubmitted: {
    id: 'Permohonan ini sudah dikirim. Tidak ada yang berubah; lihat perkembangannya di halaman permohonan.',
    en: 'This request has already been sent. Nothing changed; see its progress on the request page.',
  },
  notSubmitted: {
    id: 'Permohonan ini masih berupa draf. Kirimkan dahulu sebelum langkah ini dapat dikerjakan.',
    en: 'This request is still a draft. Send it first, then this step can be done.',
  },
  alreadyEnded: {
    id: 'Permohonan ini sudah selesai. Tidak ada yang berubah.',
    en: 'This request has ended. Nothing changed.',
  },
  stepWorking: {
    id: 'Langkah ini sedang dikerjakan oleh sistem. Tidak ada yang hilang; tunggu sampai selesai lalu muat ulang halaman.',
    en: 'The system is carrying out this step. Nothing is lost; wait until it is done and reload the page.',
  },
  stepNotCurrent: (no: number): Text => ({
    id: `Permohonan sekarang berada di langkah ${no}. Tidak ada yang berubah; buka langkah itu untuk melanjutkan.`,
    en: `The request is now at step ${no}. Nothing changed; open that step to go on.`,
  }),
  stepAlreadyDone: {
    id: 'Langkah ini sudah diselesaikan sejak halaman Anda dibuka. Tidak ada yang dikerjakan dua kali; muat ulang halaman.',
    en: 'This step was finished after you opened the page. Nothing was done twice; reload the page.',
  },
  heldByOther: {
    id: 'Langkah ini sedang dipegang petugas lain. Tidak ada yang berubah; minta petugas itu mengembalikannya terlebih dahulu.',
    en: 'Somebody else has taken this step. Nothing changed; ask them to give it back first.',
  },
  notHolder: {
    id: 'Langkah ini tidak sedang Anda pegang, jadi tidak ada yang dapat dikembalikan.',
    en: 'You do not hold this step, so there is nothing to give back.',
  },
  wrongActor: {
    id: 'Langkah ini bukan tugas Anda menurut SOP. Tidak ada yang berubah.',
    en: 'By the SOP this step is not yours to do. Nothing changed.',
  },
  systemOnly: {
    id: 'Hanya sistem yang dapat menyelesaikan langkah ini.',
    en: 'Only the system can finish this step.',
  },
  effectNotAwaited: {
    id: 'Permohonan tidak sedang menunggu hasil langkah ini. Tidak ada yang berubah.',
    en: 'The request is not waiting for the result of this step. Nothing changed.',
  },
  noRefusalHere: {
    id: 'SOP tidak mengizinkan penolakan pada langkah ini. Pilih salah satu hasil yang tersedia.',
    en: 'The SOP does not allow a refusal at this step. Choose one of the outcomes offered.',
  },
  noDecisionHere: {
    id: 'Langkah ini tidak memiliki pilihan keputusan.',
    en: 'This step has no decision to choose.',
  },
  outcomeMissing: (labels: readonly string[]): Text => ({
    id: `Pilih salah satu keputusan: ${labels.join(', ')}.`,
    en: `Choose one of the outcomes: ${labels.join(', ')}.`,
  }),
  groundsMissing: {
    id: 'Tuliskan sekurang-kurangnya satu alasan, agar pemohon tahu apa yang harus diperbaiki.',
    en: 'Give at least one ground, so that the applicant knows what to correct.',
  },
  documentMissing: (names: readonly string[]): Text => ({
    id: `Langkah ini menunggu dokumen: ${names.join('; ')}. Isian Anda tidak hilang; unggah dokumennya atau minta kepada yang berkewajiban.`,
    en: `This step waits for: ${names.join('; ')}. Nothing you entered is lost; upload it or ask whoever must deliver it.`,
  }),
  notWaivable: {
    id: 'Menurut SOP persyaratan ini tidak dapat dikecualikan. Tidak ada yang berubah.',
    en: 'By the SOP this requirement cannot be waived. Nothing changed.',
  },
  reasonMissing: {
    id: 'Tuliskan alasannya: pengecualian tanpa alasan tidak dapat dicatat.',
    en: 'Give the reason: a waiver without one cannot be recorded.',
  },
  alreadyProvisioned: {
    id: 'Layanan sudah atau sedang dibuat, sehingga permohonan tidak dapat ditarik. Ajukan penutupan layanan bila tidak diperlukan lagi.',
    en: 'The service exists or is being created, so the request cannot be withdrawn. Apply for closure if it is no longer needed.',
  },
  nothingToAppeal: {
    id: 'Hanya permohonan yang ditolak yang dapat diajukan keberatan. Tidak ada yang berubah.',
    en: 'Only a refused request can be appealed. Nothing changed.',
  },
} as const
