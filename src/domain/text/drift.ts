import type { Text } from '../refused.ts'

/** Differences between what name servers say and what is registered. */
export const driftTexts = {
  title: { id: 'Perbedaan DNS', en: 'DNS differences' },
  lead: {
    id: 'Data di server DNS yang tidak sama dengan yang tercatat di registri. Setiap malam semua domain dibandingkan.',
    en: 'Records on the name servers that are not what the registry says. Every domain is compared each night.',
  },
  compare: { id: 'Bandingkan sekarang', en: 'Compare now' },
  action: { id: 'Tindakan', en: 'Action' },
  asked: {
    id: 'Domain sedang dibandingkan. Muat ulang halaman ini untuk melihat hasilnya.',
    en: 'The domain is being compared. Reload this page to see the result.',
  },
  zones: { id: 'Domain', en: 'Domains' },
  zone: { id: 'Domain', en: 'Domain' },
  allZones: { id: 'Semua domain', en: 'All domains' },
  show: { id: 'Tampilkan', en: 'Show' },
  comparedAt: { id: 'Terakhir dibandingkan', en: 'Last compared' },
  never: { id: 'Belum pernah', en: 'Never' },
  state: { id: 'Keadaan', en: 'State' },
  pending: { id: 'Sedang dibandingkan', en: 'Being compared' },
  answered: { id: 'Server menjawab', en: 'The server answered' },
  unknown: { id: 'Tidak diketahui', en: 'Unknown' },
  unknownNote: {
    id: 'Daftar perbedaan tetap seperti pada perbandingan terakhir.',
    en: 'The list of differences stays as it was at the last comparison.',
  },
  open: { id: 'Perbedaan yang belum diputuskan', en: 'Differences that are not decided' },
  none: { id: 'Tidak ada perbedaan', en: 'No differences' },
  noneNext: {
    id: 'Pada perbandingan terakhir, isi server DNS sama dengan registri.',
    en: 'At the last comparison the name servers said what the registry says.',
  },
  noneYet: {
    id: 'Belum ada domain yang dibandingkan. Tekan "Bandingkan sekarang" pada domain di atas.',
    en: 'No domain was compared yet. Press "Compare now" at a domain above.',
  },
  name: { id: 'Nama', en: 'Name' },
  type: { id: 'Jenis', en: 'Type' },
  kind: { id: 'Perbedaan', en: 'Difference' },
  kinds: {
    missing: { id: 'Hilang dari server', en: 'Missing on the server' },
    unexpected: { id: 'Tidak tercatat', en: 'Not registered' },
    differs: { id: 'Isi berbeda', en: 'Other content' },
  },
  registered: { id: 'Di registri', en: 'In the registry' },
  live: { id: 'Di server', en: 'On the server' },
  absent: { id: 'tidak ada', en: 'none' },
  ttl: (seconds: number): Text => ({ id: `TTL ${seconds} detik`, en: `TTL ${seconds} seconds` }),
  foundAt: { id: 'Ditemukan', en: 'Found' },
  statuses: {
    open: { id: 'Belum diputuskan', en: 'Not decided' },
    reverting: { id: 'Sedang dipulihkan', en: 'Being restored' },
    adopted: { id: 'Diterima ke registri', en: 'Taken into the registry' },
    reverted: { id: 'Dipulihkan di server', en: 'Restored on the server' },
    gone: { id: 'Sudah tidak ada', en: 'No longer there' },
  },
  waiting: { id: 'Menunggu persetujuan', en: 'Waits for a second person' },
  proposedBy: { id: 'Diusulkan oleh', en: 'Proposed by' },
  proposalIs: { id: 'Usul', en: 'Proposal' },
  decidedBy: { id: 'Disetujui oleh', en: 'Confirmed by' },
  decide: { id: 'Usulkan keputusan', en: 'Propose a decision' },
  decideLead: {
    id: 'Usul baru dijalankan setelah disetujui Kepala Bidang atau Kepala Dinas yang lain dari pengusul.',
    en: 'A proposal is carried out once a head of division or of the office other than the proposer confirms it.',
  },
  confirmTitle: { id: 'Usul yang menunggu persetujuan', en: 'Proposal that waits for a second person' },
  confirm: { id: 'Setujui', en: 'Confirm' },
  turnDown: { id: 'Tolak usul', en: 'Turn down' },
  takeBack: { id: 'Tarik usul', en: 'Take back' },
  waitsForOther: {
    id: 'Kepala Bidang atau Kepala Dinas yang lain dari pengusul harus menyetujui usul ini.',
    en: 'A head of division or of the office other than the proposer has to confirm this.',
  },
  largeTitle: { id: 'Perubahan besar', en: 'Large change' },
  large: (touched: number, total: number): Text => ({
    id: `Bersama pemulihan lain dalam 24 jam terakhir, ${touched} dari ${total} kumpulan record domain ini diubah. Periksa dahulu; bila memang benar, tulis angka ${touched} sebagai tanda persetujuan.`,
    en: `Together with the other reverts of the last 24 hours this changes ${touched} of ${total} record sets of the domain. Check first; if it is right, sign by writing the number ${touched}.`,
  }),
  number: { id: 'Jumlah kumpulan record yang diubah', en: 'Number of record sets that change' },
  reason: { id: 'Alasan', en: 'Reason' },
  reasonHint: {
    id: 'Dicatat di buku log. Jangan menulis data pribadi.',
    en: 'It goes into the logbook. Do not write personal data.',
  },
  adopt: { id: 'Terima isi server', en: 'Adopt what the server says' },
  adoptTitle: {
    id: 'Registri mengikuti server. Data di server tidak berubah.',
    en: 'The registry follows the server. Nothing changes on the server.',
  },
  revert: { id: 'Pulihkan isi registri', en: 'Restore what is registered' },
  revertTitle: {
    id: 'Server dikembalikan ke isi registri, asalkan isinya masih sama seperti di atas.',
    en: 'The server is put back to what is registered, provided that it still is as shown above.',
  },
  proposals: {
    adopt: { id: 'Registri mengikuti isi server', en: 'The registry follows the server' },
    revert: { id: 'Server dikembalikan ke isi registri', en: 'The server is put back to the registry' },
  },
  proposed: {
    id: 'Usul dicatat dan menunggu persetujuan orang kedua. Belum ada yang berubah.',
    en: 'The proposal is recorded and waits for a second person. Nothing has changed yet.',
  },
  turnedDownDone: {
    id: 'Usul tidak dijalankan. Tidak ada yang berubah.',
    en: 'The proposal is not carried out. Nothing changed.',
  },
  adopted: { id: 'Registri sekarang sama dengan server.', en: 'The registry now says what the server says.' },
  reverting: {
    id: 'Pemulihan dimulai. Hasilnya terlihat di halaman ini.',
    en: 'Restoring has begun. The result shows on this page.',
  },
  lookOnly: {
    id: 'Operator atau Kepala Bidang mengusulkan keputusan atas perbedaan ini.',
    en: 'An operator or the head of division proposes a decision on this difference.',
  },
  tooMany: (count: number, most: number): Text => ({
    id: `Ada ${count} perbedaan, lebih dari ${most}. Tidak ada yang dicatat; ambil alih isi domain ini ke registri dahulu.`,
    en: `There are ${count} differences, more than ${most}. None was recorded; take the domain over into the registry first.`,
  }),
  decided: {
    id: 'Perbedaan ini sudah diputuskan atau sudah tidak ada. Tidak ada yang berubah; lihat keadaannya sekarang.',
    en: 'This difference was decided already or is gone. Nothing changed; see how it stands now.',
  },
  alreadyProposed: {
    id: 'Sudah ada usul untuk perbedaan ini. Tidak ada yang berubah; setujui atau tolak usul itu dahulu.',
    en: 'Something has been proposed for this difference already. Nothing changed; confirm it or turn it down first.',
  },
  notProposed: {
    id: 'Usul itu tidak ada lagi. Tidak ada yang berubah; lihat keadaan perbedaan ini sekarang.',
    en: 'That proposal is not there any more. Nothing changed; see how this difference stands now.',
  },
  samePerson: {
    id: 'Usul sendiri tidak dapat disetujui sendiri. Tidak ada yang berubah; mintalah Kepala Bidang atau Kepala Dinas yang lain.',
    en: 'Nobody confirms their own proposal. Nothing changed; ask another head of division or of the office.',
  },
  turnedDown: (why: string): Text => ({
    id: `Usul sebelumnya tidak disetujui: ${why}`,
    en: `The proposal before was not confirmed: ${why}`,
  }),
  outdated: {
    id: 'Isi registri berubah sejak perbedaan ini ditemukan. Tidak ada yang berubah; bandingkan domain ini lagi.',
    en: 'The registry changed since this difference was found. Nothing changed; compare the domain again.',
  },
  changedAgain: {
    id: 'Isi server berubah lagi sejak perbedaan ini ditemukan, sehingga tidak ada yang dipulihkan. Bandingkan domain ini lagi, lalu putuskan.',
    en: 'The server changed again since this difference was found, so nothing was restored. Compare the domain again, then decide.',
  },
} as const
