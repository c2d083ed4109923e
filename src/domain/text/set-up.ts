/** The first-run page and the page that adds an office. */
export const setUpTexts = {
  title: { id: 'Siapkan Ranah', en: 'Set up Ranah' },
  lead: {
    id: 'Halaman ini membuat kantor pertama, zonanya, dan administrator pertamanya. Sesudah itu halaman ini tertutup.',
    en: 'This page creates the first office, its zone and its first administrator. Afterwards it is closed.',
  },
  newOffice: { id: 'Tambah kantor', en: 'Add an office' },
  newOfficeLead: {
    id: 'Kantor lain pada pemasangan yang sama; keduanya tidak saling melihat apa pun.',
    en: 'Another office of the same installation; neither sees anything of the other.',
  },
  code: { id: 'Kode penyiapan', en: 'Setup code' },
  codeHint: {
    id: 'Dicetak di layar server saat Ranah dijalankan.',
    en: 'Printed on the screen of the server when Ranah started.',
  },
  sop: { id: 'SOP yang dipakai', en: 'The SOP in use' },
  sopHint: {
    id: 'Isian kantor di bawah diambil dari SOP ini bila dikosongkan.',
    en: 'Office fields below are taken from this SOP where left empty.',
  },
  sopLegend: { id: 'SOP', en: 'SOP' },
  officeLegend: { id: 'Kantor', en: 'Office' },
  slug: { id: 'Kode kantor', en: 'Office code' },
  slugHint: {
    id: 'Huruf kecil dan angka, misalnya contoh. Menjadi bagian alamat dan nomor tiket.',
    en: 'Lower-case letters and digits, for example contoh. It becomes part of addresses and tickets.',
  },
  government: { id: 'Pemerintah daerah', en: 'Government' },
  name: { id: 'Nama kantor', en: 'Name of the office' },
  unit: { id: 'Bidang atau unit', en: 'Division or unit' },
  region: { id: 'Wilayah', en: 'Region' },
  place: { id: 'Tempat surat', en: 'Place of letters' },
  placeHint: {
    id: 'Kota yang ditulis di depan tanggal surat.',
    en: 'The town written before the date of letters.',
  },
  timezone: { id: 'Zona waktu', en: 'Time zone' },
  zone: { id: 'Zona DNS', en: 'DNS zone' },
  zoneHint: {
    id: 'Domain induk tempat nama diberikan, misalnya contohkab.go.id.',
    en: 'The parent domain under which names are given, for example contohkab.go.id.',
  },
  administratorLegend: { id: 'Administrator pertama', en: 'First administrator' },
  fromSop: { id: 'dari SOP', en: 'from the SOP' },
  submit: { id: 'Buat kantor', en: 'Create the office' },
  done: {
    id: 'Kantor sudah dibuat, dan Anda masuk sebagai administratornya.',
    en: 'The office was created, and you are signed in as its administrator.',
  },
  added: {
    id: 'Kantor sudah ditambahkan; administratornya diundang lewat surel.',
    en: 'The office was added; its administrator was invited by mail.',
  },
  wib: { id: 'WIB (Asia/Jakarta)', en: 'WIB (Asia/Jakarta)' },
  wita: { id: 'WITA (Asia/Makassar)', en: 'WITA (Asia/Makassar)' },
  wit: { id: 'WIT (Asia/Jayapura)', en: 'WIT (Asia/Jayapura)' },
} as const
