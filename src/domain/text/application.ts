/** What is wrong with an application, and how it is told. */
export const applicationTexts = {
  siteNeedsHost: {
    id: 'Kantor ini belum menghubungkan server situs sendiri, sehingga hanya halaman statis tanpa basis data yang dapat dibuat. Isian lainnya masih ada.',
    en: 'This office has not connected a site host of its own, so only static pages without a database can be made. Everything else you entered is still here.',
  },
  siteTarget: {
    static: {
      id: 'Kosongkan alamat tujuan untuk jenis situs ini.',
      en: 'Leave the address empty for this kind of site.',
    },
    php: {
      id: 'Kosongkan alamat tujuan untuk jenis situs ini.',
      en: 'Leave the address empty for this kind of site.',
    },
    maintenance: {
      id: 'Kosongkan alamat tujuan untuk jenis situs ini.',
      en: 'Leave the address empty for this kind of site.',
    },
    proxy: {
      id: 'Tulis alamat IP server perangkat daerah, misalnya http://192.0.2.10:8080. Nama host dan alamat lokal tidak diterima.',
      en: 'Write the IP address of the agency’s server, for example http://192.0.2.10:8080. Host names and local addresses are not taken.',
    },
    redirect: {
      id: 'Tulis alamat web lengkap yang bukan situs ini sendiri, misalnya https://contoh.go.id/.',
      en: 'Write a whole web address that is not this site itself, for example https://contoh.go.id/.',
    },
  },
  incomplete: {
    id: 'Permohonan belum dapat dikirim karena ada isian yang belum lengkap. Semua isian tersimpan; perbaiki bagian yang ditandai lalu kirim lagi.',
    en: 'The application cannot be sent yet because some fields are not complete. Everything is kept; correct the marked parts and send it again.',
  },
  zoneMissing: { id: 'Pilih domain induk untuk nama ini.', en: 'Choose the parent domain of the name.' },
  serviceMissing: { id: 'Pilih layanan yang dimaksud.', en: 'Choose the service this is about.' },
  alreadyHosted: {
    id: 'Layanan ini sudah memiliki hosting. Pilih layanan lain.',
    en: 'This service is hosted already. Choose another one.',
  },
  targetMissing: {
    id: 'Tuliskan alamat server tujuan nama ini.',
    en: 'Write the address of the server that the name shall point to.',
  },
  endsOnMissing: {
    id: 'Nama untuk kegiatan ini bersifat sementara. Tuliskan tanggal berakhirnya.',
    en: 'Names of this kind are temporary. Give the date on which it ends.',
  },
  endsOnPast: {
    id: 'Tanggal berakhir harus sesudah hari ini.',
    en: 'The end date must lie after today.',
  },
  kindUnknown: {
    id: 'Jenis permohonan ini tidak dilayani oleh SOP yang berlaku. Pilih jenis lain.',
    en: 'No SOP in force serves this kind of request. Choose another kind.',
  },
  agencyForeign: {
    id: 'Anda tidak terdaftar sebagai pemohon untuk perangkat daerah ini. Tidak ada yang berubah.',
    en: 'You are not an applicant of this agency. Nothing changed.',
  },
  notEditable: {
    id: 'Permohonan sedang diproses sehingga isiannya tidak dapat diubah. Gunakan pesan untuk memberi keterangan tambahan.',
    en: 'The request is being worked on, so its form cannot be changed. Use a message to add information.',
  },
} as const
