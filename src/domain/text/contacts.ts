/** How the contacts of a request or a service are reached: shown to whoever asks, and recorded. */
export const contactTexts = {
  hidden: {
    id: 'NIP, telepon, dan surel disembunyikan. Bukalah bila perlu untuk tugas Anda; siapa yang membuka tercatat dalam buku log.',
    en: 'Staff numbers, telephones and addresses are hidden. Open them if your work needs them; who opens them is recorded in the logbook.',
  },
  show: { id: 'Tampilkan kontak', en: 'Show the contacts' },
  shown: {
    id: 'Kontak ditampilkan selama satu jam. Pembukaannya sudah tercatat.',
    en: 'The contacts are shown for an hour. That you opened them is recorded.',
  },
} as const
