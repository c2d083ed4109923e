import type { Text } from '../refused.ts'

const both = (id: string, en: string): Text => ({ id, en })

/** The notice that a service will be deactivated: the letter, and the page on which it is prepared. */
export const noticeText = {
  title: both('Pemberitahuan penonaktifan', 'Notice of deactivation'),
  lead: both(
    'Surat disusun dari data layanan, mendapat nomor register surat keluar dan kode verifikasi, lalu menunggu tanda tangan pejabat atau siap dicetak. Nomor yang sudah diambil tidak dapat dihapus, hanya dibatalkan. Layanan tidak ditutup dengan sendirinya.',
    'The letter is set from what is known of the service, takes a number of the register of outgoing letters and a code for verification, and then waits for its signature or is ready to print. A number that was taken can be voided, not deleted. The service does not close by itself.',
  ),
  date: both('Tanggal penonaktifan', 'Day of deactivation'),
  dateHint: both('Paling cepat besok.', 'Tomorrow at the earliest.'),
  ground: both('Dasar penonaktifan', 'Ground'),
  groundHint: both(
    'Tulis ketentuan atau keadaan yang mendasarinya; tercetak persis seperti ini.',
    'Name the rule or the fact; it is printed exactly as written.',
  ),
  runOut: (date: string): Text =>
    both(
      `Masa pendaftaran layanan berakhir tanggal ${date} dan belum didaftarkan ulang.`,
      `The registration ended on ${date} and was not renewed.`,
    ),
  runsOut: (date: string): Text =>
    both(`Masa pendaftaran layanan berakhir tanggal ${date}.`, `The registration ends on ${date}.`),
  make: both('Beri nomor dan susun surat', 'Number and set the letter'),
  made: both('Surat bernomor dan sedang disusun.', 'The letter has its number and is being set.'),
  dateTooEarly: both(
    'Tanggal penonaktifan harus sesudah hari ini. Surat belum disusun; pilih tanggal lain.',
    'The day of deactivation must be after today. No letter was set; choose another day.',
  ),
  closed: both(
    'Layanan ini sudah ditutup, jadi tidak ada yang perlu diberitahukan. Tidak ada yang diubah.',
    'This service is closed already, so there is nothing to give notice of. Nothing was changed.',
  ),
  nature: both('Penting', 'Important'),
  subject: (fqdn: string): Text =>
    both(`Pemberitahuan Penonaktifan Layanan ${fqdn}`, `Notice of Deactivation of ${fqdn}`),
  opening: (agency: string): Text =>
    both(
      `Dengan hormat, bersama ini kami sampaikan bahwa layanan berikut yang terdaftar atas nama ${agency} akan dinonaktifkan:`,
      `We give notice that the following service, registered for ${agency}, will be deactivated:`,
    ),
  until: both('Terdaftar sampai dengan', 'Registered until'),
  effects: (date: string): Text => both(`Mulai tanggal ${date}:`, `From ${date}:`),
  nameGone: (fqdn: string): Text =>
    both(
      `alamat ${fqdn} tidak lagi mengarah ke sistem elektronik Saudara;`,
      `the address ${fqdn} no longer leads to your electronic system;`,
    ),
  siteGone: both(
    'situs pada alamat tersebut tidak dapat dibuka lagi, sehingga salinan isinya agar Saudara simpan sebelum tanggal itu.',
    'the site at that address can no longer be opened, so please keep a copy of its content before that day.',
  ),
  avoid: both(
    'Penonaktifan tidak dilakukan apabila sebelum tanggal tersebut Saudara:',
    'The service stays if before that day you:',
  ),
  renew: (portal: string): Text =>
    both(
      `mengajukan pendaftaran ulang melalui portal layanan ${portal}; atau`,
      `apply for re-registration through the portal ${portal}; or`,
    ),
  answer: both(
    'menyampaikan tanggapan tertulis kepada kami beserta alasannya.',
    'send us a written answer with your reasons.',
  ),
  closure: both(
    'Apabila layanan memang tidak dipakai lagi, kami mohon Saudara mengajukan penutupan layanan melalui portal yang sama.',
    'If the service is no longer used, please apply for its closure through the same portal.',
  ),
} as const
