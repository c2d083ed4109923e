import type { Text } from '../refused.ts'

/** Options that every command understands. */
export const generalOptions = {
  help: { id: 'menampilkan penjelasan ini', en: 'shows this' },
  lang: { id: 'bahasa keluaran: id (bawaan) atau en', en: 'language of the output: id (default) or en' },
} satisfies Record<string, Text>

/** What each command is for, by its words. */
export const commandTexts = {
  serve: {
    id: 'Menjalankan portal beserta semua layanannya (npm start)',
    en: 'Runs the portal with everything it needs (npm start)',
  },
  demo: {
    id: 'Menjalankan satu permohonan melalui tiap SOP (npm run demo)',
    en: 'Takes one application through each SOP (npm run demo)',
  },
  status: {
    id: 'Apa yang berjalan, di port mana, kantor, antrean, dan kepala buku log',
    en: 'What runs, on which ports, offices, the queue and the heads of the logbooks',
  },
  stop: {
    id: 'Menghentikan basis data, server nama, dan situs dari direktori data',
    en: 'Stops the database, the name server and the sites of the data directory',
  },
  backup: {
    id: 'Menyimpan seluruh instalasi ke satu berkas; layanan tetap berjalan',
    en: 'Writes the whole installation to one file; everything goes on running',
  },
  restore: {
    id: 'Memulihkan cadangan ke direktori data yang kosong',
    en: 'Restores a backup into an empty data directory',
  },
  'key rotate': {
    id: 'Mengganti kunci instalasi dan menyegel ulang semua rahasia (portal dihentikan dulu)',
    en: 'Replaces the installation key and seals every secret again (stop the portal first)',
  },
  'secrets rotate': {
    id: 'Mengganti rahasia sesi dan kata sandi basis data; semua orang masuk lagi (portal dihentikan dulu)',
    en: 'Replaces the secret of sessions and the database password; everybody signs in again (stop the portal first)',
  },
  'person reset-second-factor': {
    id: 'Mengatur ulang verifikasi dua langkah orang yang kehilangan semuanya, bila tidak ada administrator lain',
    en: 'Resets the second factor of somebody who lost it all, where there is no other administrator',
  },
  'host prepare': {
    id: 'Menyiapkan server Debian untuk situs; setiap perubahan ditampilkan dahulu',
    en: 'Turns a Debian host into a site host; every change is shown first',
  },
  'swarm prepare': {
    id: 'Menyiapkan Docker Swarm untuk situs; setiap perubahan ditampilkan dahulu',
    en: 'Makes a Docker Swarm carry sites; every change is shown first',
  },
  'sop check': {
    id: 'Memeriksa berkas SOP: setiap temuan dengan berkas, baris, dan kalimat',
    en: 'Checks an SOP file: every finding with file, line and a sentence',
  },
  'letter check': {
    id: 'Memeriksa templat surat kantor dengan semua contoh surat',
    en: "Checks an office's letter templates with every sample",
  },
  'letter print': {
    id: 'Mencetak contoh sebuah surat atau formulir ke PDF',
    en: 'Prints a sample of a letter or form as a PDF',
  },
  'letter verify': {
    id: 'Memeriksa keaslian surat dengan ekspor buku log, tanpa jaringan',
    en: 'Verifies a letter with an exported logbook, offline',
  },
  'sop print': {
    id: 'Mencetak berkas SOP ke PDF menurut PermenPANRB 35/2012',
    en: 'Prints an SOP file to PDF in the format of PermenPANRB 35/2012',
  },
  'sop bpmn': {
    id: 'Mengekspor berkas SOP sebagai proses BPMN 2.0',
    en: 'Exports an SOP file as a BPMN 2.0 process',
  },
  'logbook verify': {
    id: 'Memeriksa ekspor buku log, tanda terima, atau bukti kelanjutan, tanpa jaringan',
    en: 'Checks an exported logbook, a receipt or a proof of consistency, offline',
  },
  'logbook prove': {
    id: 'Mengambil tanda terima sebuah entri, atau bukti bahwa titik periksa terbaru melanjutkan yang lama',
    en: 'Fetches the receipt of an entry, or the proof that the newest checkpoint continues an old one',
  },
  'logbook witness': {
    id: 'Memeriksa bahwa buku log sebuah kantor hanya bertambah, lalu ikut menandatangani titik periksanya',
    en: 'Checks that the logbook of an office has only grown, and cosigns its checkpoint',
  },
  'token create': {
    id: 'Membuat token API untuk seseorang dari sebuah kantor, di mesin instalasi ini; ditampilkan sekali',
    en: 'Makes a token of the API for a person of an office, on the machine of the installation; shown once',
  },
  'logbook export': {
    id: 'Mengekspor buku log satu kantor ke berkas',
    en: 'Exports the logbook of one office to a file',
  },
} satisfies Record<string, Text>

/** Operands and options of the commands. */
export const argumentTexts = {
  json: { id: 'keluaran sebagai satu dokumen JSON', en: 'prints one JSON document' },
  with: {
    id: 'real: memakai BIND, nginx, php-fpm, MariaDB, dan OpenSSH dari Debian, bukan server bawaan (butuh root)',
    en: 'real: on Debian’s BIND, nginx, php-fpm, MariaDB and OpenSSH instead of the embedded servers (needs root)',
  },
  exit: { id: 'menghentikan semua layanan setelah selesai', en: 'stops everything at the end' },
  hostAddress: { id: 'nama atau alamat server', en: 'name or address of the host' },
  identity: {
    id: 'kunci SSH pribadi untuk masuk sebagai root, dipakai sekali ini',
    en: 'the private SSH key that signs in as root, used this once',
  },
  ranahKey: {
    id: 'kunci SSH publik Ranah, yang hanya boleh menjalankan pembantunya',
    en: "Ranah's public SSH key, which may run its helper and nothing else",
  },
  hostKey: {
    id: 'kunci server yang sudah diketahui; tanpa ini kunci ditampilkan dan ditanyakan',
    en: 'the known key of the host; without it the key is shown and asked about',
  },
  sshPort: { id: 'port SSH (bawaan 22)', en: 'port of SSH (default 22)' },
  noPhp: { id: 'tanpa PHP', en: 'without PHP' },
  database: { id: 'basis data untuk situs (boleh berulang)', en: 'a database for sites (may be repeated)' },
  swarmNode: {
    id: 'node: "ALAMAT [PORT] KUNCI-HOST" (boleh berulang, sebutkan semuanya)',
    en: 'a node: "ADDRESS [PORT] HOST-KEY" (repeated, name them all)',
  },
  swarmIdentity: {
    id: 'kunci SSH pribadi Ranah untuk akun "ranah" di setiap node',
    en: 'Ranah\'s private SSH key for the account "ranah" on every node',
  },
  swarmImage: {
    id: 'ID image dengan nginx (sha256:…), yang ada di salah satu node',
    en: 'the id of the image with nginx (sha256:…), which is on one of the nodes',
  },
  webPort: { id: 'port HTTP di setiap node (bawaan 80)', en: 'HTTP port on every node (default 80)' },
  yes: { id: 'tanpa bertanya', en: 'without asking' },
  sopFile: { id: 'berkas SOP (YAML)', en: 'the SOP file (YAML)' },
  templateFolder: { id: 'folder berisi berkas .typ kantor', en: "folder with the office's .typ files" },
  letterKind: {
    id: 'application, accepted, refused, returned, signed, hand-over, disposition, deactivation, destruction, register, atau book-incoming, book-outgoing, book-subdomain, book-hosting',
    en: 'application, accepted, refused, returned, signed, hand-over, disposition, deactivation, destruction, register, or book-incoming, book-outgoing, book-subdomain, book-hosting',
  },
  sample: { id: 'contoh dengan data rekaan (wajib)', en: 'a sample with invented data (required)' },
  letterFile: { id: 'berkas PDF surat', en: 'the PDF of the letter' },
  letterLogbook: {
    id: 'berkas ekspor buku log kantor penerbit',
    en: "the issuing office's exported logbook",
  },
  paper: { id: 'ukuran kertas (bawaan a4)', en: 'size of the paper (default a4)' },
  logo: {
    id: 'lambang untuk halaman identitas (PNG atau SVG)',
    en: 'the crest for the identity page (PNG or SVG)',
  },
  printDate: {
    id: 'tanggal yang dinyatakan PDF (bawaan hari ini); tanggal sama, isi berkas sama',
    en: 'the day that the PDF declares (default today); the same day gives the same bytes',
  },
  logbookFile: {
    id: 'ekspor buku log, tanda terima, atau bukti kelanjutan',
    en: 'an exported logbook, a receipt or a proof of consistency',
  },
  receiptLetter: {
    id: 'surat yang tanda terimanya diperiksa; berkasnya harus sama persis',
    en: 'the letter whose receipt is checked; the file must be exactly it',
  },
  proveEntry: { id: 'nomor entri yang dibuktikan', en: 'number of the entry to prove' },
  proveFrom: {
    id: 'jumlah entri pada titik periksa yang Anda simpan',
    en: 'entries of the checkpoint that you kept',
  },
  witnessUrl: { id: 'alamat portal kantor', en: "address of the office's portal" },
  witnessVkey: {
    id: 'kunci publik kantor (vkey), dari halaman Buku log portalnya atau entri logbook.name-begun',
    en: "the office's public key (vkey), from its page of logbook heads or its entry logbook.name-begun",
  },
  witnessState: {
    id: 'folder saksi: kuncinya dan apa yang terakhir dilihat; cadangkan',
    en: 'folder of the witness: its key and what it saw last; back it up',
  },
  witnessName: {
    id: 'nama saksi, sekali pada panggilan pertama',
    en: 'name of the witness, once at the first call',
  },
  witnessSend: {
    id: 'mengirim tanda tangan saksi kembali ke portal',
    en: 'send the cosignature back to the portal',
  },
  handover: {
    id: 'alih kunci yang diterbitkan kantor, bila kuncinya diganti sejak Anda mencatatnya (boleh berulang)',
    en: 'handovers that the office publishes, when its key was replaced since you noted it (may be repeated)',
  },
  keptCheckpoint: {
    id: 'titik periksa yang Anda simpan; isi berkas harus cocok dengannya (boleh berulang)',
    en: 'a checkpoint that you kept, with which the file must agree (may be repeated)',
  },
  vkey: {
    id: 'kunci publik kantor atau saksi yang Anda percaya (boleh berulang)',
    en: 'public key of an office or a witness that you trust (may be repeated)',
  },
  head: {
    id: 'hash yang tercetak pada surat atau halaman publik; harus ada dalam rantai (boleh berulang)',
    en: 'a hash printed on a letter or the public page; must be in the chain (may be repeated)',
  },
  officeSlug: { id: 'kode kantor, misalnya kukar', en: 'short name of the office, for example kukar' },
  outputFile: { id: 'berkas tujuan; tidak pernah menimpa', en: 'the file to write; never written over' },
  backupFile: { id: 'berkas cadangan', en: 'the backup file' },
  keyFile: {
    id: 'salinan DATA/secrets/installation.json dari mesin lama, untuk cadangan tanpa frasa sandi',
    en: 'a copy of DATA/secrets/installation.json of the old machine, for a backup without a passphrase',
  },
  passphraseFile: {
    id: 'berkas berisi frasa sandi (baris pertama) untuk enkripsi',
    en: 'a file whose first line is the passphrase that encrypts',
  },
} satisfies Record<string, Text>

/** What exit code 1 means where it means more than "refused". */
export const exitTexts = {
  sopErrors: { id: 'berkas memuat kesalahan', en: 'the file has errors' },
  letterDoubtful: {
    id: 'surat tidak dikenal atau tidak berlaku',
    en: 'the letter is unknown or does not stand',
  },
  templateFaults: { id: 'ada templat yang salah', en: 'a template has faults' },
  badLogbook: { id: 'buku log rusak', en: 'the logbook is bad' },
  notRunning: { id: 'ada layanan yang tidak berjalan', en: 'something does not run' },
} satisfies Record<string, Text>

/** What `letter check` says at its end. */
export const templatesChecked = (templates: number, faults: number): Text => ({
  id: `${templates} templat diperiksa, ${faults} kesalahan.`,
  en: `${templates} templates checked, ${faults} faults.`,
})
