import type { BadStamp, StampTrouble } from '../letters/time-stamp.ts'
import type { Text } from '../refused.ts'

/** Why there is no time stamp: what happened, and what to do. Each stands alone and behind a sentence on the letter. */
export const stampTroubles: Readonly<Record<StampTrouble, Text>> = {
  unreachable: {
    id: 'Otoritas stempel waktu tidak menjawab.',
    en: 'The time-stamping authority does not answer.',
  },
  'not-allowed': {
    id: 'Alamat otoritas stempel waktu tidak boleh dihubungi dari instalasi ini; minta pengelola mesin menulis jaringannya pada RANAH_OWN_NETWORKS.',
    en: 'This installation may not connect to the address of the time-stamping authority; ask whoever runs the machine to name its network in RANAH_OWN_NETWORKS.',
  },
  slow: {
    id: 'Otoritas stempel waktu tidak menjawab pada waktunya.',
    en: 'The time-stamping authority did not answer in time.',
  },
  credentials: {
    id: 'Otoritas stempel waktu menolak nama pengguna atau kata sandi kantor.',
    en: 'The time-stamping authority refuses the user name or password of the office.',
  },
  refused: {
    id: 'Otoritas stempel waktu menolak permintaan; periksa alamat dan nomor kebijakannya.',
    en: 'The time-stamping authority refuses the request; check its address and the policy number.',
  },
  garbage: {
    id: 'Jawaban dari alamat itu bukan stempel waktu; periksa alamatnya.',
    en: 'What that address answers is no time stamp; check the address.',
  },
  'other-nonce': {
    id: 'Stempel waktu yang diterima menjawab permintaan lain (nonce berbeda), maka tidak dipakai.',
    en: 'The time stamp that came answers another request (a different nonce), so it is not used.',
  },
  'other-digest': {
    id: 'Stempel waktu yang diterima milik tanda tangan lain, maka tidak dipakai.',
    en: 'The time stamp that came belongs to another signature, so it is not used.',
  },
  'other-policy': {
    id: 'Stempel waktu dibuat di bawah kebijakan lain daripada yang ditetapkan kantor.',
    en: 'The time stamp was made under another policy than the office set.',
  },
  'other-authority': {
    id: 'Stempel waktu tidak berasal dari otoritas yang sertifikat CA-nya dipercaya kantor.',
    en: 'The time stamp is not from an authority under the CA certificate that the office trusts.',
  },
  expired: {
    id: 'Sertifikat otoritas stempel waktu tidak berlaku pada waktu stempelnya.',
    en: 'The certificate of the time-stamping authority is not valid at the time of its stamp.',
  },
  'not-for-stamping': {
    id: 'Sertifikat di balik stempel itu bukan sertifikat untuk stempel waktu.',
    en: 'The certificate behind the stamp is not one for time stamps.',
  },
  forged: {
    id: 'Stempel waktu rusak: isinya tidak cocok dengan tanda tangan otoritasnya.',
    en: 'The time stamp is damaged: it does not fit the signature of its authority.',
  },
  clock: {
    id: 'Waktu pada stempel berbeda lebih dari lima menit dari jam mesin; periksa jam mesin.',
    en: 'The time of the stamp is more than five minutes from the clock of the machine; check that clock.',
  },
  'too-long': {
    id: 'Stempel waktu lebih panjang daripada tempatnya di dalam berkas.',
    en: 'The time stamp is longer than its place in the file.',
  },
}

/** What is wrong with the time stamp that a file carries. */
export const badStampTexts: Readonly<Record<BadStamp, Text>> = {
  garbage: {
    id: 'Stempel waktu di dalam berkas tidak dapat dibaca. Waktunya tidak terbukti.',
    en: 'The time stamp in the file cannot be read. Its time is not proven.',
  },
  'other-digest': {
    id: 'Stempel waktu di dalam berkas milik tanda tangan lain. Waktunya tidak terbukti.',
    en: 'The time stamp in the file belongs to another signature. Its time is not proven.',
  },
  expired: {
    id: 'Sertifikat otoritas tidak berlaku pada waktu stempelnya. Waktunya tidak terbukti.',
    en: 'The authority’s certificate was not valid at the time of the stamp. Its time is not proven.',
  },
  'not-for-stamping': {
    id: 'Stempel waktu dibuat dengan sertifikat yang bukan untuk itu. Waktunya tidak terbukti.',
    en: 'The time stamp was made with a certificate that is not for time stamps. Its time is not proven.',
  },
  forged: {
    id: 'Stempel waktu di dalam berkas telah berubah sejak dibuat. Waktunya tidak terbukti.',
    en: 'The time stamp in the file was changed since it was made. Its time is not proven.',
  },
}

export const stampTexts = {
  title: { id: 'Stempel waktu', en: 'Time stamp' },
  by: (authority: string): Text => ({ id: `oleh ${authority}`, en: `by ${authority}` }),
  none: {
    id: 'Tidak ada; waktunya dibuktikan oleh buku log kantor.',
    en: 'None; the time is proven by the logbook of the office.',
  },
  worked: (authority: string): Text => ({
    id: `Otoritas stempel waktu menjawab dengan stempel yang sah: ${authority}.`,
    en: `The time-stamping authority answers with a good stamp: ${authority}.`,
  }),
  awaiting: { id: 'Menunggu stempel waktu', en: 'Waiting for a time stamp' },
  heldTitle: (number: string): Text => ({
    id: `Surat ${number} menunggu stempel waktu`,
    en: `Letter ${number} waits for its time stamp`,
  }),
  waitsTitle: {
    id: 'Sudah ditandatangani, menunggu stempel waktu',
    en: 'Signed, waiting for its time stamp',
  },
  waits: {
    id: 'Anda tidak perlu berbuat apa-apa. Bila otoritas itu tidak dipakai lagi, administrator mengubahnya di halaman Server; surat terbit sesudahnya.',
    en: 'There is nothing for you to do. Where that authority is no longer used, an administrator changes that on the Servers page; the letter goes out after that.',
  },
  awaited: {
    id: 'Surat ini sudah ditandatangani dan menunggu stempel waktu. Ranah mencobanya kembali sendiri; surat tidak ditandatangani lagi.',
    en: 'This letter is signed and waits for its time stamp. Ranah tries again by itself; it is not signed again.',
  },
  signedWaits: {
    id: 'Surat ditandatangani, tetapi stempel waktunya belum diperoleh. Surat terbit dengan sendirinya begitu stempel itu ada.',
    en: 'The letter was signed, but there is no time stamp yet. It is issued by itself as soon as there is one.',
  },
  tryNow: { id: 'Coba sekarang', en: 'Try now' },
  asked: {
    id: 'Stempel waktu sedang diminta. Muat ulang halaman ini sebentar lagi: surat sudah terbit, atau sebabnya tampil di sini.',
    en: 'The time stamp is being asked for. Load this page again in a moment: the letter is issued, or the reason stands here.',
  },
  notAwaited: {
    id: 'Surat ini tidak sedang menunggu stempel waktu. Tidak ada yang berubah.',
    en: 'This letter does not wait for a time stamp. Nothing has changed.',
  },
  gaveUpTitle: {
    id: 'Sudah ditandatangani, tetapi stempel waktunya tidak diperoleh',
    en: 'Signed, but no time stamp was to be had',
  },
  /** Stands on the desk when nothing tries any more. */
  gaveUp: (why: Text): Text => ({
    id: `Surat sudah ditandatangani, tetapi stempel waktunya tidak diperoleh selama tiga hari. ${why.id} Surat tersimpan dan tidak ditandatangani lagi; Ranah berhenti mencoba. Perbaiki sebabnya, lalu tekan "Coba sekarang" pada surat ini.`,
    en: `The letter is signed, but no time stamp was to be had for three days. ${why.en} It is kept and not signed again; Ranah no longer tries. Mend the cause, then press "Try now" on this letter.`,
  }),
  /** Stands on the desk of the request. */
  onDesk: (why: Text): Text => ({
    id: `Surat sudah ditandatangani dan menunggu stempel waktu. ${why.id} Surat tersimpan dan tidak ditandatangani lagi; Ranah mencobanya kembali sendiri.`,
    en: `The letter is signed and waits for its time stamp. ${why.en} It is kept and not signed again; Ranah tries again by itself.`,
  }),
} as const
