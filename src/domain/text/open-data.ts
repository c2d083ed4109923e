import type { Text } from '../refused.ts'

/** The open list of official subdomains. */
export const openDataTexts = {
  title: { id: 'Daftar subdomain resmi', en: 'Official subdomains' },
  description: {
    id: 'Nama domain yang sedang aktif dan terdaftar pada kantor penerbit. Situs pemerintah yang tidak ada di daftar kantornya bukan situs resmi yang terdaftar di sini.',
    en: 'Domain names that are live and registered with the publishing office. A government site missing from the list of its office is not an official one registered here.',
  },
  fields: {
    name: {
      title: { id: 'Nama', en: 'Name' },
      description: {
        id: 'Nama domain lengkap, huruf kecil, tanpa titik akhir.',
        en: 'The full domain name.',
      },
    },
    agency: {
      title: { id: 'Perangkat daerah', en: 'Agency' },
      description: {
        id: 'Perangkat daerah yang bertanggung jawab atas isinya.',
        en: 'The agency that answers for what is on it.',
      },
    },
    office: {
      title: { id: 'Kantor', en: 'Office' },
      description: {
        id: 'Nama pendek kantor penerbit; lihat publishers.',
        en: 'Short name of the publishing office; see publishers.',
      },
    },
    since: {
      title: { id: 'Aktif sejak', en: 'Live since' },
      description: {
        id: 'Hari pertama aktif, menurut waktu kantor.',
        en: 'First day, in the office’s zone.',
      },
    },
    registeredUntil: {
      title: { id: 'Terdaftar sampai', en: 'Registered until' },
      description: {
        id: 'Hari terakhir pendaftaran; kosong bila tidak dibatasi.',
        en: 'Last day of the registration; empty when it has none.',
      },
    },
  },
  card: { id: 'Data terbuka', en: 'Open data' },
  cardLead: {
    id: 'Daftar subdomain resmi boleh diunduh siapa saja. Di sini ditetapkan dengan lisensi apa dan bagaimana sumbernya disebut.',
    en: 'Anybody may download the official subdomains. Here stands under which licence, and how the source is named.',
  },
  licence: { id: 'Lisensi', en: 'Licence' },
  licenceHint: { id: 'Kosong berarti CC BY 4.0.', en: 'Empty means CC BY 4.0.' },
  licenceUrl: { id: 'Alamat teks lisensi', en: 'Address of the licence' },
  licenceUrlHint: {
    id: 'Wajib bila lisensi diisi sendiri, diawali https://',
    en: 'Needed with a licence of your own; begins with https://',
  },
  attribution: { id: 'Sebutan sumber', en: 'Attribution' },
  attributionHint: {
    id: 'Kosong berarti nama kantor dan pemerintah daerahnya.',
    en: 'Empty means the name of the office and its government.',
  },
  terms: (licence: string, attribution: string): Text => ({
    id: `Data terbuka dengan lisensi ${licence}. Sebutkan sumber: ${attribution}.`,
    en: `Open data under ${licence}. Name the source: ${attribution}.`,
  }),
  readLicence: { id: 'Baca lisensi', en: 'Read the licence' },
} as const
