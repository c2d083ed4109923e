import type { Text } from '../refused.ts'

/** Sentences about certificates and the authorities that sign them. */

const untouched: Text = {
  id: 'Sertifikat yang sedang dipakai tidak berubah.',
  en: 'A certificate in use is unchanged.',
}

const failure = (id: string, en: string): Text => ({
  id: `${id} ${untouched.id}`,
  en: `${en} ${untouched.en}`,
})

export const certificateFailures = {
  unreachable: (host: string, why: Text): Text =>
    failure(
      `Otoritas sertifikat ${host} tidak dapat dihubungi: ${why.id} Ranah akan mencoba lagi.`,
      `The certificate authority ${host} cannot be reached: ${why.en} Ranah will try again.`,
    ),
  rateLimited: (host: string): Text =>
    failure(
      `Otoritas sertifikat ${host} membatasi jumlah permintaan. Ranah akan meminta lagi setelah waktu yang disebutkannya.`,
      `The certificate authority ${host} limits requests. Ranah will ask again after the time it named.`,
    ),
  refused: (host: string, reason: string): Text =>
    failure(
      `Otoritas sertifikat ${host} menolak permintaan: ${reason}.`,
      `The certificate authority ${host} refused the request: ${reason}.`,
    ),
  notProved: (name: string, reason: string): Text =>
    failure(
      `Penguasaan atas ${name} belum terbukti bagi otoritas sertifikat: ${reason}. Periksa data DNS dan situsnya.`,
      `Control over ${name} could not be proved to the certificate authority: ${reason}. Check its DNS records and its site.`,
    ),
  wrongAnswer: (host: string, what: Text): Text =>
    failure(
      `Jawaban otoritas sertifikat ${host} tidak dapat dipercaya: ${what.id} Ranah tidak memakainya dan akan mencoba lagi.`,
      `The answer of the certificate authority ${host} cannot be trusted: ${what.en} Ranah does not use it and will try again.`,
    ),
  dnsSlow: (name: string, servers: string): Text =>
    failure(
      `Data pembuktian ${name} belum terlihat di server DNS ${servers}. Ranah akan mencoba lagi.`,
      `The proof at ${name} is not yet seen on the name servers ${servers}. Ranah will try again.`,
    ),
  noSuchProof: (type: string): Text =>
    failure(
      `Otoritas sertifikat tidak menawarkan pembuktian ${type} untuk nama ini. Wildcard hanya dapat dibuktikan lewat DNS.`,
      `The certificate authority offers no ${type} proof for this name. A wildcard can be proved in the DNS only.`,
    ),
  outsideZone: (name: string, zone: string): Text =>
    failure(
      `Pembuktian ${name} tidak dapat ditulis di domain ${zone}.`,
      `The proof of ${name} cannot be written in the domain ${zone}.`,
    ),
} as const

/** Certificates on the page of a service, and what stands in their way. */
export const certificateTexts = {
  title: { id: 'Sertifikat TLS', en: 'TLS certificate' },
  none: {
    id: 'Belum ada sertifikat. Situs dibuka lewat http.',
    en: 'No certificate yet. The site opens over http.',
  },
  inUse: { id: 'Terpasang', en: 'In use' },
  names: { id: 'Nama', en: 'Names' },
  moreNames: (count: number): Text => ({ id: `dan ${count} nama lain`, en: `and ${count} more names` }),
  issuer: { id: 'Penerbit', en: 'Issuer' },
  validFrom: { id: 'Berlaku sejak', en: 'Valid from' },
  validUntil: { id: 'Berlaku sampai', en: 'Valid until' },
  state: { id: 'Status', en: 'State' },
  underWay: { id: 'Sertifikat sedang diminta.', en: 'The certificate is being asked for.' },
  queued: {
    id: 'Sertifikat menunggu giliran, perkiraan',
    en: 'The certificate waits for its turn, expected',
  },
  tryAgain: { id: 'Dicoba lagi', en: 'Tried again' },
  hostWithoutTls: {
    id: 'Server situs ini belum dapat memasang sertifikat. Situs tetap dibuka lewat http.',
    en: 'This site host cannot install certificates yet. The site stays open over http.',
  },
  noBetter: {
    id: 'Sertifikat baru berakhir lebih dahulu daripada yang terpasang, jadi yang terpasang tetap dipakai.',
    en: 'The new certificate ends before the one in use, so the one in use stays.',
  },
  notSeen: (name: string): Text => ({
    id: `Sertifikat sudah ditandatangani, tetapi https://${name}/ belum menampilkannya. Ranah akan memeriksa lagi.`,
    en: `The certificate is signed, but https://${name}/ does not show it yet. Ranah will look again.`,
  }),
} as const

/** Why an authority gave no answer. */
export const authoritySilence = {
  nothingListens: { id: 'tidak ada layanan di alamat itu.', en: 'nothing listens at that address.' },
  nameUnknown: { id: 'nama servernya tidak dikenal di DNS.', en: 'its name is not known in the DNS.' },
  notInTime: { id: 'tidak ada jawaban sampai batas waktu.', en: 'no answer came in time.' },
  untrusted: {
    id: 'sertifikat servernya tidak dipercaya. Isi sertifikat akar bila ini otoritas milik sendiri.',
    en: 'its own server certificate is not trusted. Enter the root certificate if this is an authority of your own.',
  },
  serverError: (status: number): Text => ({
    id: `server menjawab dengan kesalahan ${status}.`,
    en: `the server answered with error ${status}.`,
  }),
  other: (code: string): Text => ({
    id: `sambungan gagal (${code}).`,
    en: `the connection failed (${code}).`,
  }),
} as const

/** What is wrong with an answer. */
export const authorityLies = {
  notAcme: { id: 'bukan jawaban menurut ACME (RFC 8555).', en: 'it is no ACME (RFC 8555) answer.' },
  tooLong: { id: 'jawabannya tidak berakhir.', en: 'the answer does not end.' },
  otherServer: {
    id: 'jawabannya menunjuk ke server lain.',
    en: 'it points to another server.',
  },
  endless: { id: 'pekerjaannya tidak selesai.', en: 'its work does not come to an end.' },
  otherNames: {
    id: 'sertifikat dibuat untuk nama lain.',
    en: 'the certificate is for other names.',
  },
  otherKey: { id: 'sertifikat dibuat untuk kunci lain.', en: 'the certificate is for another key.' },
  notValidNow: {
    id: 'sertifikat tidak berlaku pada waktu ini.',
    en: 'the certificate is not valid at this time.',
  },
  brokenChain: {
    id: 'rantai sertifikatnya terputus.',
    en: 'its chain of certificates is broken.',
  },
} as const satisfies Record<string, Text>

/** What a test of an authority saw. */
export const authorityChecks = {
  reached: (host: string): Text => ({
    id: `Otoritas sertifikat ${host} menjawab.`,
    en: `The certificate authority ${host} answers.`,
  }),
  account: {
    id: 'Akun kantor diterima otoritas sertifikat.',
    en: 'The certificate authority accepts the account of the office.',
  },
  renewalInfo: {
    id: 'Otoritas memberi tahu kapan sertifikat perlu diperbarui (ARI).',
    en: 'The authority says when certificates should be renewed (ARI).',
  },
  noRenewalInfo: {
    id: 'Otoritas tidak memberi tahu waktu pembaruan; Ranah memperbarui saat sepertiga masa berlaku tersisa.',
    en: 'The authority does not say when to renew; Ranah renews when a third of the lifetime is left.',
  },
} as const
