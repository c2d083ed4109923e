import type { Text } from '../refused.ts'

const both = (id: string, en: string): Text => ({ id, en })

/** Words of the records retention schedule (Jadwal Retensi Arsip, JRA). */
export const scheduleTexts = {
  title: both('Jadwal retensi arsip', 'Records retention schedule'),
  lead: both(
    'Berapa lama setiap jenis arsip disimpan, dihitung sejak kapan, dan apa nasib akhirnya. Setiap perubahan tercatat di buku log.',
    'How long each kind of record is kept, from when it counts, and what becomes of it. Every change is an entry of the logbook.',
  ),
  columns: {
    code: both('Kode klasifikasi', 'Classification code'),
    title: both('Jenis arsip', 'Kind of record'),
    starts: both('Dihitung sejak', 'Counts from'),
    activeYears: both('Aktif tahun', 'Active years'),
    inactiveYears: both('Inaktif tahun', 'Inactive years'),
    fate: both('Nasib akhir', 'Final fate'),
    papers: both('Dipakai untuk', 'Used for'),
    state: both('Keadaan', 'State'),
  },
  starts: {
    filed: both('Tanggal arsip', 'Date of the record'),
    'request-ended': both('Permohonan selesai', 'Request ended'),
    'service-ended': both('Layanan ditutup', 'Service closed'),
    'appointment-ended': both('Penugasan berakhir', 'Appointment ended'),
  },
  startsHint: both(
    'Permohonan yang tidak menghasilkan layanan dihitung sejak permohonannya selesai.',
    'A request that led to no service counts from its own end.',
  ),
  fates: {
    destroy: both('Musnah', 'Destroy'),
    permanent: both('Permanen', 'Permanent'),
    review: both('Dinilai kembali', 'Review'),
  },
  papers: {
    application: both('Permohonan dan lampirannya', 'Applications with their attachments'),
    reply: both('Surat balasan', 'Reply letters'),
    'hand-over-note': both('Berita acara serah terima', 'Records of hand-over'),
    'deactivation-notice': both('Pemberitahuan penonaktifan', 'Notices of deactivation'),
    appointment: both('Surat tugas dan SK', 'Papers of appointment'),
    'destruction-record': both('Berita acara pemusnahan', 'Records of destruction'),
  },
  years: (years: number): Text => both(`${years} tahun`, years === 1 ? '1 year' : `${years} years`),
  isDefault: both('Bawaan, belum disahkan', 'Default, not confirmed'),
  isConfirmed: both('Sesuai JRA kantor', 'As the office has it'),
  defaultTitle: both(
    'Baris bawaan belum disesuaikan dengan JRA kantor',
    'Default lines are not aligned with the schedule of the office yet',
  ),
  defaultText: both(
    'Ranah datang dengan baris bawaan sebagai contoh. Cocokkan dengan JRA yang ditetapkan pimpinan kantor, ubah bila perlu, lalu sahkan. Arsip dari baris yang belum disahkan tidak dapat diusulkan musnah.',
    'Ranah comes with lines as an example. Compare them with the schedule that the head of the office has decreed, change what differs, then confirm. Records of a line that is not confirmed cannot be proposed for destruction.',
  ),
  confirm: both('Sahkan baris bawaan', 'Confirm the default lines'),
  confirmTitle: both(
    'Semua baris bawaan dinyatakan sesuai dengan JRA kantor. Sesudah itu arsip yang jatuh tempo dapat diusulkan musnah.',
    'All default lines are declared to be as the schedule of the office has them. Records that are due can be proposed for destruction after that.',
  ),
  basis: both('Dasar: nomor dan tanggal keputusan JRA', 'Basis: number and date of the decree'),
  basisHint: both(
    'Misalnya: Peraturan Bupati Nomor 12 Tahun 2025. Tercatat di buku log.',
    'For example: Peraturan Bupati Nomor 12 Tahun 2025. It stands in the logbook.',
  ),
  confirmed: both('Baris bawaan disahkan.', 'The default lines were confirmed.'),
  add: both('Tambah baris', 'Add a line'),
  change: both('Ubah baris', 'Change the line'),
  save: both('Simpan', 'Save'),
  saved: both('Jadwal retensi disimpan.', 'The schedule was saved.'),
  saveHint: both(
    'Baris yang disimpan dianggap sesuai dengan JRA kantor. Jadwal baru berlaku juga untuk arsip yang sudah ada.',
    'A line that is saved counts as what the schedule of the office says. It holds for records that exist as well.',
  ),
  remove: both('Hapus baris', 'Remove the line'),
  removeTitle: both(
    'Arsip yang memakai baris ini menjadi tanpa kelas dan tidak pernah jatuh tempo sampai dipasangkan ke baris lain.',
    'Records that go by this line have no class then, and are never due until they go by another one.',
  ),
  removed: both('Baris dihapus.', 'The line was removed.'),
  papersHint: both(
    'Setiap jenis hanya mengikuti satu baris; memilihnya di sini melepaskannya dari baris lain.',
    'Each kind goes by one line; choosing it here takes it from the other.',
  ),
  none: both('Belum ada baris', 'No lines yet'),
  noneNext: both(
    'Tambahkan baris atau impor JRA kantor. Selama kosong, tidak ada arsip yang jatuh tempo.',
    'Add a line or import the schedule of the office. While it is empty no record is due.',
  ),
  import: both('Impor dari CSV', 'Import from CSV'),
  importTitle: both(
    'Berkas mengganti seluruh jadwal. Unduh tabel di atas sebagai CSV untuk memakai bentuk yang sama.',
    'The file replaces the whole schedule. Download the table above as CSV for the same form.',
  ),
  file: both('Berkas CSV', 'CSV file'),
  fileMissing: both(
    'Pilih berkas CSV dahulu. Jadwal tidak berubah.',
    'Choose a CSV file first. The schedule did not change.',
  ),
  importButton: both('Ganti jadwal', 'Replace the schedule'),
  imported: (count: number): Text =>
    both(`Jadwal diganti: ${count} baris.`, `The schedule was replaced: ${count} lines.`),
  wrongCell: (column: Text, value: string): Text =>
    both(
      `Kolom "${column.id}" tidak dapat dipakai${value ? `: "${value}"` : ', selnya kosong'}. Jadwal tidak berubah.`,
      `The column "${column.en}" cannot be used${value ? `: "${value}"` : ', its cell is empty'}. The schedule did not change.`,
    ),
  lineTwice: (code: string, title: string): Text =>
    both(
      `Baris ${code} "${title}" ada dua kali. Jadwal tidak berubah; hapus salah satunya.`,
      `The line ${code} "${title}" stands there twice. The schedule did not change; take one out.`,
    ),
  paperTwice: (paper: Text): Text =>
    both(
      `"${paper.id}" dipasang pada dua baris. Jadwal tidak berubah; pilih satu baris saja.`,
      `"${paper.en}" goes by two lines. The schedule did not change; choose one line.`,
    ),
} as const
