import type { Basis } from '../access/appointments.ts'
import type { Role } from '../access/roles.ts'
import { roleTexts } from '../access/roles.ts'
import { formatDate } from '../dates/indonesian.ts'
import type { Text } from '../refused.ts'

export const basisTexts: Readonly<Record<Basis, Text>> = {
  'surat-tugas': { id: 'Surat Tugas', en: 'Surat Tugas (assignment)' },
  sk: { id: 'SK', en: 'SK (decree)' },
  'surat-kuasa': { id: 'Surat kepala perangkat daerah', en: "Letter of the agency's head" },
  'before-recording': { id: 'Sebelum pencatatan', en: 'Before recording' },
}

/** Why an appointment stops an act, or cannot be recorded. */
export const appointmentTexts = {
  over: (role: Role, endedOn: string | null): Text =>
    endedOn === null
      ? {
          id: `Peran Anda sebagai ${roleTexts[role].id} belum berlaku: ${paper(role).id} belum dicatat atau belum mulai. Minta administrator mencatatnya; tidak ada yang berubah.`,
          en: `Your role as ${roleTexts[role].en} is not valid yet: ${paper(role).en} was not recorded or has not begun. Ask the administrator to record it; nothing changed.`,
        }
      : {
          id: `Penugasan Anda sebagai ${roleTexts[role].id} berakhir pada ${formatDate(endedOn, 'id')}, jadi tindakan ini tidak dijalankan. Minta administrator mencatat ${paper(role).id} yang baru; permohonan tidak berubah.`,
          en: `Your appointment as ${roleTexts[role].en} ended on ${formatDate(endedOn, 'en')}, so this was not done. Ask the administrator to record a new ${paper(role).en}; no request changed.`,
        },
  notGrantable: {
    id: 'Peran ini tidak dapat Anda berikan. Tidak ada yang berubah; minta administrator melakukannya.',
    en: 'This role is not yours to give. Nothing changed; ask the administrator.',
  },
  ownGrant: {
    id: 'Penugasan untuk diri sendiri tidak dapat dicatat sendiri. Tidak ada yang berubah; minta administrator lain mencatatnya.',
    en: 'You cannot record an appointment for yourself. Nothing changed; ask another administrator.',
  },
  notBySubstitute: {
    id: 'Pejabat pengganti tidak dapat memberikan peran administrator. Tidak ada yang berubah; tunggu pejabat definitif.',
    en: 'A substitute cannot give the role of administrator. Nothing changed; wait for the holder.',
  },
  personUnknown: {
    id: 'Orang ini tidak ada di kantor ini. Undang dahulu, lalu catat penugasannya.',
    en: 'This person does not belong to the office. Invite them first, then record the appointment.',
  },
  agencyUnknown: {
    id: 'Orang ini tidak terdaftar pada perangkat daerah mana pun. Undang sebagai pemohon dahulu.',
    en: 'This person belongs to no agency. Invite them as an applicant first.',
  },
  principalUnfit: {
    id: 'Yang digantikan tidak memegang peran ini dengan penugasan sendiri sepanjang hari-hari itu. Perbaiki tanggalnya atau catat dahulu penugasan pejabat itu; isian Anda masih ada.',
    en: 'Whoever is substituted does not hold this role by an appointment of their own on all these days. Correct the dates, or record that appointment first; what you entered is still here.',
  },
  badEnd: {
    id: 'Hari terakhir tidak boleh sebelum hari pertama atau sesudah hari terakhir yang tercatat. Tidak ada yang berubah.',
    en: 'The last day may not be before the first one, nor after the last day on record. Nothing changed.',
  },
  ended: {
    id: 'Penugasan ini sudah berakhir. Tidak ada yang berubah.',
    en: 'This appointment has ended. Nothing changed.',
  },
  appointFirst: {
    id: 'Peran baru diberikan dengan mencatat penugasannya (Surat Tugas atau SK). Tidak ada yang berubah; buka halaman Penugasan.',
    en: 'A new role is given by recording its appointment (Surat Tugas or SK). Nothing changed; open the page Appointments.',
  },
} as const

const paper = (role: Role): Text =>
  role === 'applicant'
    ? { id: 'surat kepala perangkat daerah', en: "letter of the agency's head" }
    : { id: 'Surat Tugas atau SK', en: 'Surat Tugas or SK' }

/** Words of the pages about appointments. */
export const appointmentPageTexts = {
  title: { id: 'Penugasan', en: 'Appointments' },
  lead: {
    id: 'Surat Tugas, SK, atau surat kepala perangkat daerah di balik setiap peran. Peran hanya berlaku pada hari-hari yang tertulis di sini.',
    en: 'The Surat Tugas, SK or letter of an agency behind every role. A role counts only on the days written here.',
  },
  record: { id: 'Catat penugasan', en: 'Record an appointment' },
  empty: { id: 'Belum ada penugasan yang tercatat', en: 'No appointment is recorded yet' },
  emptyNext: { id: 'Catat Surat Tugas atau SK yang pertama.', en: 'Record the first Surat Tugas or SK.' },
  person: { id: 'Pegawai atau pemohon', en: 'Person' },
  personId: { id: 'Pegawai atau pemohon', en: 'Person' },
  role: { id: 'Peran', en: 'Role' },
  basis: { id: 'Dasar', en: 'Basis' },
  noPaper: { id: 'Belum ada surat', en: 'No letter yet' },
  basisHint: {
    id: 'Untuk pemohon: SK bila ia kepala perangkat daerah, atau surat dari kepalanya. Tanpa surat, perannya belum berlaku.',
    en: "For an applicant: the SK if they head the agency, or the head's letter. Without a letter the role does not count yet.",
  },
  number: { id: 'Nomor surat', en: 'Number of the letter' },
  dated: { id: 'Tanggal surat', en: 'Date of the letter' },
  fromDay: { id: 'Berlaku sejak', en: 'Valid from' },
  untilDay: { id: 'Berlaku sampai', en: 'Valid until' },
  untilHint: {
    id: 'Boleh kosong bila SK tidak menyebut batas. Surat Tugas dan pejabat pengganti selalu berbatas.',
    en: 'May stay empty where the SK names no end. A Surat Tugas and a substitute always have one.',
  },
  acting: { id: 'Sebagai pengganti', en: 'As a substitute' },
  definitive: { id: 'Tidak, pejabat definitif', en: 'No, in their own right' },
  actingHint: {
    id: 'Plt. untuk jabatan kosong, Plh. dan a.n. untuk pejabat yang berhalangan.',
    en: 'Plt. for a vacant post, Plh. and a.n. for a holder who is absent.',
  },
  principalId: { id: 'Menggantikan', en: 'Substitutes' },
  nobody: { id: 'Jabatan kosong', en: 'Nobody: the post is vacant' },
  term: { id: 'Masa berlaku', en: 'Days' },
  noEnd: { id: 'tanpa batas', en: 'no end' },
  state: { id: 'Status', en: 'State' },
  valid: { id: 'berlaku', en: 'valid' },
  later: { id: 'belum mulai', en: 'not begun' },
  over: { id: 'berakhir', en: 'ended' },
  revoked: { id: 'dicabut', en: 'taken back' },
  endsSoon: { id: 'segera berakhir', en: 'ends soon' },
  makeGood: { id: 'suratnya harus dicatat', en: 'its letter must be recorded' },
  letter: { id: 'Surat', en: 'Letter' },
  scan: { id: 'Pindaian surat', en: 'Scan of the letter' },
  noScan: { id: 'Belum ada pindaian', en: 'No scan yet' },
  scanFile: { id: 'Berkas PDF', en: 'PDF file' },
  scanSend: { id: 'Simpan pindaian', en: 'File the scan' },
  scanSaved: { id: 'Pindaian surat sudah disimpan.', en: 'The scan was filed.' },
  download: { id: 'Unduh pindaian', en: 'Download the scan' },
  end: { id: 'Akhiri', en: 'End' },
  endTitle: { id: 'Akhiri penugasan ini', en: 'End this appointment' },
  endText: {
    id: 'Sesudah hari terakhir perannya tidak berlaku, juga pada sesi yang sedang terbuka dan untuk tokennya.',
    en: 'After the last day the role counts for nothing, in open sessions and for tokens too.',
  },
  lastDay: { id: 'Hari terakhir', en: 'Last day' },
  endNow: { id: 'Cabut sekarang', en: 'Take back now' },
  recorded: {
    id: 'Penugasan sudah dicatat dan berlaku menurut tanggalnya.',
    en: 'The appointment was recorded.',
  },
  ended: { id: 'Penugasan sudah diakhiri.', en: 'The appointment was ended.' },
  save: { id: 'Catat', en: 'Record' },
  recordedAt: { id: 'Dicatat', en: 'Recorded' },
  ownEnds: (role: Role, until: string): Text => ({
    id: `Penugasan Anda sebagai ${roleTexts[role].id} berlaku sampai ${formatDate(until, 'id')}. Sesudah itu peran ini berhenti; mintalah surat yang baru dicatat sebelumnya.`,
    en: `Your appointment as ${roleTexts[role].en} is valid until ${formatDate(until, 'en')}. After that the role stops; have the new letter recorded before.`,
  }),
} as const
