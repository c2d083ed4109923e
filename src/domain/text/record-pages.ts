import type { Text } from '../refused.ts'

const say = (id: string, en: string): Text => ({ id, en })

/** The table of records in the application, and the plan of its change on the desk. */
export const recordFormTexts = {
  title: say('Tabel record DNS', 'Table of DNS records'),
  lead: (fqdn: string): Text =>
    say(
      `Inilah record pada ${fqdn} dan nama di bawahnya. Ubah isinya, isi baris kosong untuk menambah, atau centang "Hapus". Setelah disetujui, hanya isi tabel ini yang berlaku.`,
      `These are the records at ${fqdn} and the names below it. Change them, fill in an empty row to add one, or tick "Remove". Once approved, this table is all there is.`,
    ),
  live: say(
    'Tabel diisi dari server DNS yang sekarang berlaku.',
    'The table was filled in from the live name server.',
  ),
  notLive: say(
    'Server DNS tidak menjawab, jadi tabel diisi dari catatan Ranah. Periksa isinya sebelum mengirim.',
    'The name server did not answer, so the table was filled in from the registry. Check it before sending.',
  ),
  noService: say(
    'Pilih layanannya lebih dulu pada tahap "Jenis dan nama"; tabel record lalu terisi sendiri.',
    'Choose the service first under "Kind and name"; the table of records then fills itself in.',
  ),
  row: (no: number): Text => say(`Record ${no}`, `Record ${no}`),
  emptyRow: (no: number): Text => say(`Record ${no}, baris kosong`, `Record ${no}, an empty row`),
  rowColumn: (no: number, column: Text): Text =>
    say(`Record ${no}, ${column.id.toLowerCase()}`, `Record ${no}, ${column.en.toLowerCase()}`),
  name: say('Nama', 'Name'),
  type: say('Jenis', 'Type'),
  chooseType: say('Pilih', 'Choose'),
  value: say('Isi', 'Value'),
  ttl: say('TTL (detik)', 'TTL (seconds)'),
  gone: say('Hapus', 'Remove'),
  addRows: say('Tambah baris', 'Add rows'),
  help: say('Cara menulis tiap jenis record', 'How to write each type of record'),
  helpName: say(
    'Nama: kosongkan untuk nama layanan sendiri, atau tulis bagian depannya saja (mis. mail), atau nama lengkapnya.',
    "Name: leave it empty for the service's own name, or write the part in front (e.g. mail), or the full name.",
  ),
  none: say('Belum ada record.', 'No records yet.'),

  keptNote: (count: number): Text =>
    say(`${count} kumpulan record lain tidak berubah.`, `${count} other record sets stay as they are.`),
  blocked: say('Rencana ini belum boleh dijalankan', 'This plan must not run yet'),
  notice: say('Perlu diperhatikan', 'Please note'),
  allowTitle: say('Izinkan perubahan besar', 'Allow the large change'),
  allowLabel: say('Izinkan perubahan besar ini', 'Allow this large change'),
  allowText: (touched: number, of: number): Text =>
    say(
      `Anda mengizinkan rencana ini mengubah atau menghapus ${touched} dari ${of} kumpulan record dalam zona. Angka dan alasan Anda dicatat di buku log. Izin hanya berlaku untuk rencana yang tampil sekarang.`,
      `You allow this plan to change or remove ${touched} of the zone's ${of} record sets. The numbers and your reason go into the logbook. It holds only for the plan shown now.`,
    ),
  allowNumber: say(
    'Jumlah kumpulan record yang diubah atau dihapus',
    'Number of record sets changed or removed',
  ),
  allowReason: say('Alasan', 'Reason'),
  allowSend: say('Izinkan dan catat', 'Allow and record'),
  allowDone: say('Izin dicatat di buku log.', 'The permission is recorded in the logbook.'),
  allowWaits: say(
    'Kepala bidang atau kepala dinas memberikan izin itu di halaman ini.',
    'The head of division or of the office gives that permission on this page.',
  ),
  reverse: say('Balikkan perubahan ini', 'Reverse this change'),
  reverseHint: say(
    'Membuat draf permohonan baru yang mengembalikan record seperti semula.',
    'Makes a new draft that puts the records back as they were.',
  ),
  reversed: say(
    'Draf permohonan pembalikan sudah dibuat. Lengkapi suratnya, lalu kirim.',
    'The draft that reverses the change was made. Add its letter, then send it.',
  ),
} as const
