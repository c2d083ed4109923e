import type { Text } from '../refused.ts'

/** Settings of an office. */
export const officeTexts = {
  title: { id: 'Pengaturan kantor', en: 'Office settings' },
  lead: {
    id: 'Kop surat, logo, penomoran, dan domain induk. Surat yang sudah terbit tidak berubah.',
    en: 'Letterhead, logo, numbering and parent domains. Letters that were issued do not change.',
  },
  letterhead: { id: 'Kop surat', en: 'Letterhead' },
  government: { id: 'Pemerintah daerah', en: 'Government' },
  name: { id: 'Nama kantor', en: 'Name of the office' },
  unit: { id: 'Unit kerja', en: 'Unit' },
  place: { id: 'Tempat pada surat', en: 'Place on letters' },
  placeHint: { id: 'Ditulis di depan tanggal surat.', en: 'Stands before the date of a letter.' },
  paper: { id: 'Ukuran kertas', en: 'Paper size' },
  paperA4: { id: 'A4 (210 × 297 mm)', en: 'A4 (210 × 297 mm)' },
  paperF4: { id: 'F4/folio (210 × 330 mm)', en: 'F4/folio (210 × 330 mm)' },
  address: { id: 'Alamat (satu baris satu baris kop)', en: 'Address (a line each)' },
  addressHint: { id: 'Paling banyak empat baris.', en: 'Four lines at the most.' },
  phone: { id: 'Telepon', en: 'Telephone' },
  email: { id: 'Surel', en: 'E-mail' },
  web: { id: 'Laman', en: 'Website' },
  save: { id: 'Simpan', en: 'Save' },
  saved: { id: 'Pengaturan disimpan.', en: 'The settings were saved.' },
  logo: { id: 'Logo', en: 'Logo' },
  logoFile: { id: 'Berkas logo (PNG atau SVG)', en: 'Logo file (PNG or SVG)' },
  logoHint: {
    id: 'Paling besar 512 KB. SVG hanya boleh berisi gambar: tanpa skrip dan tanpa alamat luar.',
    en: 'At most 512 KB. An SVG may only draw: no scripts and no outside addresses.',
  },
  logoSave: { id: 'Ganti logo', en: 'Replace the logo' },
  logoMissing: { id: 'Pilih berkas logo terlebih dahulu.', en: 'Choose a logo file first.' },
  logoTooLarge: {
    id: 'Logo lebih besar dari 512 KB. Tidak ada yang berubah; kecilkan gambarnya.',
    en: 'The logo is larger than 512 KB. Nothing changed; make it smaller.',
  },
  logoTooManyPixels: {
    id: 'Logo lebih besar dari 4.000 × 4.000 piksel. Tidak ada yang berubah; kecilkan ukuran gambarnya.',
    en: 'The logo is larger than 4,000 × 4,000 pixels. Nothing changed; make the picture smaller.',
  },
  logoRefused: {
    id: 'Berkas ini bukan PNG, atau SVG yang memuat lebih dari gambar (skrip, entitas, alamat luar). Tidak ada yang berubah; simpan ulang sebagai PNG.',
    en: 'This is no PNG, or an SVG that holds more than a drawing (script, entity, outside address). Nothing changed; save it as PNG.',
  },
  numbering: { id: 'Penomoran surat', en: 'Numbering of letters' },
  numberingHint: {
    id: 'Pakai {seq}, {seq:3}, {year}, {month}, {month:2}, {romanMonth} dan {class}. Nomor urut dimulai lagi setiap tahun.',
    en: 'Use {seq}, {seq:3}, {year}, {month}, {month:2}, {romanMonth} and {class}. Numbers start again every year.',
  },
  pattern: (register: Text): Text => ({ id: `Pola: ${register.id}`, en: `Pattern: ${register.en}` }),
  class: (register: Text): Text => ({
    id: `Kode klasifikasi arsip: ${register.id}`,
    en: `Archive class: ${register.en}`,
  }),
  next: (number: string): Text => ({ id: `Nomor berikutnya: ${number}`, en: `Next number: ${number}` }),
  zones: { id: 'Domain induk', en: 'Parent domains' },
  zone: { id: 'Nama domain induk', en: 'Name of the parent domain' },
  zoneHint: { id: 'Misalnya contohkab.go.id.', en: 'For example contohkab.go.id.' },
  zoneStatus: { id: 'Status', en: 'Status' },
  zoneReady: { id: 'Siap dipakai', en: 'Ready' },
  zoneCreating: { id: 'Sedang dibuat', en: 'Being created' },
  addZone: { id: 'Tambah domain induk', en: 'Add a parent domain' },
  zoneAdded: {
    id: 'Domain induk sedang dibuat di peladen nama.',
    en: 'The parent domain is being created on the name server.',
  },
  zoneTaken: {
    id: 'Domain induk ini sudah dikelola, atau berada di dalam domain induk kantor lain. Periksa namanya.',
    en: 'This parent domain is run already, or lies within one of another office. Check its name.',
  },
} as const
