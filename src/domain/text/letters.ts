/** Sentences of the papers and of the check of uploaded letters, Indonesian first. */
import type { Text } from '../refused.ts'

const both = (id: string, en: string): Text => ({ id, en })

/** Labels of heads, tables and signature blocks. */
export const letterLabels = {
  number: both('Nomor', 'Number'),
  nature: both('Sifat', 'Nature'),
  attachments: both('Lampiran', 'Enclosures'),
  subject: both('Hal', 'Subject'),
  to: both('Yth.', 'To:'),
  at: both('di', 'in'),
  phone: both('Telepon', 'Phone'),
  email: both('Pos-el', 'E-mail'),
  website: both('Laman', 'Website'),
  service: both('Jenis layanan', 'Service'),
  fqdn: both('Alamat subdomain', 'Subdomain address'),
  system: both('Sistem elektronik', 'Electronic system'),
  agency: both('Perangkat daerah', 'Agency'),
  ticket: both('Nomor tiket', 'Ticket number'),
  since: both('Berlaku sejak', 'In effect since'),
  closedOn: both('Ditutup tanggal', 'Closed on'),
  registeredUntil: both('Terdaftar sampai dengan', 'Registered until'),
  copies: both('Tembusan:', 'Copies to:'),
  no: both('No.', 'No.'),
  ground: both('Dasar penolakan', 'Ground of refusal'),
  item: both('Persyaratan', 'Requirement'),
  explanation: both('Penjelasan', 'Explanation'),
  verificationCode: both('Kode verifikasi', 'Verification code'),
  nip: (nip: string): Text => both(`NIP ${nip}`, `Staff number (NIP) ${nip}`),
  code: (code: string): Text => both(`(kode: ${code})`, `(code: ${code})`),
  blank: both('.....................................', '.....................................'),
} as const

/** Beside the QR code in the place of a signature by hand. */
export const electronicText = {
  own: [both('Ditandatangani secara elektronik', 'Signed electronically')],
  bsre: [
    both('Ditandatangani secara elektronik', 'Signed electronically'),
    both('dengan sertifikat BSrE, BSSN', 'with a certificate of BSrE, BSSN'),
  ],
} as const

/** The strip at the foot of every page. */
export const footerText = {
  verify: both(
    'Keaslian dokumen ini dapat diperiksa dengan memindai kode QR atau melalui laman:',
    'Check that this document is genuine by scanning the QR code or on this page:',
  ),
  head: (entries: number, hash: string): Text =>
    both(`Buku log: ${entries} entri, sidik ${hash}`, `Logbook: ${entries} entries, digest ${hash}`),
  page: both('Halaman {} dari {}', 'Page {} of {}'),
} as const

/** A label inside a sentence begins small, unless it begins with an abbreviation. */
const inSentence = (label: string): string =>
  /^\p{Lu}\p{Ll}/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label

type About = { number: string; date: string; subject: string | undefined; ticket: string; system: string }

const citation = (about: About): Text => {
  const subjectId = about.subject === undefined ? '' : ` hal ${about.subject}`
  const subjectEn = about.subject === undefined ? '' : ` on ${about.subject}`
  return both(
    `surat Saudara Nomor ${about.number} tanggal ${about.date}${subjectId}, yang tercatat dengan nomor tiket ` +
      `${about.ticket} untuk sistem elektronik ${about.system}`,
    `your letter No. ${about.number} of ${about.date}${subjectEn}, recorded under ticket ${about.ticket} for the ` +
      `electronic system ${about.system}`,
  )
}

const done = {
  created: both('layanan telah dibuat dan aktif', 'the service has been created and is live'),
  changed: both('perubahan layanan telah dilaksanakan', 'the change has been carried out'),
  're-registered': both('layanan telah didaftarkan ulang', 'the service has been re-registered'),
  closed: both('layanan telah ditutup', 'the service has been closed'),
} as const

/** Body of the application letter and its form. */
export const applicationText = {
  nature: both('Biasa', 'Ordinary'),
  oneForm: both('1 (satu) formulir', '1 (one) form'),
  subject: (service: string): Text => both(`Permohonan ${service}`, `Application: ${service}`),
  opening: (agency: string, service: string): Text =>
    both(
      `Dengan hormat, sehubungan dengan kebutuhan layanan pada ${agency}, bersama ini kami mengajukan permohonan ` +
        `${inSentence(service)} dengan data pokok sebagai berikut:`,
      `On behalf of ${agency} we apply for ${inSentence(service)}, as follows:`,
    ),
  duties: both(
    'Kami bertanggung jawab atas isi dan keamanan sistem elektronik pada alamat tersebut, menyampaikan setiap perubahan ' +
      'narahubung dan data sistem elektronik, serta melakukan pendaftaran ulang pada waktunya.',
    'We answer for the content and security of the electronic system at that address, report every change of contacts ' +
      'and data, and re-register in time.',
  ),
  closing: both(
    'Formulir permohonan terlampir. Atas perhatian dan kerja sama Saudara, kami ucapkan terima kasih.',
    'The form is enclosed. Thank you for your attention and cooperation.',
  ),
  form: (service: string): Text => both(`FORMULIR PERMOHONAN: ${service}`, `APPLICATION FORM: ${service}`),
  truth: both(
    'Data pada formulir ini benar dan dapat dipertanggungjawabkan.',
    'The data on this form are true and accounted for.',
  ),
  prepared: (ticket: string): Text =>
    both(
      `Disiapkan dari isian permohonan ${ticket}. Tanda tangani, pindai, lalu unggah pada halaman permohonan.`,
      `Prepared from application ${ticket}. Sign it, scan it and upload it on the page of the request.`,
    ),
} as const

/** Body of the reply letter. */
export const replyText = {
  accepted: (about: About, effect: keyof typeof done): Text =>
    both(
      `Menindaklanjuti ${citation(about).id}, dengan hormat kami sampaikan bahwa permohonan tersebut disetujui dan ` +
        `${done[effect].id} dengan rincian sebagai berikut:`,
      `Further to ${citation(about).en}, we inform you that the request is approved and ${done[effect].en}, as follows:`,
    ),
  refused: (about: About): Text =>
    both(
      `Menindaklanjuti ${citation(about).id}, setelah dilakukan penelaahan, dengan hormat kami sampaikan bahwa ` +
        'permohonan tersebut belum dapat kami setujui dengan alasan sebagai berikut:',
      `Further to ${citation(about).en}, we inform you that after examination the request is refused, for these reasons:`,
    ),
  returned: (about: About): Text =>
    both(
      `Menindaklanjuti ${citation(about).id}, setelah dilakukan pemeriksaan, dengan hormat kami sampaikan bahwa ` +
        'permohonan tersebut kami kembalikan untuk dilengkapi atau diperbaiki pada butir-butir berikut:',
      `Further to ${citation(about).en}, we return the request to be completed or corrected in these points:`,
    ),
  attention: both('Sehubungan dengan hal tersebut, kami mohon perhatian Saudara bahwa:', 'Please note that:'),
  noSecrets: both(
    'kredensial layanan tidak dimuat dalam surat ini; kredensial hanya dapat dibuka satu kali oleh narahubung yang ' +
      'ditunjuk setelah masuk ke portal layanan;',
    'this letter holds no credentials; the appointed contact reveals them once, after signing in to the portal;',
  ),
  responsible: both(
    'perangkat daerah pemohon bertanggung jawab atas isi dan keamanan sistem elektronik pada alamat tersebut;',
    'the applying agency answers for the content and security of the electronic system at this address;',
  ),
  reRegister: (until: string): Text =>
    both(
      `pendaftaran ulang layanan dilakukan paling lambat tanggal ${until}.`,
      `the service is to be re-registered by ${until}.`,
    ),
  tellChanges: both(
    'setiap perubahan narahubung atau data sistem elektronik disampaikan kepada kami melalui portal layanan.',
    'every change of contacts or of the data of the electronic system is reported to us through the portal.',
  ),
  objection: (ticket: string, by: string | undefined): Text =>
    both(
      `Keberatan atas keputusan ini dapat diajukan melalui portal layanan dengan menyebutkan nomor tiket ${ticket}` +
        `${by === undefined ? '' : ` paling lambat tanggal ${by}`}. Permohonan baru dapat diajukan setelah alasan ` +
        'tersebut di atas dipenuhi.',
      `You may object through the portal under ticket ${ticket}${by === undefined ? '' : ` until ${by}`}. A new ` +
        'request may be sent once the reasons above are met.',
    ),
  correct: (ticket: string, by: string | undefined): Text =>
    both(
      'Data dan dokumen yang telah Saudara kirimkan tetap tersimpan. Perbaikan cukup dilakukan pada butir tersebut di ' +
        `atas melalui portal layanan dengan nomor tiket ${ticket}${by === undefined ? '' : ` paling lambat tanggal ${by}`}.`,
      'The data and documents you sent are kept. Only the points above need correcting, through the portal under ' +
        `ticket ${ticket}${by === undefined ? '' : ` by ${by}`}.`,
    ),
  closing: both(
    'Demikian disampaikan, atas perhatian dan kerja sama Saudara diucapkan terima kasih.',
    'Thank you for your attention and cooperation.',
  ),
} as const

/** Body of the minutes of hand-over (berita acara serah terima). */
export const handOverText = {
  title: both('BERITA ACARA SERAH TERIMA LAYANAN', 'RECORD OF HAND-OVER OF SERVICE'),
  opening: (words: string, date: string, place: string): Text =>
    both(
      `Pada hari ini ${words} (${date}), bertempat di ${place}, kami yang bertanda tangan di bawah ini:`,
      `Today, ${words} (${date}), in ${place}, we the undersigned:`,
    ),
  name: both('Nama', 'Name'),
  nip: both('NIP', 'Staff number (NIP)'),
  rank: both('Pangkat/golongan', 'Rank'),
  post: both('Jabatan', 'Post'),
  first: both('PIHAK PERTAMA', 'FIRST PARTY'),
  second: both('PIHAK KEDUA', 'SECOND PARTY'),
  partyIs: (role: string): Text => both(`selanjutnya disebut ${role}.`, `hereafter the ${role}.`),
  basis: (about: About): Text =>
    both(
      `Menindaklanjuti surat permohonan Nomor ${about.number} tanggal ${about.date} yang tercatat dengan nomor tiket ` +
        `${about.ticket}, PIHAK PERTAMA menyerahkan kepada PIHAK KEDUA, dan PIHAK KEDUA menerima dari PIHAK PERTAMA, ` +
        'layanan dengan rincian sebagai berikut:',
      `Further to the application No. ${about.number} of ${about.date}, recorded under ticket ${about.ticket}, the ` +
        'FIRST PARTY hands over to the SECOND PARTY, who receives it, the following service:',
    ),
  item: both('Uraian', 'Item'),
  detail: both('Keterangan', 'Detail'),
  account: both('Akun pengelolaan layanan', 'Account of the service'),
  accountOf: (contact: string): Text =>
    both(
      `diserahkan kepada ${contact} melalui portal layanan; tanpa kata sandi pada berita acara ini`,
      `handed to ${contact} through the portal; no password stands in this record`,
    ),
  enclosedItem: both('Disertakan', 'Enclosed'),
  credentials: both('Kredensial', 'Credentials'),
  reveal: (contact: string, portal: string, until: string): Text =>
    both(
      `Kredensial tidak dimuat dalam berita acara ini. ${contact} selaku narahubung teknis dapat membukanya satu kali ` +
        `melalui ${portal} sampai dengan ${until}. Bila terlewat, kredensial baru dapat diminta.`,
      `This record holds no credentials. ${contact}, the technical contact, can open them once at ${portal} until ` +
        `${until}. After that new ones can be asked for.`,
    ),
  responsible: both(
    'Sejak serah terima ini, PIHAK KEDUA bertanggung jawab atas isi dan keamanan sistem elektronik pada alamat ' +
      'tersebut.',
    'From now on the SECOND PARTY answers for the content and security of the electronic system at this address.',
  ),
  closing: both(
    'Demikian berita acara ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya.',
    'This record is made to be used as appropriate.',
  ),
  receiver: both('Yang menerima,', 'Received by,'),
  giver: both('Yang menyerahkan,', 'Handed over by,'),
} as const

/** Column titles of the printed register. */
export const registerText = {
  at: both('Tanggal dan jam', 'Date and time'),
  activity: both('Kegiatan', 'Activity'),
  actor: both('Pelaku', 'Actor'),
  request: both('Permohonan', 'Request'),
  remark: both('Keterangan', 'Remark'),
  digest: both('Sidik', 'Digest'),
} as const

export type LetterAbout = About
