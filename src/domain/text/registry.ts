import type { Text } from '../refused.ts'

/** Agencies, and taking in what an office already has. */
export const registryTexts = {
  agencies: { id: 'Perangkat daerah', en: 'Agencies' },
  agenciesLead: {
    id: 'Pemohon layanan. Nama dipakai pada surat, daftar resmi, dan saat pendaftaran pemohon.',
    en: 'Who applies for services. The name stands on letters and in the official list.',
  },
  newAgency: { id: 'Tambah perangkat daerah', en: 'Add an agency' },
  editAgency: { id: 'Ubah perangkat daerah', en: 'Edit the agency' },
  name: { id: 'Nama', en: 'Name' },
  shortName: { id: 'Singkatan', en: 'Short name' },
  address: { id: 'Alamat', en: 'Address' },
  email: { id: 'Surel', en: 'E-mail' },
  headPost: { id: 'Jabatan kepala', en: 'Post of its head' },
  headPostHint: { id: 'Misalnya Kepala Dinas Contoh.', en: 'For example Kepala Dinas Contoh.' },
  services: { id: 'Layanan aktif', en: 'Live services' },
  contacts: { id: 'Orang yang dapat mengajukan', en: 'People who may apply' },
  noContacts: {
    id: 'Belum ada. Undang pemohon melalui halaman Undangan.',
    en: 'Nobody yet. Invite applicants on the Invitations page.',
  },
  archived: { id: 'Diarsipkan', en: 'Archived' },
  active: { id: 'Aktif', en: 'Active' },
  status: { id: 'Status', en: 'Status' },
  isArchived: {
    id: 'Arsipkan: tidak lagi ditawarkan pada permohonan baru',
    en: 'Archive: no longer offered in new requests',
  },
  save: { id: 'Simpan', en: 'Save' },
  saved: { id: 'Data perangkat daerah disimpan.', en: 'The agency was saved.' },
  nameTaken: {
    id: 'Perangkat daerah dengan nama ini sudah ada. Tidak ada yang berubah.',
    en: 'There is an agency of this name already. Nothing changed.',
  },
  empty: { id: 'Belum ada perangkat daerah', en: 'No agency yet' },
  emptyNext: {
    id: 'Tambahkan satu per satu, atau impor dari berkas CSV.',
    en: 'Add them one by one, or import them from a CSV file.',
  },
  import: { id: 'Impor CSV', en: 'Import CSV' },
  importTitle: { id: 'Impor data yang sudah ada', en: 'Import existing data' },
  importLead: {
    id: 'Semua baris masuk atau tidak satu pun. Tinjau dulu, baru jalankan.',
    en: 'All rows go in or none. Preview first, then carry it out.',
  },
  what: { id: 'Isi berkas', en: 'What the file holds' },
  kinds: {
    agencies: { id: 'Perangkat daerah', en: 'Agencies' },
    contacts: { id: 'Orang yang diundang', en: 'People to invite' },
    services: { id: 'Layanan yang sudah berjalan', en: 'Existing services' },
  },
  columns: (names: string): Text => ({ id: `Kolom: ${names}`, en: `Columns: ${names}` }),
  file: { id: 'Berkas CSV', en: 'CSV file' },
  fileMissing: { id: 'Pilih berkas CSV terlebih dahulu.', en: 'Choose a CSV file first.' },
  kindMissing: { id: 'Pilih isi berkas.', en: 'Choose what the file holds.' },
  preview: { id: 'Tinjau', en: 'Preview' },
  previewTitle: { id: 'Hasil tinjauan', en: 'Preview' },
  previewOf: (count: number): Text => ({
    id: `${count} baris siap dimasukkan. Belum ada yang disimpan.`,
    en: `${count} rows are ready to go in. Nothing is stored yet.`,
  }),
  known: (count: number): Text => ({
    id: `${count} baris sudah ada dan dilewati.`,
    en: `${count} rows are there already and are left out.`,
  }),
  apply: { id: 'Masukkan semua', en: 'Take all in' },
  done: (count: number): Text => ({ id: `${count} baris dimasukkan.`, en: `${count} rows were taken in.` }),
  atLine: (line: number, text: Text): Text => ({
    id: `Baris ${line}: ${text.id}`,
    en: `Line ${line}: ${text.en}`,
  }),
  missing: (column: string): Text => ({ id: `Kolom ${column} wajib diisi.`, en: `${column} is required.` }),
  badEmail: (value: string): Text => ({
    id: `"${value}" bukan alamat surel yang lengkap.`,
    en: `"${value}" is not a complete e-mail address.`,
  }),
  badDate: (value: string): Text => ({
    id: `"${value}" bukan tanggal. Tulis seperti 2026-12-31.`,
    en: `"${value}" is no date. Write it like 2026-12-31.`,
  }),
  badContact: (column: string): Text => ({
    id: `Isian ${column} tidak lengkap atau salah bentuk.`,
    en: `${column} is incomplete or malformed.`,
  }),
  unknownAgency: (name: string): Text => ({
    id: `Perangkat daerah "${name}" belum ada. Impor perangkat daerah lebih dahulu.`,
    en: `There is no agency "${name}". Import the agencies first.`,
  }),
  noZone: (name: string): Text => ({
    id: `"${name}" tidak berada di bawah domain induk kantor ini.`,
    en: `"${name}" lies under no parent domain of this office.`,
  }),
  nameHeld: (name: string): Text => ({
    id: `Nama "${name}" sudah dipakai layanan atau permohonan lain.`,
    en: `The name "${name}" is taken by another service or request.`,
  }),
  double: (line: number): Text => ({
    id: `Sama dengan baris ${line}. Hapus salah satunya.`,
    en: `The same as line ${line}. Remove one of them.`,
  }),
} as const
