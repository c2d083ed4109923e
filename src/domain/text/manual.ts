import type { Text } from '../refused.ts'

/** Sentences about servers that the office's own people change by hand, where Ranah only looks. */

const say = (id: string, en: string): Text => ({ id, en })

/** At most this many outstanding lines stand in one sentence; the task sheet has all of them. */
const namedLines = 3

const joined = (lines: readonly Text[]): Text => {
  const more = lines.length - namedLines
  const phrase = (locale: 'id' | 'en', rest: string) =>
    lines
      .slice(0, namedLines)
      .map((line) => line[locale].replace(/\.$/, ''))
      .join('; ') + (more > 0 ? `; ${rest}` : '')
  return { id: phrase('id', `dan ${more} lagi`), en: phrase('en', `and ${more} more`) }
}

export const manualText = {
  driverDns: say('Server DNS yang dikerjakan petugas', 'Name server that is worked by hand'),
  waiting: (lines: readonly Text[]): Text => {
    const what = joined(lines)
    return say(
      `Menunggu pekerjaan tangan: ${what.id}. Permohonan berlanjut sendiri setelah server menjawab demikian; tidak ada yang hilang.`,
      `Waiting for the hand work: ${what.en}. The request goes on by itself once the server answers so; nothing is lost.`,
    )
  },
  noTransfer: (zone: string): Text =>
    say(
      `Isi lengkap zona ${zone} tidak dapat dibaca, karena server ini hanya ditanya seperti oleh umum. Tidak ada yang berubah. Pakai berkas zona dari pengelola server, atau hubungkan servernya dengan kunci.`,
      `The whole zone ${zone} cannot be read, because this server is only asked as anybody may. Nothing was changed. Use a zone file from whoever runs the server, or connect the server with a key.`,
    ),
  noZone: (zone: string): Text =>
    say(
      `Zona ${zone} belum ada di server itu, dan Ranah tidak mengubah server ini. Tidak ada yang berubah. Minta pengelola server membuat zonanya, lalu coba lagi.`,
      `The zone ${zone} is not on that server yet, and Ranah does not change this server. Nothing was changed. Have whoever runs it make the zone, then try again.`,
    ),
  belowDelegation: (name: string): Text =>
    say(
      `Nama ${name} berada di bawah nama yang didelegasikan ke server lain, sehingga isinya tidak dapat dipastikan di sini. Tidak ada yang berubah.`,
      `The name ${name} lies below one that is delegated to other servers, so what it has cannot be told here. Nothing was changed.`,
    ),
  httpProofOnly: say(
    'Ranah tidak dapat menulis bukti sertifikat di server ini. Situs di domain ini menunjukkan buktinya sendiri (http-01), jadi port 80-nya harus terbuka untuk umum; sertifikat wildcard tidak dapat diminta.',
    'Ranah cannot write proofs for certificates on this server. Sites of this domain show their proof themselves (http-01), so their port 80 must be open to the world; wildcard certificates cannot be asked for.',
  ),
  silent: (where: string): Text =>
    say(
      `Server ${where} tidak menjawab pertanyaan DNS. Periksa alamat, port, dan tembok api.`,
      `The server ${where} does not answer DNS questions. Check the address, the port and the firewall.`,
    ),

  createSite: (about: { title: string; agency: string; fqdn: string; what: Text; place: string }): Text =>
    say(
      `Buat ${about.what.id} "${about.title}" (${about.agency}) untuk nama ${about.fqdn}; berkasnya di ${about.place}.`,
      `Make the site "${about.title}" (${about.agency}) for the name ${about.fqdn}, ${about.what.en}; its files go to ${about.place}.`,
    ),
  removeSite: (fqdn: string): Text =>
    say(
      `Hapus situs ${fqdn}; server lalu menjawab 404 untuk nama itu, atau tidak menjawab lagi.`,
      `Remove the site ${fqdn}; the server then answers 404 for the name, or no longer answers.`,
    ),
  webAnswers: (where: string): Text =>
    say(`Server web di ${where} menjawab.`, `The web server at ${where} answers.`),
  webSilent: (where: string): Text =>
    say(
      `Server web di ${where} tidak menjawab. Periksa alamat, port, dan tembok api.`,
      `The web server at ${where} does not answer. Check the address, the port and the firewall.`,
    ),
  answersAnyName: (where: string): Text =>
    say(
      `Server web di ${where} menjawab 200 untuk nama apa pun. Situs baru baru dianggap ada bila jawabannya berbeda; buat situs bawaan yang menjawab 404.`,
      `The web server at ${where} answers 200 for any name. A new site counts as there only when its answer differs; make a default site that answers 404.`,
    ),
  accessByOffice: say(
    'Akses berkas dan basis data situs ini diserahkan langsung oleh kantor, di luar Ranah. Tidak ada yang berubah; hubungi kantor yang mengelola server.',
    'Access to the files and the database of this site is handed over by the office itself, outside Ranah. Nothing was changed; ask the office that runs the server.',
  ),
} as const

/** The task sheet on the page of a request. */
export const taskSheetTexts = {
  title: say('Lembar pekerjaan', 'Task sheet'),
  lead: say(
    'Server ini dikerjakan petugas. Kerjakan setiap butir persis seperti tertulis; permohonan berlanjut setelah pemeriksaan dari luar melihat semuanya.',
    'This server is worked by hand. Do each item exactly as written; the request goes on once the check from outside sees all of it.',
  ),
  waitingTitle: say('Menunggu pekerjaan petugas', 'Waiting for the work by hand'),
  checkNow: say('Periksa sekarang', 'Check now'),
  checking: say(
    'Pemeriksaan dimulai. Hasilnya tampil di halaman ini.',
    'The check has begun. Its result shows on this page.',
  ),
  name: say('Nama', 'Name'),
  type: say('Jenis', 'Type'),
  ttl: say('TTL (detik)', 'TTL (seconds)'),
  value: say('Nilai', 'Value'),
  before: say('Nilai sekarang', 'Value now'),
  site: say('Nama situs', 'Name of the site'),
  siteTitle: say('Judul', 'Title'),
  agency: say('Instansi', 'Agency'),
  kind: say('Jenis situs', 'Kind of site'),
  target: say('Tujuan', 'Target'),
  database: say('Basis data', 'Database'),
  place: say('Tempat berkas', 'Where the files go'),
  recordTask: {
    add: say('Tambahkan data DNS', 'Add the DNS records'),
    replace: say('Ganti data DNS', 'Replace the DNS records'),
    remove: say('Hapus data DNS', 'Remove the DNS records'),
  },
  siteTask: {
    create: say('Buat situs', 'Make the site'),
    update: say('Ubah situs', 'Change the site'),
    remove: say('Hapus situs', 'Remove the site'),
  },
  recordCheck: say(
    'Setiap server DNS zona ini ditanya seperti oleh umum dan harus menjawab persis demikian.',
    'Every name server of the zone is asked as anybody may, and must answer exactly so.',
  ),
  siteCheck: say(
    'Halaman depan dibuka dengan nama ini dan harus menjawab 200, berbeda dari jawaban untuk nama yang tidak ada.',
    'The front page is fetched by this name and must answer 200, unlike what a name that does not exist gets.',
  ),
  goneCheck: say(
    'Halaman depan dengan nama ini harus menjawab 404, atau tidak menjawab lagi.',
    'The front page by this name must answer 404, or no longer answer.',
  ),
} as const
