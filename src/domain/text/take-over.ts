import type { Text } from '../refused.ts'

/** Bringing the records of an existing zone into the registry. */
export const takeOverTexts = {
  title: { id: 'Ambil alih isi domain', en: 'Take over the domain' },
  lead: {
    id: 'Semua data DNS yang sudah ada dicatat di registri tanpa pemilik. Server DNS tidak diubah.',
    en: 'Every record that is there already is registered without an owner. Nothing changes on the name server.',
  },
  transfer: { id: 'Ambil dari server DNS', en: 'Take from the name server' },
  transferHint: {
    id: 'Dengan transfer zona (AXFR) yang ditandatangani.',
    en: 'By a signed zone transfer (AXFR).',
  },
  file: { id: 'Berkas zona', en: 'Zone file' },
  fileHint: {
    id: 'Berkas master RFC 1035, misalnya dari BIND. Paling besar 32 MiB.',
    en: 'A master file after RFC 1035, for example from BIND. At most 32 MiB.',
  },
  fileMissing: { id: 'Pilih berkas zona.', en: 'Choose a zone file.' },
  upload: { id: 'Ambil dari berkas', en: 'Take from the file' },
  started: {
    id: 'Pengambilalihan dimulai. Kemajuannya terlihat di halaman ini.',
    en: 'The take-over has begun. Its progress shows on this page.',
  },
  last: { id: 'Pengambilalihan terakhir', en: 'Last take-over' },
  running: { id: 'Sedang berjalan', en: 'Under way' },
  done: { id: 'Selesai', en: 'Done' },
  failed: { id: 'Gagal, tidak ada yang dicatat', en: 'Failed, nothing was registered' },
  progress: (done: number, total: number): Text => ({
    id: `${done} dari ${total} kumpulan data`,
    en: `${done} of ${total} record sets`,
  }),
  reading: { id: 'Isi domain sedang dibaca.', en: 'The domain is being read.' },
  added: (added: number, known: number): Text => ({
    id: `${added} kumpulan data baru dicatat; ${known} sudah dikenal.`,
    en: `${added} record sets were registered; ${known} were known.`,
  }),
  refresh: { id: 'Perbarui', en: 'Refresh' },
  unowned: { id: 'Data tanpa pemilik', en: 'Records without an owner' },
  count: (count: number): Text => ({ id: `${count} kumpulan data`, en: `${count} record sets` }),
  noneUnowned: { id: 'Tidak ada data tanpa pemilik', en: 'No records without an owner' },
  noneUnownedNext: {
    id: 'Ambil alih isi domain bila domain ini sudah dipakai sebelum Ranah.',
    en: 'Take the domain over if it was in use before Ranah.',
  },
  claim: {
    id: 'Untuk menyerahkan nama kepada perangkat daerah, administrator mengimpor layanannya (CSV). Data DNS pada nama itu dan di bawahnya ikut menjadi milik layanan.',
    en: 'To hand a name to an agency, an administrator imports its service (CSV). The records at the name and below it become the service’s.',
  },
  openImport: { id: 'Impor layanan', en: 'Import services' },
  busy: {
    id: 'Isi domain ini sedang diambil alih. Tidak ada yang berubah; tunggu sampai selesai.',
    en: 'This domain is being taken over already. Nothing changed; wait until it is done.',
  },
  faults: (faults: readonly { readonly line: number; readonly text: Text }[]): Text => {
    const shown = faults.slice(0, 5)
    const id = shown.map(({ line, text }) => `baris ${line}: ${text.id}`).join(' ')
    const en = shown.map(({ line, text }) => `line ${line}: ${text.en}`).join(' ')
    return {
      id: `Berkas zona memuat ${faults.length} kesalahan, jadi tidak ada yang dicatat. Perbaiki lalu unggah lagi: ${id}`,
      en: `The zone file has ${faults.length} faults, so nothing was registered. Mend it and upload it again: ${en}`,
    }
  },
} as const
