import type { Text } from '../refused.ts'

/** What the command line says. */
export const cliTexts = {
  demoWithWhat: {
    id: 'Demo hanya mengenal "--with real". Tidak ada yang dijalankan.',
    en: 'The demo only knows "--with real". Nothing was started.',
  },
  serving: (url: string): Text => ({ id: `Portal melayani di ${url}`, en: `The portal serves at ${url}` }),
  setUp: (url: string): Text => ({
    id: `Belum ada kantor. Buka halaman berikut untuk menyiapkannya (kode hanya berlaku sampai kantor pertama dibuat):\n  ${url}`,
    en: `There is no office yet. Open this page to set it up (the code holds until the first office exists):\n  ${url}`,
  }),
  demoWithSmtp: {
    id: 'Demo membaca undangan dari folder outbox dan tidak mengirim surel ke luar. Tidak ada yang dijalankan. Kosongkan RANAH_SMTP_URL untuk demo, atau gunakan "npm start".',
    en: 'The demo reads its invitations from the outbox folder and sends no mail outside. Nothing was started. Leave RANAH_SMTP_URL out for the demo, or use "npm start".',
  },
  demoStopped: {
    id: 'Demo dihentikan sebelum selesai. Yang sudah tercatat tetap tersimpan.',
    en: 'The demo was stopped before its end. What was recorded is kept.',
  },
  notADemo: {
    id: 'Direktori data ini sudah berisi kantor yang bukan milik demo, atau demo sebelumnya terhenti saat menyiapkan kantornya. Tidak ada yang diubah. Pilih direktori lain dengan RANAH_DATA.',
    en: "This data directory already holds an office that is not the demo's own, or an earlier demo was cut off while it set up its offices. Nothing was changed. Choose another directory with RANAH_DATA.",
  },
  diskFull: {
    id: 'Ruang penyimpanan penuh. Yang sudah tercatat tetap tersimpan. Kosongkan ruang, lalu jalankan lagi.',
    en: 'The disk is full. What was recorded is kept. Make room and start again.',
  },
  noAccess: (path: string): Text => ({
    id: `${path} tidak dapat dibaca atau ditulis oleh akun ini. Tidak ada yang diubah. Perbaiki izinnya, atau pilih tempat lain dengan RANAH_DATA.`,
    en: `${path} cannot be read or written by this account. Nothing was changed. Mend its permissions, or choose another place with RANAH_DATA.`,
  }),
  stopping: { id: 'Menghentikan semua layanan ...', en: 'Stopping everything ...' },
  stoppingPortal: {
    id: 'Menghentikan portal; basis data, DNS, dan situs tetap menjawab ...',
    en: 'Stopping the portal; database, DNS and sites go on answering ...',
  },
  unknownCommand: (name: string): Text => ({
    id: `Perintah "${name}" tidak dikenal. Lihat daftar perintah dengan: ranah --help`,
    en: `There is no command "${name}". See the list with: ranah --help`,
  }),
  unknownOption: (name: string): Text => ({
    id: `Pilihan ${name} tidak dikenal.`,
    en: `There is no option ${name}.`,
  }),
  optionWithoutValue: (name: string, value: string): Text => ({
    id: `Pilihan ${name} memerlukan nilai: ${name} ${value}.`,
    en: `The option ${name} takes a value: ${name} ${value}.`,
  }),
  optionWithValue: (name: string): Text => ({
    id: `Pilihan ${name} tidak memakai nilai.`,
    en: `The option ${name} takes no value.`,
  }),
  optionTwice: (name: string): Text => ({
    id: `Pilihan ${name} ditulis dua kali; sisakan satu.`,
    en: `The option ${name} was given twice; leave one.`,
  }),
  optionMissing: (name: string): Text => ({
    id: `Pilihan ${name} wajib diisi.`,
    en: `The option ${name} is required.`,
  }),
  operandMissing: (name: string): Text => ({
    id: `${name} belum ditulis.`,
    en: `${name} is missing.`,
  }),
  operandTooMany: (word: string): Text => ({
    id: `"${word}" terlalu banyak: perintah ini tidak memerlukannya.`,
    en: `"${word}" is one word too many for this command.`,
  }),
  headings: {
    usage: { id: 'Pemakaian', en: 'Usage' },
    commands: { id: 'Perintah', en: 'Commands' },
    options: { id: 'Pilihan', en: 'Options' },
    operands: { id: 'Argumen', en: 'Arguments' },
    exitCodes: { id: 'Kode keluar', en: 'Exit codes' },
    more: {
      id: 'Penjelasan satu perintah: ranah PERINTAH --help',
      en: 'About one command: ranah COMMAND --help',
    },
  },
  exitCodes: {
    done: { id: 'selesai', en: 'done' },
    no: {
      id: 'ditolak atau gagal; kalimatnya ada di keluaran galat',
      en: 'refused or failed; standard error says why',
    },
    wrongCall: { id: 'perintah salah ditulis', en: 'the call was wrong' },
  },
  unreadableFile: (path: string, reason: string): Text => ({
    id: `Berkas ${path} tidak dapat dibaca (${reason}).`,
    en: `The file ${path} cannot be read (${reason}).`,
  }),
  unwritableFile: (path: string, reason: string): Text => ({
    id: `Berkas ${path} tidak dapat ditulis (${reason}). Tidak ada berkas yang tertinggal.`,
    en: `The file ${path} cannot be written (${reason}). Nothing was left behind.`,
  }),
  fileExists: (path: string): Text => ({
    id: `${path} sudah ada dan tidak ditimpa. Pilih nama lain.`,
    en: `${path} exists and is not written over. Choose another name.`,
  }),
  sopSound: (file: string, warnings: number): Text => ({
    id: `${file}: dapat diterbitkan${warnings > 0 ? ` (${warnings} peringatan)` : ''}`,
    en: `${file}: can be published${warnings > 0 ? ` (${warnings} warnings)` : ''}`,
  }),
  sopUnsound: (file: string, errors: number): Text => ({
    id: `${file}: ${errors} kesalahan; perbaiki lalu periksa lagi`,
    en: `${file}: ${errors === 1 ? '1 error; correct it' : `${errors} errors; correct them`} and check again`,
  }),
  severity: { error: { id: 'salah', en: 'error' }, warning: { id: 'peringatan', en: 'warning' } },
  nothingRan: {
    id: 'Tidak ada layanan yang berjalan untuk direktori data ini.',
    en: 'Nothing runs for this data directory.',
  },
  stopped: (names: string): Text => ({ id: `Dihentikan: ${names}.`, en: `Stopped: ${names}.` }),
  noOffice: (slug: string): Text => ({
    id: `Tidak ada kantor dengan kode "${slug}".`,
    en: `There is no office "${slug}".`,
  }),
  noInstallation: (place: string): Text => ({
    id: `Tidak ada instalasi Ranah di ${place}. Periksa RANAH_DATA atau RANAH_CONFIG.`,
    en: `There is no Ranah installation in ${place}. Check RANAH_DATA or RANAH_CONFIG.`,
  }),
} as const
