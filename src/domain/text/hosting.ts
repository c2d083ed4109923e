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
  hostUnreachable: {
    id: 'Server situs tidak dapat dihubungi, jadi keadaannya belum diketahui. Tidak ada yang hilang; coba lagi.',
    en: 'The site host cannot be reached, so its state is unknown. Nothing was lost; please try again.',
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
  update: (fqdn: string, before: string, after: string): Text => ({
    id: `Ubah keterangan situs ${fqdn} dari "${before}" menjadi "${after}". Isinya tidak berubah.`,
    en: `Change the description of the site ${fqdn} from "${before}" to "${after}". Its content stays.`,
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
