/** What is said about documents that are handed in. */
export const documentTexts = {
  tooLarge: {
    id: 'Berkas lebih besar dari 10 MB. Permohonan tidak berubah; kecilkan berkasnya lalu unggah lagi.',
    en: 'The file is larger than 10 MB. The request is unchanged; make it smaller and upload it again.',
  },
  kindUnknown: {
    id: 'SOP permohonan ini tidak meminta dokumen tersebut. Unggah sebagai lampiran lain.',
    en: 'The SOP of this request does not ask for that document. Upload it as another attachment.',
  },
  notYours: {
    id: 'Anda tidak berperan dalam permohonan ini, jadi tidak dapat menambahkan dokumen.',
    en: 'You have no part in this request, so you cannot add documents.',
  },
} as const
