import type { Text } from '../refused.ts'

const kept = {
  id: 'Tidak ada yang hilang; sistem mencoba lagi.',
  en: 'Nothing was lost; the system will try again.',
}

/** What can stand between Ranah and a site host reached by SSH. */
export const siteHostText = {
  notReached: (where: string): Text => ({
    id: `Server situs ${where} tidak dapat dihubungi lewat SSH. ${kept.id} Periksa apakah server hidup dan portnya terbuka.`,
    en: `The site host ${where} cannot be reached by SSH. ${kept.en} Check that it is running and its port is open.`,
  }),
  keyDiffers: (where: string, seen: string): Text => ({
    id: `Server ${where} menunjukkan kunci SSH lain (${seen}) daripada yang dicatat. Tidak ada yang dikirim. Jika server memang diganti, catat kuncinya yang baru; jika tidak, mungkin ada pihak lain di tengah.`,
    en: `The host ${where} shows another SSH key (${seen}) than the one on record. Nothing was sent. If the host was replaced, record its new key; if not, somebody may stand in between.`,
  }),
  keyRefused: (where: string): Text => ({
    id: `Server ${where} menolak kunci Ranah. ${kept.id} Pasang kembali kuncinya dengan "ranah host prepare".`,
    en: `The host ${where} refuses Ranah's key. ${kept.en} Install the key again with "ranah host prepare".`,
  }),
  strangeAnswer: (where: string): Text => ({
    id: `Server ${where} tidak memberi jawaban yang utuh, jadi hasilnya belum diketahui. ${kept.id} Jika terus begini, jalankan "ranah host prepare" lagi.`,
    en: `The host ${where} gave no whole answer, so the outcome is unknown. ${kept.en} If it stays so, run "ranah host prepare" again.`,
  }),
  tooSlow: (where: string): Text => ({
    id: `Server ${where} tidak menjawab tepat waktu, jadi hasilnya belum diketahui. ${kept.id}`,
    en: `The host ${where} did not answer in time, so the outcome is unknown. ${kept.en}`,
  }),
  fault: (where: string): Text => ({
    id: `Pembantu Ranah di server ${where} gagal di tengah pekerjaan. ${kept.id} Pekerjaan yang diulang melanjutkan yang tertinggal.`,
    en: `Ranah's helper on the host ${where} failed in the middle. ${kept.en} The repeated work takes up what was left.`,
  }),
  reached: (where: string): Text => ({
    id: `Server ${where} dapat dihubungi, kunci SSH-nya cocok, dan pembantu Ranah menjawab.`,
    en: `The host ${where} can be reached, its SSH key matches, and Ranah's helper answers.`,
  }),
  offers: (kinds: Text, databases: string): Text => ({
    id: `Server ini menyediakan ${kinds.id}${databases ? `, dengan basis data ${databases}` : ', tanpa basis data'}.`,
    en: `This host offers ${kinds.en}${databases ? `, with ${databases} databases` : ', without databases'}.`,
  }),
  diskLimit: {
    enforced: {
      id: 'Sistem berkas (btrfs) membatasi setiap situs; unggahan SFTP yang melewati batas ditolak.',
      en: 'The file system (btrfs) limits every site; an SFTP upload beyond the limit is refused.',
    },
    'other-file-system': {
      id: 'Unggahan SFTP tidak dibatasi di server ini: /srv/ranah tidak terletak pada btrfs. Arsip ZIP tetap dibatasi.',
      en: 'SFTP uploads are not limited on this host: /srv/ranah does not lie on btrfs. ZIP archives still are.',
    },
    'quotas-off': {
      id: 'Unggahan SFTP tidak dibatasi di server ini: kuota btrfs belum aktif. Aktifkan dengan "btrfs quota enable /srv/ranah". Arsip ZIP tetap dibatasi.',
      en: 'SFTP uploads are not limited on this host: btrfs quotas are off. Switch them on with "btrfs quota enable /srv/ranah". ZIP archives still are.',
    },
    'no-program': {
      id: 'Unggahan SFTP tidak dibatasi di server ini: paket btrfs-progs belum terpasang. Arsip ZIP tetap dibatasi.',
      en: 'SFTP uploads are not limited on this host: the package btrfs-progs is not installed. ZIP archives still are.',
    },
  },
  /** @param by in words, how far the clock of the host is from Ranah's */
  clockDiffers: (where: string, by: Text, isAhead: boolean): Text => ({
    id: `Jam server ${where} lebih ${isAhead ? 'cepat' : 'lambat'} ${by.id} daripada jam Ranah. Situs tetap dilayani, tetapi tanggal di log dan di portal keliru, log tidak diputar tepat waktu, dan sertifikat dapat ditolak. Samakan kedua jam lewat NTP (systemd-timesyncd atau chrony).`,
    en: `The clock of the host ${where} is ${by.en} ${isAhead ? 'ahead of' : 'behind'} Ranah's. Sites are served all the same, but dates in logs and in the portal are wrong, logs are not rotated in time, and a certificate may be refused. Set both clocks by NTP (systemd-timesyncd or chrony).`,
  }),
  webAnswers: (where: string): Text => ({
    id: `Server web di ${where} menjawab.`,
    en: `The web server on ${where} answers.`,
  }),
  webSilent: (where: string): Text => ({
    id: `Server web di ${where} tidak menjawab. Jalankan nginx di server itu atau buka portnya.`,
    en: `The web server on ${where} does not answer. Start nginx on that host or open its port.`,
  }),
} as const
