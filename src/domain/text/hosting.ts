import type { Text } from '../refused.ts'

/** Sentences on the pages that the site host itself shows. */
export const hostPageText = {
  starting: {
    prepared: {
      id: 'Situs ini telah aktif dan sedang disiapkan oleh pengelolanya.',
      en: 'This site is live and is being prepared by its owner.',
    },
    official: {
      id: 'Subdomain resmi yang dikelola pemerintah daerah.',
      en: 'An official subdomain run by the regional government.',
    },
  },
  missing: {
    heading: { id: 'Halaman tidak ditemukan', en: 'Page not found' },
    body: {
      id: 'Alamat yang Anda buka tidak ada di situs ini. Periksa kembali penulisannya.',
      en: 'The address you opened does not exist on this site. Please check how it is written.',
    },
    home: { id: 'Ke halaman depan', en: 'To the front page' },
  },
  maintenance: {
    body: {
      id: 'Situs ini sedang dalam pemeliharaan. Silakan buka kembali beberapa saat lagi.',
      en: 'This site is under maintenance. Please come back a little later.',
    },
  },
  unknownHost: {
    heading: { id: 'Situs tidak ditemukan', en: 'Site not found' },
    body: {
      id: 'Tidak ada situs dengan nama ini di server ini.',
      en: 'There is no site of this name on this server.',
    },
  },
} as const satisfies Record<string, Record<string, Text>>

/** Refusals of the site host and its driver. */
export const hostingText = {
  notUnderstood: (field: string): Text => ({
    id: `Server situs menolak perintah karena isian "${field}" tidak sah. Tidak ada yang berubah.`,
    en: `The site host refused the command because the field "${field}" is not valid. Nothing was changed.`,
  }),
  unknownVerb: {
    id: 'Server situs tidak mengenal perintah ini. Tidak ada yang berubah.',
    en: 'The site host does not know this command. Nothing was changed.',
  },
  notAuthorised: {
    id: 'Server situs menolak perintah: kunci kendali tidak cocok. Periksa berkas kunci kendali.',
    en: 'The site host refused the command: the control secret does not match. Check the secret file.',
  },
  noSite: (fqdn: string): Text => ({
    id: `Tidak ada situs ${fqdn} di server situs. Tidak ada yang berubah. Buat situsnya dahulu.`,
    en: `There is no site ${fqdn} on the site host. Nothing was changed. Create the site first.`,
  }),
  damagedSite: (fqdn: string): Text => ({
    id: `Catatan situs ${fqdn} di server situs rusak. Berkasnya tetap tersimpan; pulihkan dari cadangan.`,
    en: `The record of the site ${fqdn} on the site host is damaged. Its files are kept; restore the backup.`,
  }),
  siteExists: (fqdn: string): Text => ({
    id: `Situs ${fqdn} sudah ada lagi, jadi arsipnya tidak dipulihkan. Keduanya tetap tersimpan.`,
    en: `The site ${fqdn} exists again, so its archive was not restored. Both are kept.`,
  }),
  noArchive: (fqdn: string): Text => ({
    id: `Tidak ada arsip situs ${fqdn} untuk dipulihkan. Tidak ada yang berubah.`,
    en: `There is no archive of the site ${fqdn} to restore. Nothing was changed.`,
  }),
  notOurs: (fqdn: string): Text => ({
    id: `Situs ${fqdn} dibuat oleh permohonan lain, jadi tidak dihapus.`,
    en: `The site ${fqdn} was created by another request, so it was not removed.`,
  }),
  superseded: (fqdn: string): Text => ({
    id: `Akses ${fqdn} sudah diganti atau dicabut setelah permintaan ini. Ajukan penggantian yang baru.`,
    en: `The access to ${fqdn} was replaced or revoked after this request. Ask for a new rotation.`,
  }),
  configurationRefused: (fqdn: string, why: string): Text => ({
    id: `Server web menolak konfigurasi situs ${fqdn}: ${why}. Konfigurasi yang terakhir baik tetap dipakai dan situs lain tidak terganggu.`,
    en: `The web server refused the configuration of the site ${fqdn}: ${why}. The last good configuration stays in use and other sites are not affected.`,
  }),
  hostConfigurationBroken: (why: string): Text => ({
    id: `Konfigurasi server web itu sendiri rusak, di luar situs yang dikelola di sini: ${why}. Tidak ada yang hilang; perbaiki berkas itu di server, lalu coba lagi.`,
    en: `The configuration of the web server itself is broken, outside the sites kept here: ${why}. Nothing was lost; mend that file on the host, then try again.`,
  }),
  serviceDown: (name: string): Text => ({
    id: `Layanan ${name} di server situs tidak berjalan. Tidak ada yang hilang; jalankan layanan itu, lalu coba lagi.`,
    en: `The service ${name} on the site host is not running. Nothing was lost; start it, then try again.`,
  }),
  hostFull: {
    id: 'Penyimpanan server situs penuh. Tidak ada yang hilang; kosongkan ruang di server, lalu coba lagi.',
    en: 'The disk of the site host is full. Nothing was lost; free some space on the host, then try again.',
  },
  siteFull: {
    id: 'Situs ini sudah mencapai batas penyimpanannya. Yang sedang tayang tidak berubah. Kecilkan arsipnya, atau hapus berkas lama lewat SFTP, lalu coba lagi.',
    en: 'This site has reached its limit on the disk. What is online is unchanged. Make the archive smaller, or remove old files by SFTP, and try again.',
  },
  certificateRefused: (fqdn: string, why: Text): Text => ({
    id: `Sertifikat untuk ${fqdn} tidak dipasang: ${why.id}. Sertifikat yang dipakai tidak berubah. Mintalah sertifikat baru.`,
    en: `The certificate for ${fqdn} was not installed: ${why.en}. The one in use stays. Ask for a new one.`,
  }),
  chainFaults: {
    unreadable: { id: 'isinya tidak dapat dibaca', en: 'it cannot be read' },
    otherName: { id: 'tidak berlaku untuk nama ini', en: 'it is not for this name' },
    expired: (now: Date): Text => ({
      id: `masa berlakunya sudah habis menurut jam server itu (${now.toISOString()}); periksa dahulu jamnya`,
      en: `it has expired by the clock of that host (${now.toISOString()}); check that clock first`,
    }),
    notLinked: { id: 'rantai penerbitnya terputus', en: 'the chain of its issuers is broken' },
    otherKey: { id: 'tidak cocok dengan kunci di server', en: 'it does not fit a key of the host' },
  },
  hostUnreachable: {
    id: 'Server situs tidak dapat dihubungi, jadi keadaannya belum diketahui. Tidak ada yang hilang; coba lagi.',
    en: 'The site host cannot be reached, so its state is unknown. Nothing was lost; please try again.',
  },
  hostAnswers: {
    id: 'Server situs bawaan menjawab.',
    en: 'The embedded site host answers.',
  },
  probeFailed: (url: string): Text => ({
    id: `${url} tidak menjawab, jadi keadaannya belum diketahui.`,
    en: `${url} did not answer, so its state is unknown.`,
  }),
} as const

/** The lines of a plan that a person reads before it runs. */
export const hostingPlanText = {
  create: (fqdn: string, title: string, agency: string): Text => ({
    id: `Buat situs ${fqdn} dengan halaman awal "${title}" (${agency}).`,
    en: `Create the site ${fqdn} with a starting page "${title}" (${agency}).`,
  }),
  kind: (fqdn: string, kind: Text, target: string | undefined): Text => ({
    id: `Jenis situs ${fqdn}: ${kind.id}${target ? ` ke ${target}` : ''}.`,
    en: `Kind of the site ${fqdn}: ${kind.en}${target ? ` to ${target}` : ''}.`,
  }),
  database: (fqdn: string, engine: string): Text => ({
    id: `Buat basis data ${engine} dengan akun tersendiri untuk ${fqdn}.`,
    en: `Create a ${engine} database with an account of its own for ${fqdn}.`,
  }),
  update: (fqdn: string, before: Text, after: Text): Text => ({
    id: `Ubah situs ${fqdn} dari "${before.id}" menjadi "${after.id}". Isinya tidak berubah.`,
    en: `Change the site ${fqdn} from "${before.en}" to "${after.en}". Its content stays.`,
  }),
  kindNotOffered: (kind: Text): Text => ({
    id: `Server situs ini tidak menyediakan ${kind.id}. Tidak ada yang berubah. Pilih jenis lain atau server lain.`,
    en: `This site host does not offer a ${kind.en}. Nothing was changed. Choose another kind or another host.`,
  }),
  targetInvalid: (target: string): Text => ({
    id: `Tujuan "${target}" tidak dapat dipakai: proksi memerlukan alamat IP milik instansi, pengalihan memerlukan alamat web lengkap di luar situs ini. Tidak ada yang berubah.`,
    en: `The target "${target}" cannot be used: a proxy needs an IP address of the agency, a redirect a whole web address outside this site. Nothing was changed.`,
  }),
  databaseNotOffered: (engine: string): Text => ({
    id: `Server situs ini tidak menyediakan basis data ${engine}. Tidak ada yang berubah. Pilih basis data lain atau server lain.`,
    en: `This site host does not offer a ${engine} database. Nothing was changed. Choose another database or another host.`,
  }),
  databaseStays: (fqdn: string, engine: string): Text => ({
    id: `Situs ${fqdn} sudah memakai basis data ${engine}; datanya tidak dihapus oleh perubahan situs. Tidak ada yang berubah.`,
    en: `The site ${fqdn} already has a ${engine} database; a change of the site does not delete its data. Nothing was changed.`,
  }),
  remove: (fqdn: string): Text => ({
    id: `Hapus situs ${fqdn}. Isinya disimpan sebagai arsip dan dapat dipulihkan.`,
    en: `Remove the site ${fqdn}. Its content is kept as an archive and can be restored.`,
  }),
  nothing: (fqdn: string): Text => ({
    id: `Tidak ada yang perlu diubah untuk situs ${fqdn}.`,
    en: `Nothing needs to change for the site ${fqdn}.`,
  }),
} as const

/** Kinds of site, in the middle of a sentence. */
export const siteKindText = {
  static: { id: 'situs statis', en: 'static site' },
  php: { id: 'situs PHP', en: 'PHP site' },
  proxy: { id: 'proksi', en: 'reverse proxy' },
  redirect: { id: 'pengalihan', en: 'redirect' },
  maintenance: { id: 'halaman pemeliharaan', en: 'maintenance page' },
} as const satisfies Record<string, Text>
