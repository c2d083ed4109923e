import type { Text } from '../refused.ts'

/** What each command that speaks to the portal over its API is for. */
export const apiCommandTexts = {
  'logbook renew-key': {
    id: 'Mengganti kunci yang menandatangani buku log; yang baru dipakai dalam satu menit',
    en: 'Replaces the key that signs the logbook; the new one is in use within a minute',
  },
  'token list': {
    id: 'Token API: batas, masa berlaku, pemakaian terakhir, dan yang ditolak',
    en: 'Tokens of the API: limits, end, last use and what was refused',
  },
  'token revoke': { id: 'Mencabut token API dengan id itu', en: 'Revokes the token of the API with that id' },
  'request list': {
    id: 'Daftar permohonan',
    en: 'Lists requests',
  },
  'request show': {
    id: 'Satu permohonan lengkap: SOP, riwayat, dokumen, yang dapat dilakukan',
    en: 'One request in full: SOP, history, papers, what may be done',
  },
  'request contacts': {
    id: 'Kontak permohonan: telepon dan surelnya; pembukaannya tercatat',
    en: 'How the contacts of a request are reached; that you asked is recorded',
  },
  'request draft': {
    id: 'Membuat rancangan permohonan, atau menyimpan isian rancangan TIKET',
    en: 'Starts a draft, or saves what is entered in the draft TICKET',
  },
  'request attach': { id: 'Melampirkan berkas PDF', en: 'Attaches a PDF' },
  'request submit': { id: 'Mengirim rancangan atau perbaikan', en: 'Sends a draft or a correction' },
  'request take': { id: 'Mengambil langkah yang berjalan', en: 'Takes the current step' },
  'request give-back': { id: 'Mengembalikan langkah yang diambil', en: 'Gives the taken step back' },
  'request complete': {
    id: 'Menyelesaikan langkah NOMOR dengan isian dan pilihannya',
    en: 'Finishes step NUMBER with its form and outcome',
  },
  'request refuse': { id: 'Menolak permohonan dengan alasan', en: 'Refuses the request with grounds' },
  'request waive': {
    id: 'Membebaskan satu persyaratan dengan alasan',
    en: 'Waives a requirement with a reason',
  },
  'request withdraw': { id: 'Menarik permohonan', en: 'Withdraws the request' },
  'request appeal': { id: 'Mengajukan keberatan atas penolakan', en: 'Appeals against a refusal' },
  'request message': {
    id: 'Menulis pesan dalam permohonan; tanpa PESAN: menampilkan semuanya',
    en: 'Writes a message in the case; without MESSAGE: shows them all',
  },
  'name check': { id: 'Memeriksa apakah nama dapat diajukan', en: 'Whether a name could be applied for' },
  'request disposition': {
    id: 'Mencetak lembar disposisi permohonan sebagai PDF',
    en: 'Prints the disposition sheet of a request as a PDF',
  },
  'request case-file': {
    id: 'Menyusun berkas lengkap permohonan: semua isian, dokumen, surat, dan bukti dalam satu PDF',
    en: 'Puts together the case file of a request: form, documents, letters and proofs in one PDF',
  },
  'register print': {
    id: 'Mencetak register satu tahun sebagai PDF: surat masuk dan keluar, serah terima, subdomain, hosting',
    en: 'Prints a register of one year as a PDF: letters in and out, hand-overs, subdomains, hosting',
  },
  'table save': {
    id: 'Menyimpan tabel sebuah daftar, semua barisnya, sebagai CSV atau XLSX',
    en: 'Saves the table of a list, all rows of it, as CSV or XLSX',
  },
  'office list': { id: 'Kantor pada instalasi ini', en: 'The offices of this installation' },
  api: {
    id: 'Memanggil alamat API mana pun di bawah /api/v1 (lihat /api/v1/openapi.json)',
    en: 'Calls any address of the API under /api/v1 (see /api/v1/openapi.json)',
  },
} satisfies Record<string, Text>

export const apiArgumentTexts = {
  token: { id: 'Id token dari daftarnya', en: 'Id of the token, from the list' },
  list: {
    id: 'requests, services, agencies, letters, incoming-letters, people, logbook, sops, calendar (hari libur), ...',
    en: 'requests, services, agencies, letters, incoming-letters, people, logbook, sops, calendar (days off), ...',
  },
  tableView: {
    id: 'tab dari daftar itu, misalnya running atau closed',
    en: 'the tab of the list, e.g. running or closed',
  },
  register: { id: 'untuk letters: outgoing atau hand-over', en: 'for letters: outgoing or hand-over' },
  act: {
    id: 'untuk logbook: satu kegiatan, atau readings (semua pembukaan data pribadi)',
    en: 'for logbook: one act, or readings (every reading of personal data)',
  },
  whose: {
    id: 'untuk logbook: data milik orang dengan surel ini',
    en: 'for logbook: data of the person with this address',
  },
  from: { id: 'untuk logbook: sejak tanggal ini', en: 'for logbook: from this day' },
  to: { id: 'untuk logbook: sampai tanggal ini', en: 'for logbook: to this day' },
  ticket: { id: 'nomor permohonan', en: 'number of the request' },
  stepNumber: { id: 'nomor langkah pada SOP', en: 'number of the step in the SOP' },
  book: {
    id: 'incoming, outgoing, hand-over, subdomain, atau hosting',
    en: 'incoming, outgoing, hand-over, subdomain or hosting',
  },
  year: { id: 'tahun menurut kalender kantor', en: 'year of the calendar of the office' },
  pdf: { id: 'berkas PDF', en: 'the PDF' },
  message: { id: 'isi pesan', en: 'the message' },
  label: { id: 'nama yang diinginkan, tanpa domain induk', en: 'the wanted name, without its parent' },
  documentId: { id: 'kode dokumen pada persyaratan', en: 'code of the required document' },
  method: { id: 'GET, POST, PUT, PATCH, atau DELETE', en: 'GET, POST, PUT, PATCH or DELETE' },
  path: {
    id: 'alamat di bawah /api/v1, misalnya /me; {office} diganti kode kantor',
    en: 'address under /api/v1, for example /me; {office} becomes the office',
  },
  office: {
    id: 'kode kantor; bawaan: kantor dari token',
    en: 'short name of the office; default: the office of the token',
  },
  data: {
    id: 'JSON, atau @BERKAS, atau - untuk masukan baku',
    en: 'JSON, or @FILE, or - for standard input',
  },
  form: { id: 'isian langkah (JSON, @BERKAS, atau -)', en: 'form of the step (JSON, @FILE or -)' },
  extra: { id: 'isian tambahan kantor (JSON)', en: "the office's own fields (JSON)" },
  outcome: { id: 'pilihan keputusan', en: 'outcome of the decision' },
  visit: {
    id: 'kunjungan yang terlihat; langkah yang sudah berubah akan ditolak',
    en: 'the visit that was seen; a step done since is refused',
  },
  ground: { id: 'alasan sebagai KODE:teks (boleh berulang)', en: 'a ground as CODE:text (may be repeated)' },
  reason: { id: 'alasan', en: 'reason' },
  kind: { id: 'jenis dokumen', en: 'kind of document' },
  view: { id: 'mine, open, running, ended, atau all', en: 'mine, open, running, ended or all' },
  search: { id: 'kata yang dicari', en: 'words to look for' },
  limit: { id: 'banyaknya per halaman', en: 'how many on a page' },
  cursor: { id: 'halaman berikutnya (dari "next")', en: 'the next page (from "next")' },
  zone: { id: 'domain induk', en: 'parent domain' },
  key: {
    id: 'kunci idempotensi: panggilan yang sama tidak dikerjakan dua kali',
    en: 'idempotency key: the same call is not done twice',
  },
  contentFile: { id: 'mengirim isi berkas apa adanya', en: 'sends a file as it is' },
  contentType: { id: 'jenis isi untuk --file', en: 'media type for --file' },
  output: { id: 'menyimpan jawaban ke berkas', en: 'writes the answer to a file' },
  json: { id: 'jawaban API apa adanya', en: 'the answer of the API as it is' },
} satisfies Record<string, Text>

/** What goes wrong on the way to the portal. */
export const apiAccessTexts = {
  notList: (list: string): Text => ({
    id: `"${list}" bukan daftar yang dapat disimpan sebagai tabel. Tidak ada yang ditulis; lihat daftar pada "table save --help".`,
    en: `"${list}" is no list that can be saved as a table. Nothing was written; see "table save --help".`,
  }),
  notTableFile: (file: string): Text => ({
    id: `"${file}" harus berakhir dengan .csv atau .xlsx. Tidak ada yang ditulis.`,
    en: `"${file}" must end in .csv or .xlsx. Nothing was written.`,
  }),
  noToken: {
    id: 'RANAH_TOKEN belum diisi. Buat token di portal (menu Administrasi, Token API), lalu tulis RANAH_TOKEN=... di depan perintah.',
    en: 'RANAH_TOKEN is not set. Make a token in the portal (menu Administration, API tokens) and set RANAH_TOKEN=... for the command.',
  },
  notToken: {
    id: 'Isi RANAH_TOKEN bukan token Ranah. Salin token seutuhnya; token berawalan "ranah_".',
    en: 'RANAH_TOKEN does not hold a token of Ranah. Copy it whole; it begins with "ranah_".',
  },
  badUrl: (url: string): Text => ({
    id: `RANAH_URL harus http:// atau https:// tanpa jalur, bukan "${url}".`,
    en: `RANAH_URL must be http:// or https:// without a path, not "${url}".`,
  }),
  tokenInClear: (host: string): Text => ({
    id: `Token tidak dikirim ke ${host} tanpa HTTPS. Isi RANAH_URL dengan alamat https://.`,
    en: `The token is not sent to ${host} without HTTPS. Set RANAH_URL to an https:// address.`,
  }),
  unreachable: (url: string, reason: string): Text => ({
    id: `Portal di ${url} tidak dapat dihubungi (${reason}). Belum pasti apakah permintaan dikerjakan; periksa sebelum mengulang.`,
    en: `The portal at ${url} cannot be reached (${reason}). Whether the call was done is not known; look before you repeat it.`,
  }),
  notJson: (option: string): Text => ({
    id: `${option} bukan JSON yang benar.`,
    en: `${option} is not valid JSON.`,
  }),
  notGround: (text: string): Text => ({
    id: `"${text}" bukan alasan; tulis KODE:teks.`,
    en: `"${text}" is no ground; write CODE:text.`,
  }),
  notNumber: (name: string): Text => ({ id: `${name} harus berupa angka.`, en: `${name} must be a number.` }),
  badMethod: (method: string): Text => ({
    id: `Metode "${method}" tidak dikenal; pakai GET, POST, PUT, PATCH, atau DELETE.`,
    en: `There is no method "${method}"; use GET, POST, PUT, PATCH or DELETE.`,
  }),
} as const
