import type { Text } from '../refused.ts'
import type { CHECKLIST_VERDICTS, FunctionState, SecurityFunction } from '../security-checklist/functions.ts'

const both = (id: string, en: string): Text => ({ id, en })

type FunctionText = { readonly name: Text; readonly hint: Text }

/** The functions of BSSN 4/2021 article 27: their names, and in our words what to look for. */
export const functionTexts: Readonly<Record<SecurityFunction, FunctionText>> = {
  authentication: {
    name: both('Autentikasi', 'Authentication'),
    hint: both(
      'Kata sandi kuat dan tersimpan sebagai hash, percobaan masuk dibatasi, faktor kedua untuk pengelola.',
      'Strong passwords kept as hashes, limited tries, a second factor for those who manage the system.',
    ),
  },
  session: {
    name: both('Manajemen sesi', 'Session management'),
    hint: both(
      'Sesi dibuat server, berganti setelah masuk, berakhir bila ditinggal, dan kukinya terlindung.',
      'Sessions are made by the server, change at sign-in, end when idle, and their cookies are protected.',
    ),
  },
  access: {
    name: both('Persyaratan kontrol akses', 'Access control'),
    hint: both(
      'Hak diperiksa di server pada setiap tindakan; pengguna hanya menjangkau data yang menjadi haknya.',
      'Rights are checked on the server for every act; users reach only the data that is theirs.',
    ),
  },
  input: {
    name: both('Validasi input', 'Input validation'),
    hint: both(
      'Semua masukan diperiksa di server; kueri dan halaman tidak dapat disisipi kode.',
      'All input is checked on the server; nothing can be injected into queries or pages.',
    ),
  },
  cryptography: {
    name: both('Kriptografi pada verifikasi statis', 'Cryptography for static verification'),
    hint: both(
      'Algoritma dan kunci memenuhi ketentuan; kunci tidak disimpan di dalam kode.',
      'Algorithms and keys meet the rules; keys are not kept in the code.',
    ),
  },
  errors: {
    name: both('Penanganan eror dan pencatatan log', 'Errors and logs'),
    hint: both(
      'Pesan galat tidak membuka isi sistem; kejadian penting tercatat dengan waktu dan tidak dapat diubah.',
      'Error messages tell nothing about the inside; important events are logged with their time and cannot be changed.',
    ),
  },
  data: {
    name: both('Proteksi data', 'Data protection'),
    hint: both(
      'Data pribadi seperlunya, terlindung saat disimpan, dicadangkan, dan dapat dihapus.',
      'No more personal data than needed, protected where it lies, backed up, and erasable.',
    ),
  },
  communication: {
    name: both('Keamanan komunikasi', 'Communication security'),
    hint: both(
      'Seluruh lalu lintas lewat TLS 1.2 atau lebih baru dengan sertifikat tepercaya.',
      'All traffic goes by TLS 1.2 or newer with a trusted certificate.',
    ),
  },
  malware: {
    name: both('Pengendalian kode berbahaya', 'Malicious code'),
    hint: both(
      'Kode dan pustaka diperiksa, diperbarui, dan tidak berisi jalan belakang.',
      'Code and libraries are examined, kept up to date, and hold no back door.',
    ),
  },
  logic: {
    name: both('Logika bisnis', 'Business logic'),
    hint: both(
      'Langkah proses tidak dapat dilompati, diulang, atau dibanjiri.',
      'Steps of a process cannot be skipped, repeated or flooded.',
    ),
  },
  files: {
    name: both('File', 'Files'),
    hint: both(
      'Unggahan dibatasi jenis dan ukurannya, dipindai, dan tidak dijalankan oleh server.',
      'Uploads are limited in kind and size, scanned, and never run by the server.',
    ),
  },
  api: {
    name: both('Keamanan API dan web service', 'API and web services'),
    hint: both(
      'Setiap panggilan API diautentikasi, dibatasi haknya, dan diperiksa isinya.',
      'Every call of the API is authenticated, limited in rights, and checked.',
    ),
  },
  configuration: {
    name: both('Keamanan konfigurasi', 'Configuration'),
    hint: both(
      'Perangkat lunak terbaru, bawaan pabrik diganti, berkas dalam dan versi tidak terlihat dari luar.',
      'Software is up to date, defaults are changed, inner files and versions do not show outside.',
    ),
  },
}

type Verdict = (typeof CHECKLIST_VERDICTS)[number]

export const verdictTexts: Readonly<Record<Verdict, Text>> = {
  met: both('Terpenuhi', 'Met'),
  partly: both('Sebagian', 'Partly'),
  unmet: both('Belum', 'Not met'),
  'not-applicable': both('Tidak berlaku', 'Not applicable'),
}

export const stateTexts: Readonly<Record<FunctionState, Text>> = {
  met: both('Terpenuhi', 'Met'),
  'not-applicable': both('Tidak berlaku', 'Not applicable'),
  waived: both('Dikecualikan', 'Waived'),
  open: both('Belum terpenuhi', 'Not met'),
  unanswered: both('Belum diisi', 'Not answered'),
}

/** The checklist before a system is opened: its page, its card on the service, its refusals. */
export const checklistText = {
  title: both('Pemeriksaan keamanan', 'Security checklist'),
  lead: both(
    'Ketiga belas fungsi menurut Peraturan BSSN Nomor 4 Tahun 2021 Pasal 27. Isi sebelum sistem dibuka untuk umum, dan perbarui bila ada yang berubah.',
    'The 13 functions of BSSN regulation 4 of 2021, article 27. Answer them before the system is opened to the public, and again when something changes.',
  ),
  progress: (settled: number, all: number): Text =>
    both(`${settled} dari ${all} fungsi selesai`, `${settled} of ${all} functions settled`),
  allSettled: both('Semua fungsi sudah terpenuhi atau dikecualikan.', 'Every function is met or waived.'),
  open: both('Buka pemeriksaan keamanan', 'Open the security checklist'),
  states: both('Keadaan tiap fungsi', 'State of each function'),
  function: both('Fungsi', 'Function'),
  state: both('Keadaan', 'State'),
  answer: both('Jawaban', 'Answer'),
  remark: both('Keterangan', 'Remark'),
  seenWell: (count: number): Text =>
    both(`${count} hal terlihat baik dari luar`, `${count} things look well from outside`),
  seen: both('Terlihat dari luar', 'Seen from outside'),
  waiver: both('Pengecualian', 'Waiver'),
  waivedUntil: (until: string, reason: string): Text =>
    both(`Dikecualikan sampai ${until}: ${reason}`, `Waived until ${until}: ${reason}`),
  look: both('Periksa dari luar', 'Look from outside'),
  lookLead: both(
    'Ranah membuka situs seperti pengunjung biasa, tanpa mencoba menembusnya: HTTPS, kuki, halaman galat, dan tajuk keamanan.',
    'Ranah opens the site as any visitor does and does not try to break in: HTTPS, cookies, error page and security headers.',
  ),
  lookedAt: both('Terakhir diperiksa', 'Last looked at'),
  neverLooked: both('Belum pernah diperiksa dari luar.', 'Nobody has looked from outside yet.'),
  looked: both(
    'Situs sudah diperiksa dari luar. Hasilnya ada di tabel.',
    'The site was looked at. The table says what was seen.',
  ),
  noAnswer: both(
    'Situs tidak menjawab, jadi tidak ada yang dapat dilihat. Hasil sebelumnya tetap; coba lagi setelah situs menyala.',
    'The site did not answer, so there was nothing to see. Earlier results stay; try again when it is up.',
  ),
  fill: both('Isi atau perbarui jawaban', 'Answer or update'),
  fillLead: both(
    'Catatan wajib untuk setiap jawaban selain “Terpenuhi”. Fungsi yang belum dijawab boleh dikosongkan dulu.',
    'A remark is needed with every answer but “Met”. Functions may stay empty for now.',
  ),
  save: both('Simpan jawaban', 'Save the answers'),
  saved: both('Jawaban tersimpan.', 'The answers are saved.'),
  remarkNeeded: both(
    'Tulis keterangannya: apa yang belum ada, atau mengapa tidak berlaku. Jawaban lain belum tersimpan.',
    'Write a remark: what is not there yet, or why it does not apply. The other answers are not saved yet.',
  ),
  waive: both('Kecualikan satu fungsi', 'Waive a function'),
  waiveLead: both(
    'Layanan boleh berjalan walau fungsi ini belum terpenuhi, sampai tanggal yang ditetapkan. Dicatat di buku log atas nama Anda.',
    'The service may run although this function is not met, until the day you set. The logbook records it under your name.',
  ),
  reason: both('Alasan', 'Reason'),
  reasonHint: both(
    'Paling sedikit 10 huruf: risikonya, dan apa yang menguranginya.',
    'At least 10 letters: the risk, and what lowers it.',
  ),
  until: both('Berlaku sampai', 'Until'),
  waived: both('Pengecualian tersimpan.', 'The waiver is saved.'),
  download: both('Unduh CSV', 'Download CSV'),
  ownAnswers: both(
    'Anda sendiri yang mengisi jawaban ini, jadi orang lain yang harus mengecualikannya. Tidak ada yang diubah.',
    'You gave these answers yourself, so somebody else has to waive them. Nothing was changed.',
  ),
  notAnswered: both(
    'Fungsi ini belum diisi, jadi belum ada yang dapat dikecualikan. Minta pengelola layanan mengisinya dahulu; tidak ada yang diubah.',
    'This function was not answered, so there is nothing to waive yet. Ask the agency to answer first; nothing was changed.',
  ),
  alreadyMet: both(
    'Fungsi ini sudah terpenuhi, jadi tidak perlu dikecualikan. Tidak ada yang diubah.',
    'This function is met, so it needs no waiver. Nothing was changed.',
  ),
  untilBounds: (days: number): Text =>
    both(
      `Pilih tanggal mulai hari ini sampai ${days} hari ke depan. Pengecualian belum tersimpan.`,
      `Choose a day from today up to ${days} days ahead. The waiver is not saved.`,
    ),
  closed: both(
    'Layanan ini sudah ditutup, jadi pemeriksaannya tidak diubah lagi.',
    'This service is closed, so its checklist does not change any more.',
  ),
}
