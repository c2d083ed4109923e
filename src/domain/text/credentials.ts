/** What is said about the one-time page with the credentials. */
export const credentialTexts = {
  alreadyRevealed: {
    id: 'Kredensial ini sudah pernah dibuka dan tidak dapat ditampilkan lagi. Bila belum sempat dicatat, minta kredensial baru; yang lama langsung tidak berlaku.',
    en: 'These credentials were shown once and cannot be shown again. If you could not note them, ask for new ones; the old ones stop working at once.',
  },
  expired: {
    id: 'Masa buka kredensial ini sudah lewat. Layanan Anda tidak terganggu; minta kredensial baru.',
    en: 'The time to open these credentials has passed. Your service is not affected; ask for new ones.',
  },
  notHandedOver: {
    id: 'Layanan belum diserahkan menurut SOP. Kredensial dapat dibuka setelah langkah serah terima selesai.',
    en: 'By the SOP the service was not handed over yet. The credentials can be opened after that step.',
  },
  notContact: {
    id: 'Hanya kontak teknis layanan ini yang dapat membuka kredensial. Tidak ada yang berubah.',
    en: 'Only the technical contact of this service can open the credentials. Nothing changed.',
  },
  codeWrong: {
    id: 'Kode tidak cocok atau sudah tidak berlaku. Kredensial belum dibuka; minta kode baru lalu coba lagi.',
    en: 'The code does not fit or has expired. The credentials were not opened; ask for a new code and try again.',
  },
  noSite: {
    id: 'Layanan ini tidak memiliki hosting, jadi tidak ada kredensial.',
    en: 'This service has no hosting, so there are no credentials.',
  },
  archiveTooLarge: {
    id: 'Arsip lebih besar dari 50 MB. Situs tidak berubah; kecilkan arsipnya atau unggah melalui SFTP.',
    en: 'The archive is larger than 50 MB. The site is unchanged; make it smaller or use SFTP.',
  },
} as const
