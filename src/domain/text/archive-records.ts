import { formatDate } from '../dates/indonesian.ts'
import type { LocalDate } from '../dates/zones.ts'
import type { Text } from '../refused.ts'

const both = (id: string, en: string): Text => ({ id, en })

/** Words of the archive: where each paper stands in its life. */
export const archiveRecordTexts = {
  title: both('Arsip', 'Archive'),
  lead: both(
    'Setiap berkas yang disimpan Ranah dengan kelas dan masa retensinya. Tidak ada arsip yang musnah karena waktu saja: pemusnahan selalu lewat usul, persetujuan orang lain, dan berita acara.',
    'Every file that Ranah keeps, with its class and its time. Nothing is destroyed by the clock alone: it takes a proposal, the approval of another person, and a record.',
  ),
  standings: {
    active: both('Aktif', 'Active'),
    inactive: both('Inaktif', 'Inactive'),
    due: both('Jatuh tempo', 'Due'),
    proposed: both('Usul musnah', 'Proposed'),
    permanent: both('Permanen', 'Permanent'),
    held: both('Ditahan', 'Held'),
    destroyed: both('Dimusnahkan', 'Destroyed'),
    unclassed: both('Tanpa kelas', 'No class'),
  },
  all: both('Semua', 'All'),
  leads: {
    permanent: both(
      'Daftar arsip serah: masa simpannya selesai dan nilainya permanen. Serahkan ke lembaga kearsipan daerah; arsip ini tidak pernah masuk usul musnah.',
      'To be handed over: their time is over and their value is permanent. Hand them to the archive agency; they never stand in a proposal for destruction.',
    ),
    due: both(
      'Masa simpannya selesai dan tidak sedang dipakai. Susun usul musnah dari daftar ini.',
      'Their time is over and they are not in use. Make a proposal of them.',
    ),
    held: both(
      'Ditahan karena sengketa, pemeriksaan, atau perintah. Tidak jatuh tempo sampai dilepas.',
      'Held for a dispute, an audit or an order. Never due until released.',
    ),
    unclassed: both(
      'Jenis ini belum dipasangkan ke baris jadwal retensi, jadi tidak pernah jatuh tempo.',
      'Their kind goes by no line of the schedule, so they are never due.',
    ),
  } as Readonly<Record<string, Text>>,
  item: both('Arsip', 'Record'),
  kind: both('Jenis', 'Kind'),
  class: both('Kelas', 'Class'),
  filedOn: both('Tanggal', 'Date'),
  request: both('Permohonan', 'Request'),
  activeUntil: both('Aktif sampai', 'Active until'),
  inactiveUntil: both('Inaktif sampai', 'Inactive until'),
  fate: both('Nasib akhir', 'Final fate'),
  standing: both('Status', 'Status'),
  digest: both('Sidik SHA-256', 'SHA-256 digest'),
  startedOn: both('Retensi dihitung sejak', 'Time counts from'),
  inUse: both('Masih dipakai', 'In use'),
  uses: {
    'request-running': both('Permohonan masih berjalan', 'The request is running'),
    'service-live': both('Layanan masih hidup', 'The service is alive'),
    'appointment-valid': both('Penugasan masih berlaku', 'The appointment is valid'),
  } as Readonly<Record<string, Text>>,
  notYet: both('Belum dihitung', 'Not counting yet'),
  empty: both('Tidak ada arsip dengan status ini', 'No records of this status'),
  emptyNext: both(
    'Arsip muncul di sini begitu berkas diterima atau surat terbit.',
    'Records appear here as soon as a file comes in or a letter is issued.',
  ),
  schedule: both('Jadwal retensi', 'Schedule'),
  proposals: both('Usul musnah', 'Proposals'),
  unconfirmed: both(
    'Jadwal retensi belum disahkan. Arsip dari baris bawaan belum dapat diusulkan musnah.',
    'The schedule is not confirmed. Records of default lines cannot be proposed for destruction yet.',
  ),
  task: (count: number): Text =>
    both(
      `${count} arsip habis masa simpannya.`,
      count === 1 ? '1 record is past its time.' : `${count} records are past their time.`,
    ),
  taskNext: both('Tinjau dan susun usul musnah', 'Look and make a proposal'),
  toApprove: both(
    'Usul pemusnahan arsip menunggu persetujuan Anda.',
    'A proposal to destroy records waits for your approval.',
  ),
  toDestroy: both(
    'Usul pemusnahan arsip sudah disetujui dan menunggu dilaksanakan.',
    'A proposal to destroy records was approved and waits to be carried out.',
  ),
  toApproveNext: both('Buka daftar usul', 'Open the proposals'),
  ofRequest: both('Retensi arsip', 'Retention'),
  ofRequestLink: both('Lihat di daftar arsip', 'See in the archive'),
  hold: both('Tahan arsip ini', 'Hold this record'),
  holdTitle: both(
    'Arsip yang ditahan tidak pernah jatuh tempo. Alasannya tampil di sini dan tersimpan di buku log.',
    'A record that is held is never due. The reason is shown here and kept in the logbook.',
  ),
  holdReason: both('Alasan menahan', 'Reason to hold'),
  holdHint: both(
    'Misalnya nomor perkara atau surat permintaan pemeriksa. Jangan menulis data pribadi.',
    'The number of a case or the letter of an auditor, for example. No personal data.',
  ),
  held: both('Arsip ditahan.', 'The record is held.'),
  release: both('Lepas penahanan', 'Release'),
  releaseTitle: both(
    'Masa retensinya berlaku kembali. Bila sudah lewat, arsip langsung jatuh tempo.',
    'Its time counts again. If it is over, the record is due at once.',
  ),
  released: both('Penahanan dilepas.', 'The hold was released.'),
  alreadyHeld: both(
    'Arsip ini sudah ditahan. Tidak ada yang berubah.',
    'This record is held already. Nothing changed.',
  ),
  notHeld: both(
    'Arsip ini tidak sedang ditahan. Tidak ada yang berubah.',
    'This record is not held. Nothing changed.',
  ),
  gone: (on: LocalDate, number: string): Text =>
    both(
      `Arsip ini sudah dimusnahkan pada ${formatDate(on, 'id')} dengan berita acara nomor ${number}. Isinya tidak ada lagi; nomor, tanggal, dan sidiknya tetap tercatat.`,
      `This record was destroyed on ${formatDate(on, 'en')} by record number ${number}. Its content is gone; number, date and digest stay on file.`,
    ),
  destroyedBy: (on: LocalDate, number: string): Text =>
    both(
      `Dimusnahkan ${formatDate(on, 'id')}, BA ${number}`,
      `Destroyed ${formatDate(on, 'en')}, record ${number}`,
    ),
  verifyTitle: both(
    'Surat ini pernah terbit dan arsipnya sudah dimusnahkan',
    'This letter was issued, and its record was destroyed',
  ),
  verifyText: (on: LocalDate, number: string): Text =>
    both(
      `Surat dengan sidik di bawah ini pernah ada dan terbit dari kantor ini. Arsipnya dimusnahkan pada ${formatDate(on, 'id')} sesuai jadwal retensi, dengan berita acara nomor ${number}. Salinan yang Anda pegang masih dapat dibandingkan.`,
      `A letter with the digest below existed and was issued by this office. Its record was destroyed on ${formatDate(on, 'en')} under the retention schedule, by record number ${number}. A copy that you hold can still be compared.`,
    ),
} as const
