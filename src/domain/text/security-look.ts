import type { Text } from '../refused.ts'

const both = (id: string, en: string): Text => ({ id, en })

/** What a look at a site from outside says, a sentence for each finding. */
export const lookText = {
  https: both(
    'Situs menjawab lewat HTTPS dengan sertifikat tepercaya.',
    'The site answers by HTTPS with a trusted certificate.',
  ),
  noHttps: both('Situs tidak menjawab lewat HTTPS.', 'The site does not answer by HTTPS.'),
  untrusted: both(
    'Sertifikat situs tidak dipercaya peramban.',
    'Browsers do not trust the certificate of the site.',
  ),
  certificateLasts: (days: number): Text =>
    both(`Sertifikat masih berlaku ${days} hari.`, `The certificate is valid for ${days} more days.`),
  certificateEnds: (days: number): Text =>
    days < 0
      ? both('Masa berlaku sertifikat sudah lewat.', 'The certificate has expired.')
      : both(`Sertifikat berakhir dalam ${days} hari.`, `The certificate ends in ${days} days.`),
  leadsToHttps: both('Alamat http mengarah ke https.', 'The http address leads to https.'),
  servesPlain: both(
    'Alamat http masih melayani isi situs tanpa mengarah ke https.',
    'The http address still serves the site and does not lead to https.',
  ),
  hsts: both('HSTS dipasang paling sedikit setengah tahun.', 'HSTS is set for half a year or more.'),
  noHsts: both('HSTS belum dipasang atau terlalu singkat.', 'HSTS is not set, or for too short a time.'),
  newTls: both('TLS 1.0 dan 1.1 ditolak.', 'TLS 1.0 and 1.1 are refused.'),
  oldTls: both('Situs masih menerima TLS 1.0 atau 1.1.', 'The site still accepts TLS 1.0 or 1.1.'),
  cookiesKept: both(
    'Semua kuki memakai Secure, HttpOnly, dan SameSite.',
    'Every cookie is Secure, HttpOnly and SameSite.',
  ),
  cookieLacks: (cookie: string, missing: readonly string[]): Text => {
    const names: Readonly<Record<string, string>> = {
      secure: 'Secure',
      httponly: 'HttpOnly',
      samesite: 'SameSite',
    }
    const list = missing.map((each) => names[each] ?? each).join(', ')
    return both(`Kuki ${cookie} tidak memakai ${list}.`, `The cookie ${cookie} lacks ${list}.`)
  },
  notFoundTold: both(
    'Alamat yang tidak ada dijawab “tidak ditemukan”.',
    'An address that does not exist is answered “not found”.',
  ),
  notFoundWrong: (status: number): Text =>
    both(
      `Alamat yang tidak ada dijawab dengan status ${status}, seharusnya 404.`,
      `An address that does not exist is answered with status ${status} instead of 404.`,
    ),
  errorsQuiet: both(
    'Halaman galat tidak membuka isi program.',
    'The error page tells nothing about the program.',
  ),
  errorsTell: both(
    'Halaman galat memperlihatkan jejak program kepada pengunjung.',
    'The error page shows traces of the program to visitors.',
  ),
  originsBounded: both(
    'Situs lain tidak dapat membaca jawaban atas nama pengunjung.',
    'Other sites cannot read answers in the name of a visitor.',
  ),
  originsOpen: both(
    'Situs lain mana pun dapat membaca jawaban atas nama pengunjung (CORS dengan kredensial).',
    'Any other site can read answers in the name of a visitor (CORS with credentials).',
  ),
  versionsHidden: both('Versi perangkat lunak tidak diperlihatkan.', 'No version of the software is shown.'),
  versionShown: (header: string, value: string): Text =>
    both(
      `Versi perangkat lunak terlihat (${header}: ${value}).`,
      `The version of the software is shown (${header}: ${value}).`,
    ),
  nosniff: both('Peramban dilarang menebak jenis berkas.', 'Browsers are told not to guess types.'),
  noNosniff: both(
    'X-Content-Type-Options: nosniff belum dipasang.',
    'X-Content-Type-Options: nosniff is not set.',
  ),
  framesBounded: both('Situs tidak dapat dibingkai situs lain.', 'Other sites cannot frame the site.'),
  framesOpen: both(
    'Situs dapat dibingkai situs lain (frame-ancestors atau X-Frame-Options belum dipasang).',
    'Other sites can frame the site (neither frame-ancestors nor X-Frame-Options is set).',
  ),
  noListing: both('Halaman depan bukan daftar isi folder.', 'The front page is not a listing of a folder.'),
  listing: both('Halaman depan memperlihatkan daftar isi folder.', 'The front page lists a folder.'),
  noneExposed: both(
    'Berkas dalam yang dicoba tidak terbuka.',
    'None of the inner files that were tried is open.',
  ),
  exposed: (files: readonly string[]): Text =>
    both(
      `Berkas dalam terbuka untuk umum: ${files.join(', ')}.`,
      `Inner files are open to everybody: ${files.join(', ')}.`,
    ),
}
