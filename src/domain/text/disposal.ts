import { formatDate } from '../dates/indonesian.ts'
import type { LocalDate } from '../dates/zones.ts'
import type { Text } from '../refused.ts'

const both = (id: string, en: string): Text => ({ id, en })

/** Words of the proposals of destruction: pages and refusals. */
export const disposalTexts = {
  title: both('Usul musnah', 'Proposals of destruction'),
  lead: both(
    'Arsip yang habis masa simpannya diusulkan musnah, dinilai, disetujui orang lain, lalu dimusnahkan dengan berita acara. Sampai langkah terakhir semuanya masih dapat dibatalkan.',
    'Records past their time are proposed, appraised, approved by another person, and destroyed with a record. Until the last step everything can be called off.',
  ),
  one: (date: LocalDate): Text =>
    both(`Usul musnah ${formatDate(date, 'id')}`, `Proposal of ${formatDate(date, 'en')}`),
  status: both('Status', 'Status'),
  statuses: {
    proposed: both('Menunggu persetujuan', 'Waiting for approval'),
    approved: both('Disetujui', 'Approved'),
    destroyed: both('Dimusnahkan', 'Destroyed'),
    dropped: both('Dibatalkan', 'Called off'),
  },
  next: {
    proposed: both(
      'Periksa daftarnya dan kecualikan yang masih diperlukan. Kepala Dinas, bukan penyusun usul, lalu menyetujui di halaman ini dengan nomor persetujuan tertulis.',
      'Look through the list and keep what is still needed. The head of the office, who must not be the proposer, then approves on this page with the number of the written consent.',
    ),
    approved: both(
      'Disetujui. Operator atau administrator melaksanakannya di halaman ini dengan dua saksi; sebelum itu belum ada yang hilang.',
      'Approved. An operator or administrator carries it out on this page with two witnesses; nothing is gone before that.',
    ),
    destroyed: both(
      'Selesai. Berita acara berada di register surat keluar; nomor, tanggal, dan sidik setiap arsip tetap tercatat.',
      'Done. The record stands in the register of outgoing letters; number, date and digest of each paper stay.',
    ),
    dropped: both('Dibatalkan. Semua arsipnya tetap tersimpan.', 'Called off. All of it is kept.'),
  },
  proposedAt: both('Diusulkan', 'Proposed'),
  proposedBy: both('Oleh', 'By'),
  count: both('Arsip', 'Records'),
  record: both('Berita acara', 'Record'),
  none: both('Belum ada usul musnah', 'No proposals yet'),
  noneNext: both(
    'Bila ada arsip yang jatuh tempo, susun usul dari sini. Tidak ada yang musnah sebelum disetujui.',
    'Once records are due, make a proposal here. Nothing is destroyed before it is approved.',
  ),
  make: both('Susun usul musnah', 'Make a proposal'),
  makeHint: (count: number): Text =>
    both(
      `Semua arsip jatuh tempo dari baris yang sudah disahkan masuk, paling banyak ${count} sekali usul, yang terlama lebih dahulu. Satu per satu masih dapat dikecualikan.`,
      `Everything due from confirmed lines goes in, at most ${count} a proposal, the oldest first. Each can still be kept.`,
    ),
  withReview: both(
    'Sertakan arsip yang nasib akhirnya "Dinilai kembali"',
    'With records whose final fate is "Review"',
  ),
  withReviewHint: both(
    'Sertakan hanya bila panitia penilai memutuskan arsip itu tidak perlu disimpan lagi.',
    'Only where the appraisal came to it that they need not be kept.',
  ),
  made: both(
    'Usul musnah disusun. Kepala dinas dapat menyetujuinya.',
    'The proposal was made. The head of the office can approve it.',
  ),
  nothingDue: both(
    'Tidak ada arsip jatuh tempo yang dapat diusulkan: belum habis masa simpannya, barisnya belum disahkan, atau sudah ada dalam usul lain. Tidak ada yang berubah.',
    'No record can be proposed: their time is not over, their lines are not confirmed, or they stand in another proposal. Nothing changed.',
  ),
  raced: both(
    'Orang lain baru saja mengusulkan arsip yang sama. Usul Anda tidak dibuat; buka usul yang sudah ada.',
    'Somebody else proposed the same records just now. Yours was not made; open theirs.',
  ),
  items: both('Daftar arsip usul musnah', 'Records proposed'),
  name: both('Arsip', 'Record'),
  kind: both('Jenis', 'Kind'),
  filedOn: both('Tanggal', 'Date'),
  dueOn: both('Habis masa simpan', 'Time over on'),
  fate: both('Nasib akhir', 'Final fate'),
  state: both('Keputusan', 'Decision'),
  states: {
    proposed: both('Diusulkan musnah', 'Proposed'),
    kept: both('Disimpan', 'Kept'),
    destroyed: both('Dimusnahkan', 'Destroyed'),
    dropped: both('Usul dibatalkan', 'Called off'),
  },
  keep: both('Kecualikan', 'Keep'),
  keepTitle: (name: string): Text => both(`Simpan ${name}`, `Keep ${name}`),
  keepRecord: both('Arsip yang disimpan', 'Record to keep'),
  keepReason: both('Alasan disimpan', 'Reason to keep'),
  keepFor: both('Disimpan', 'Keep for'),
  keepTerms: {
    '1': both('1 tahun lagi, lalu dinilai kembali', '1 year, then appraised again'),
    '5': both('5 tahun lagi, lalu dinilai kembali', '5 years, then appraised again'),
    permanent: both('Permanen', 'Permanently'),
  },
  kept: both('Arsip dikeluarkan dari usul dan tetap disimpan.', 'The record left the proposal and is kept.'),
  notOpen: both(
    'Usul ini sudah selesai atau dibatalkan, jadi tidak dapat diubah lagi. Tidak ada yang berubah.',
    'This proposal is finished or called off and cannot change any more. Nothing changed.',
  ),
  notListed: both(
    'Arsip ini tidak (lagi) diusulkan di sini. Tidak ada yang berubah; muat ulang halamannya.',
    'This record is not proposed here (any more). Nothing changed; reload the page.',
  ),
  approve: both('Setujui pemusnahan', 'Approve the destruction'),
  approveTitle: both(
    'Anda menyetujui pemusnahan semua arsip yang masih diusulkan di atas. Isinya belum hilang: petugas arsip melaksanakannya dengan berita acara.',
    'You approve that everything still proposed above is destroyed. Nothing is gone yet: the archivist carries it out with a record.',
  ),
  consent: both('Nomor surat persetujuan', 'Number of the written consent'),
  consentHint: both(
    'Persetujuan tertulis bupati, wali kota, atau gubernur. Untuk retensi 10 tahun atau lebih: persetujuan Kepala ANRI (PP 28/2012; Perka ANRI 37/2016).',
    'The written consent of the regent, mayor or governor; for 10 years of retention or more, of the head of the national archive (PP 28/2012; Perka ANRI 37/2016).',
  ),
  needsNational: (count: number): Text =>
    both(
      `${count} arsip dalam usul ini beretensi 10 tahun atau lebih. Nomor persetujuan harus dari Kepala ANRI.`,
      `${count} of these records have 10 years of retention or more. The consent has to be that of the national archive.`,
    ),
  consentDate: both('Tanggal surat persetujuan', 'Date of the consent'),
  consentLater: both(
    'Tanggal surat persetujuan belum tiba. Usul belum disetujui; periksa tanggalnya.',
    'The consent is dated later than today. Nothing was approved; check the date.',
  ),
  approved: both(
    'Usul disetujui. Petugas arsip dapat melaksanakan pemusnahan.',
    'The proposal was approved. The archivist can carry it out.',
  ),
  ownProposal: both(
    'Anda yang menyusun usul ini, jadi orang lain yang menyetujuinya. Tidak ada yang berubah.',
    'You made this proposal, so somebody else approves it. Nothing changed.',
  ),
  approvedBefore: both(
    'Usul ini sudah diputuskan. Tidak ada yang berubah; muat ulang halamannya.',
    'This proposal was decided already. Nothing changed; reload the page.',
  ),
  notApproved: both(
    'Usul ini belum disetujui orang lain, jadi belum dapat dilaksanakan. Tidak ada yang berubah.',
    'This proposal was not approved by another person yet. Nothing changed.',
  ),
  nothingLeft: both(
    'Tidak ada lagi arsip dalam usul ini yang boleh dimusnahkan: semuanya disimpan, ditahan, atau masih dipakai. Tidak ada yang berubah; batalkan usulnya.',
    'Nothing in this proposal may be destroyed any more: all is kept, held or in use. Nothing changed; call the proposal off.',
  ),
  noLongerDue: both(
    'Tidak jatuh tempo lagi saat diperiksa ulang: jadwal berubah, ditahan, atau dipakai kembali.',
    'Not due any more when looked at again: the schedule changed, it is held, or in use again.',
  ),
  destroy: both('Musnahkan sekarang', 'Destroy now'),
  destroyTitle: both(
    'Isi semua arsip yang masih diusulkan hilang untuk selamanya dan tidak dapat dikembalikan. Nomor, tanggal, dan sidiknya tetap tercatat. Cadangan (backup) yang sudah ada masih memuatnya sampai masa simpan cadangan itu habis.',
    'The content of everything still proposed goes for good and cannot come back. Numbers, dates and digests stay. Backups that exist hold it until their own time is over.',
  ),
  witnessHint: both(
    'Perka ANRI 37/2016: disaksikan pejabat unit hukum dan unit pengawasan.',
    'Perka ANRI 37/2016: witnessed by officers of the legal and of the supervising unit.',
  ),
  legalName: both('Saksi unit hukum: nama', 'Witness of the legal unit: name'),
  legalPost: both('Saksi unit hukum: jabatan', 'Witness of the legal unit: post'),
  auditName: both('Saksi unit pengawasan: nama', 'Witness of the supervising unit: name'),
  auditPost: both('Saksi unit pengawasan: jabatan', 'Witness of the supervising unit: post'),
  sure: both('Ya, musnahkan arsip yang disetujui', 'Yes, destroy what was approved'),
  destroyed: (count: number, number: string): Text =>
    both(
      `${count} arsip dimusnahkan. Berita acara nomor ${number} sedang disusun.`,
      `${count} records were destroyed. Record number ${number} is being set.`,
    ),
  drop: both('Batalkan usul', 'Call the proposal off'),
  dropTitle: both(
    'Arsipnya tetap tersimpan dan kembali berstatus jatuh tempo.',
    'The records stay and are due again.',
  ),
  dropReason: both('Alasan membatalkan', 'Reason to call it off'),
  dropped: both(
    'Usul dibatalkan; arsipnya tetap tersimpan.',
    'The proposal was called off; the records stay.',
  ),
  reissue: both('Terbitkan ulang berita acara', 'Issue the record again'),
  reissueTitle: both(
    'Berita acara sebelumnya dibatalkan. Berita acara baru memuat daftar yang sama dengan nomor baru.',
    'The record before was voided. The new one has the same list and a new number.',
  ),
  reissued: both(
    'Berita acara baru bernomor dan sedang disusun.',
    'The new record has its number and is being set.',
  ),
  notVoided: both(
    'Berita acara usul ini masih berlaku, jadi tidak diterbitkan ulang. Tidak ada yang berubah.',
    'The record of this proposal stands, so it is not issued again. Nothing changed.',
  ),
  by: (name: string, on: string): Text => both(`${name}, ${on}`, `${name}, ${on}`),
  approvedBy: both('Disetujui oleh', 'Approved by'),
  consentOf: both('Persetujuan tertulis', 'Written consent'),
  destroyedAt: both('Dimusnahkan', 'Destroyed'),
  droppedAt: both('Dibatalkan', 'Called off'),
} as const

/** Words of the paper: Berita Acara Pemusnahan Arsip with its list. */
export const destructionPaper = {
  title: both('BERITA ACARA PEMUSNAHAN ARSIP', 'RECORD OF THE DESTRUCTION OF ARCHIVES'),
  opening: (inWords: string, date: string, place: string): Text =>
    both(
      `Pada hari ini, ${inWords} (${date}), bertempat di ${place}, berdasarkan jadwal retensi arsip, telah dilakukan pemusnahan arsip dengan keterangan sebagai berikut:`,
      `On this day, ${inWords} (${date}), at ${place}, records were destroyed under the retention schedule, as follows:`,
    ),
  consent: both('Persetujuan tertulis', 'Written consent'),
  consentOf: (number: string, date: string): Text =>
    both(`Nomor ${number} tanggal ${date}`, `Number ${number} of ${date}`),
  approver: both('Disetujui oleh', 'Approved by'),
  amount: both('Jumlah arsip', 'Number of records'),
  amountOf: (count: number): Text =>
    both(`${count} berkas, menurut daftar terlampir`, `${count} files, by the list attached`),
  way: both('Cara pemusnahan', 'Way of destruction'),
  wayText: both(
    'Isi berkas elektronik dihapus dari basis data sehingga tidak dapat dibuka lagi. Nomor, tanggal, dan sidik SHA-256 setiap berkas tetap tersimpan di buku log sebagai bukti. Salinan dalam cadangan hilang saat masa simpan cadangan itu habis.',
    'The content of the electronic files was erased from the database, so that nobody can open it. Number, date and SHA-256 digest of each file stay in the logbook as proof. Copies in backups go when the time of the backup is over.',
  ),
  law: both('Dasar', 'Basis'),
  lawText: both(
    'Undang-Undang Nomor 43 Tahun 2009 tentang Kearsipan; Peraturan Pemerintah Nomor 28 Tahun 2012; Peraturan Kepala ANRI Nomor 37 Tahun 2016 tentang Pedoman Penyusutan Arsip.',
    'Law 43/2009 on archives; Government Regulation 28/2012; Regulation 37/2016 of the head of the national archive.',
  ),
  closing: both(
    'Demikian berita acara ini dibuat dengan sesungguhnya untuk dipergunakan sebagaimana mestinya.',
    'This record was made in truth, to be used as is due.',
  ),
  list: both('DAFTAR ARSIP YANG DIMUSNAHKAN', 'LIST OF THE RECORDS DESTROYED'),
  code: both('Kode', 'Code'),
  record: both('Uraian arsip', 'Record'),
  filedOn: both('Tanggal', 'Date'),
  years: both('Retensi', 'Retention'),
  yearsOf: (years: number): Text => both(`${years} tahun`, `${years} years`),
  digest: both('Sidik SHA-256', 'SHA-256 digest'),
  witness: both('Saksi,', 'Witness,'),
} as const
