import type { Text } from '../refused.ts'

/** What is said of a letter that somebody verifies. */
export const letterVerifyTexts = {
  stands: (office: string): Text => ({
    id: `BERLAKU: surat ini diterbitkan oleh ${office} dan berkasnya tidak berubah.`,
    en: `STANDS: this letter was issued by ${office} and its file is unchanged.`,
  }),
  voided: (office: string): Text => ({
    id: `DIBATALKAN: surat ini pernah diterbitkan oleh ${office}, tetapi tidak berlaku lagi.`,
    en: `VOIDED: this letter was issued by ${office} once, but no longer stands.`,
  }),
  replaced:
    (number: string) =>
    (office: string): Text => ({
      id: `DIGANTIKAN: surat ini diterbitkan oleh ${office}, tetapi digantikan oleh surat nomor ${number}.`,
      en: `REPLACED: this letter was issued by ${office}, but was replaced by letter ${number}.`,
    }),
  unknown: (office: string): Text => ({
    id: `TIDAK DIKENAL: berkas ini bukan surat yang tercatat dalam buku log ${office}. Jangan percayai isinya.`,
    en: `UNKNOWN: this file is no letter in the logbook of ${office}. Do not trust it.`,
  }),
  fact: (label: Text, value: string): Text => ({
    id: `  ${label.id}: ${value}`,
    en: `  ${label.en}: ${value}`,
  }),
  labelled: (label: Text, value: Text): Text => ({
    id: `  ${label.id}: ${value.id}`,
    en: `  ${label.en}: ${value.en}`,
  }),
  signatory: { id: 'Penanda tangan', en: 'Signatory' },
  destroyed: { id: 'Arsip kantor dimusnahkan', en: 'Record of the office destroyed' },
  entry: { id: 'Entri buku log', en: 'Logbook entry' },
  decision: { id: 'Keputusan', en: 'Decision' },
  decisions: {
    accepted: { id: 'disetujui', en: 'approved' },
    refused: { id: 'ditolak', en: 'refused' },
    returned: { id: 'dikembalikan', en: 'returned' },
  } as Readonly<Record<string, Text>>,
  replacedTitle: { id: 'Surat ini sudah digantikan', en: 'This letter was replaced' },
  replacedText: (number: string): Text => ({
    id: `Surat ini asli, tetapi sudah digantikan oleh surat nomor ${number}. Mintalah surat yang terbaru kepada kantor penerbit.`,
    en: `This letter is genuine, but was replaced by letter ${number}. Ask the issuing office for the latest one.`,
  }),
  /** @param signer whose whole signature stands over what was added, if there is one */
  fileGrew: (number: string, office: string, signer: string | null): Text => ({
    id: `Berkas ini berawal dari surat nomor ${number} yang diterbitkan ${office}, tetapi sesudah itu ada yang ditambahkan kepadanya${signer ? `, terakhir dengan tanda tangan atas nama ${signer}` : ''}. Yang tampak di layar bisa berbeda dari surat aslinya: jangan percayai isinya, dan mintalah berkas aslinya kepada kantor itu.`,
    en: `This file begins as letter ${number} of ${office}, but something was added to it after it was issued${signer ? `, last with a signature in the name of ${signer}` : ''}. What the screen shows may differ from the letter: do not trust it, and ask that office for the original file.`,
  }),
  fileForeign: (signer: string, issuer: string): Text => ({
    id: `Berkas ini bukan surat dari kantor mana pun yang memakai Ranah di sini. Tanda tangan elektronik di dalamnya utuh, atas nama ${signer} (penerbit sertifikat: ${issuer}); tanyakan kepada kantor yang tertera apakah surat itu miliknya.`,
    en: `This file is no letter of any office that uses this Ranah. The electronic signature in it is intact, in the name of ${signer} (issuer of the certificate: ${issuer}); ask the office named on it whether the letter is theirs.`,
  }),
  fileBroken: {
    id: 'Berkas ini memuat tanda tangan elektronik yang tidak cocok lagi dengan isinya: berkas telah berubah sesudah ditandatangani. Jangan percayai isinya dan hubungi kantor yang tertera.',
    en: 'This file carries an electronic signature that no longer fits: it was changed after it was signed. Do not trust it and ask the office named on it.',
  },
} as const
