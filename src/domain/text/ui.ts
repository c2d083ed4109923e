/** Words of the portal's frame and components: everything that belongs to no single page. */
import type { Locale, Text } from '../refused.ts'

/** The sentence in one language. */
export const say = (text: Text, locale: Locale): string => text[locale]

export const frame = {
  skip: { id: 'Langsung ke isi halaman', en: 'Skip to main content' },
  product: { id: 'Layanan Subdomain dan Hosting', en: 'Subdomain and Hosting Service' },
  home: { id: 'Beranda', en: 'Home' },
  menu: { id: 'Menu', en: 'Menu' },
  navigation: { id: 'Menu utama', en: 'Main menu' },
  breadcrumbs: { id: 'Letak halaman', en: 'Breadcrumb' },
  account: { id: 'Akun saya', en: 'My account' },
  accountMenu: { id: 'Menu akun', en: 'Account menu' },
  signIn: { id: 'Masuk', en: 'Sign in' },
  signOut: { id: 'Keluar', en: 'Sign out' },
  preferences: { id: 'Bahasa dan tampilan', en: 'Language and appearance' },
  theme: { id: 'Tampilan', en: 'Appearance' },
  light: { id: 'Terang', en: 'Light' },
  dark: { id: 'Gelap', en: 'Dark' },
  auto: { id: 'Otomatis', en: 'Automatic' },
  messages: { id: 'Pemberitahuan', en: 'Notices' },
  verify: { id: 'Periksa keaslian surat', en: 'Verify a letter' },
  track: { id: 'Lacak permohonan', en: 'Track a request' },
  names: { id: 'Daftar subdomain resmi', en: 'Official subdomains' },
  logbookHead: { id: 'Kepala buku log', en: 'Logbook head' },
  logbookEntry: { id: 'entri', en: 'entry' },
  about: {
    id: 'Dijalankan dengan Ranah, perangkat lunak terbuka berlisensi Apache 2.0.',
    en: 'Runs on Ranah, open-source software under the Apache 2.0 licence.',
  },
} as const satisfies Record<string, Text>

/** Every language is named in itself, whatever the page's language. */
export const languageNames: Record<Locale, string> = { id: 'Bahasa Indonesia', en: 'English' }

export const form = {
  required: { id: 'wajib diisi', en: 'required' },
  requiredNote: {
    id: 'Isian bertanda bintang (*) wajib diisi.',
    en: 'Fields marked with an asterisk (*) are required.',
  },
  choose: { id: 'Pilih salah satu', en: 'Choose one' },
  errorTitle: { id: 'Ada yang perlu diperbaiki', en: 'Something needs correcting' },
  errorLead: {
    id: 'Isian Anda masih ada di halaman ini dan belum dikirim. Perbaiki bagian berikut, lalu kirim lagi.',
    en: 'What you entered is still on this page and has not been sent. Correct the following, then send again.',
  },
  errorPrefix: { id: 'Kesalahan:', en: 'Error:' },
  dropHere: {
    id: 'Seret berkas ke sini, atau pilih dari perangkat.',
    en: 'Drop a file here, or choose one.',
  },
  unsaved: {
    id: 'Isian Anda belum disimpan. Tinggalkan halaman ini?',
    en: 'What you entered has not been saved. Leave this page?',
  },
  checking: { id: 'Memeriksa nama …', en: 'Checking the name …' },
  checkFailed: {
    id: 'Nama belum dapat diperiksa sekarang. Nama tetap diperiksa saat permohonan dikirim.',
    en: 'The name cannot be checked right now. It is checked anyway when the request is sent.',
  },
  filter: { id: 'Saring', en: 'Filter' },
  clearFilter: { id: 'Hapus saringan', en: 'Clear filter' },
} as const satisfies Record<string, Text>

export const states = {
  none: { id: 'Belum ada isi', en: 'Nothing here yet' },
  info: { id: 'Keterangan', en: 'Information' },
  success: { id: 'Berhasil', en: 'Success' },
  warning: { id: 'Perhatian', en: 'Warning' },
  danger: { id: 'Gagal', en: 'Problem' },
  done: { id: 'selesai', en: 'done' },
  current: { id: 'sedang berjalan', en: 'in progress' },
  todo: { id: 'belum', en: 'to do' },
  failed: { id: 'gagal', en: 'failed' },
  steps: { id: 'Tahap pengisian', en: 'Form steps' },
  timeline: { id: 'Riwayat', en: 'Timeline' },
  progress: { id: 'Kemajuan', en: 'Progress' },
} as const satisfies Record<string, Text>

export const time = {
  notSet: { id: 'Waktu baku belum ditetapkan', en: 'Standard time not set' },
  calm: { id: 'Dalam waktu baku', en: 'Within standard time' },
  near: { id: 'Mendekati batas waktu', en: 'Close to the limit' },
  over: { id: 'Melewati waktu baku', en: 'Over standard time' },
  paused: { id: 'Dijeda, menunggu pemohon', en: 'Paused, waiting for the applicant' },
  of: { id: 'dari', en: 'of' },
} as const satisfies Record<string, Text>

export const table = {
  previous: { id: 'Sebelumnya', en: 'Previous' },
  next: { id: 'Berikutnya', en: 'Next' },
  pages: { id: 'Halaman daftar', en: 'List pages' },
  item: { id: 'Butir', en: 'Item' },
  verdict: { id: 'Hasil pemeriksaan', en: 'Verdict' },
  remark: { id: 'Catatan', en: 'Remark' },
  download: { id: 'Unduh', en: 'Download' },
  downloadTable: { id: 'Unduh tabel', en: 'Download table' },
  copy: { id: 'Salin', en: 'Copy' },
  copied: { id: 'Tersalin', en: 'Copied' },
  plan: { id: 'Rencana perubahan', en: 'Planned changes' },
  create: { id: 'Buat', en: 'Create' },
  change: { id: 'Ubah', en: 'Change' },
  remove: { id: 'Hapus', en: 'Remove' },
  keep: { id: 'Tetap', en: 'Keep' },
  before: { id: 'semula', en: 'was' },
  after: { id: 'menjadi', en: 'becomes' },
  absent: { id: 'tidak ada', en: 'none' },
  you: { id: 'Anda', en: 'You' },
} as const satisfies Record<string, Text>

/** How a field of an SOP came to be when its source document is damaged or silent. */
export type Inference = 'reconstructed' | 'blank' | 'broken-off'

export const inference: Record<Inference, { readonly mark: Text; readonly why: Text }> = {
  reconstructed: {
    mark: { id: 'direkonstruksi', en: 'reconstructed' },
    why: {
      id: 'Bagian ini rusak atau hilang pada dokumen sumber dan direkonstruksi; kantor dapat mengubahnya.',
      en: 'This part is damaged or missing in the source document and was reconstructed; the office may edit it.',
    },
  },
  blank: {
    mark: { id: 'kosong di sumber', en: 'blank in source' },
    why: {
      id: 'Bagian ini dibiarkan kosong pada dokumen sumber.',
      en: 'This part was left blank in the source document.',
    },
  },
  'broken-off': {
    mark: { id: 'terputus di sumber', en: 'breaks off in source' },
    why: {
      id: 'Kalimat ini terputus pada dokumen sumber dan sengaja tidak dilengkapi.',
      en: 'This sentence breaks off in the source document and is deliberately left incomplete.',
    },
  },
}

export const flowchart = {
  no: { id: 'No', en: 'No' },
  activity: { id: 'Kegiatan', en: 'Activity' },
  actors: { id: 'Pelaksana', en: 'Actors' },
  quality: { id: 'Mutu Baku', en: 'Quality standard' },
  requirements: { id: 'Kelengkapan', en: 'Requirements' },
  standardTime: { id: 'Waktu', en: 'Time' },
  output: { id: 'Output', en: 'Output' },
  remark: { id: 'Keterangan', en: 'Remarks' },
  region: {
    id: 'Bagan alir SOP, dapat digeser ke samping',
    en: 'SOP flowchart, scrolls sideways',
  },
  table: { id: 'Langkah-langkah SOP dalam tabel', en: 'The steps of the SOP as a table' },
  now: { id: 'Langkah sekarang', en: 'Current step' },
  done: { id: 'selesai', en: 'done' },
  goesTo: { id: 'lanjut ke langkah', en: 'goes on to step' },
  returnsTo: { id: 'kembali ke langkah', en: 'returns to step' },
  closing: { id: 'Selesai', en: 'End' },
  ends: { id: 'selesai di sini', en: 'ends here' },
  capsule: { id: 'Mulai / selesai', en: 'Start / end' },
  box: { id: 'Kegiatan', en: 'Activity' },
  diamond: { id: 'Keputusan', en: 'Decision' },
  arrow: { id: 'Arah alir', en: 'Flow' },
  pentagon: { id: 'Sambungan ke lembar lain', en: 'Connector to another sheet' },
  returning: { id: 'Dikembalikan untuk diperbaiki', en: 'Returned for correction' },
  legend: { id: 'Arti simbol', en: 'Symbols' },
  marked: {
    id: 'Tanda * pada isian atau panah, dan simbol bergaris putus-putus: naskah sumber kosong, rusak, atau terputus di situ, sehingga isinya disimpulkan. Rinciannya ada pada tabel di bawah.',
    en: 'An asterisk at a text or an arrow, and a symbol with a dashed outline: the source is blank, damaged or cut off there, so that it is inferred. The table below says what.',
  },
  withWhom: (titles: string): Text => ({ id: `(bersama ${titles})`, en: `(with ${titles})` }),
  sheet: (no: number, of: number): Text => ({ id: `Lembar ${no} dari ${of}`, en: `Sheet ${no} of ${of}` }),
  connectorTo: (no: number | null, sheet: number): Text => ({
    id: no === null ? `ke akhir alur, lembar ${sheet}` : `ke langkah ${no}, lembar ${sheet}`,
    en: no === null ? `to the end, sheet ${sheet}` : `to step ${no}, sheet ${sheet}`,
  }),
  connectorFrom: (numbers: readonly number[]): Text => ({
    id: `dari langkah ${numbers.join(', ')}`,
    en: `from step ${numbers.join(', ')}`,
  }),
} as const satisfies Record<string, Text | ((...words: never[]) => Text)>
