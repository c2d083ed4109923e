import type { Text } from '../refused.ts'
import type { Aspect, ClassificationLevel } from '../pse/data-classification.ts'
import type { SecurityCategory, SecurityQuestion } from '../pse/security-category.ts'

type QuestionText = { readonly question: Text; readonly A: Text; readonly B: Text; readonly C: Text }

/** The questions of BSSN 8/2020 in the words of this desk. */
export const SECURITY_QUESTION_TEXTS: Readonly<Record<SecurityQuestion, QuestionText>> = {
  investment: {
    question: {
      id: 'Berapa nilai investasi sistem elektronik yang terpasang?',
      en: 'What is the value of the investment installed?',
    },
    A: { id: 'Lebih dari Rp30 miliar', en: 'More than 30 billion rupiah' },
    B: { id: 'Rp3 miliar sampai Rp30 miliar', en: '3 to 30 billion rupiah' },
    C: { id: 'Kurang dari Rp3 miliar', en: 'Less than 3 billion rupiah' },
  },
  operatingBudget: {
    question: {
      id: 'Berapa anggaran operasional tahunan untuk sistem elektronik ini?',
      en: 'What is the yearly operating budget of the system?',
    },
    A: { id: 'Lebih dari Rp10 miliar', en: 'More than 10 billion rupiah' },
    B: { id: 'Rp1 miliar sampai Rp10 miliar', en: '1 to 10 billion rupiah' },
    C: { id: 'Kurang dari Rp1 miliar', en: 'Less than 1 billion rupiah' },
  },
  compliance: {
    question: {
      id: 'Peraturan atau standar apa yang wajib dipatuhi sistem ini?',
      en: 'Which rules or standards must the system comply with?',
    },
    A: { id: 'Nasional dan internasional', en: 'National and international ones' },
    B: { id: 'Nasional', en: 'National ones' },
    C: { id: 'Tidak ada peraturan khusus', en: 'None in particular' },
  },
  cryptography: {
    question: {
      id: 'Kriptografi apa yang dipakai sistem ini?',
      en: 'What cryptography does the system use?',
    },
    A: { id: 'Khusus, disertifikasi oleh negara', en: 'Special, certified by the state' },
    B: { id: 'Sesuai standar industri', en: 'As is standard in industry' },
    C: { id: 'Tidak memakai kriptografi', en: 'None' },
  },
  users: {
    question: { id: 'Berapa jumlah penggunanya?', en: 'How many users does it have?' },
    A: { id: 'Lebih dari 5.000', en: 'More than 5,000' },
    B: { id: '1.000 sampai 5.000', en: '1,000 to 5,000' },
    C: { id: 'Kurang dari 1.000', en: 'Fewer than 1,000' },
  },
  personalData: {
    question: { id: 'Data pribadi apa yang dikelola?', en: 'What personal data does it keep?' },
    A: {
      id: 'Data pribadi yang terhubung dengan data pribadi lain',
      en: 'Personal data linked with other personal data',
    },
    B: {
      id: 'Data pribadi perseorangan atau kepemilikan badan usaha',
      en: 'Personal data of individuals, or the ownership of a business',
    },
    C: { id: 'Tidak ada data pribadi', en: 'No personal data' },
  },
  dataSecrecy: {
    question: {
      id: 'Seberapa rahasia atau kritis data di dalamnya?',
      en: 'How secret or critical are its data?',
    },
    A: { id: 'Sangat rahasia', en: 'Top secret' },
    B: { id: 'Rahasia atau terbatas', en: 'Secret or restricted' },
    C: { id: 'Biasa', en: 'Ordinary' },
  },
  processCriticality: {
    question: {
      id: 'Seberapa kritis proses yang dilayani sistem ini?',
      en: 'How critical is the process that it serves?',
    },
    A: {
      id: 'Berdampak langsung pada hajat hidup orang banyak',
      en: 'Bears directly on the life of many people',
    },
    B: {
      id: 'Berdampak tidak langsung pada hajat hidup orang banyak',
      en: 'Bears indirectly on the life of many people',
    },
    C: { id: 'Hanya berdampak pada tugas instansi sendiri', en: 'Bears on the own business only' },
  },
  failureImpact: {
    question: {
      id: 'Seberapa luas dampak bila sistem ini gagal?',
      en: 'How far does a failure of the system reach?',
    },
    A: { id: 'Nasional', en: 'The nation' },
    B: { id: 'Satu provinsi atau lebih', en: 'One province or more' },
    C: { id: 'Satu kabupaten/kota atau lebih', en: 'One regency or city, or more' },
  },
  incidentLoss: {
    question: {
      id: 'Kerugian apa yang mungkin timbul dari insiden keamanan?',
      en: 'What loss may a security incident cause?',
    },
    A: { id: 'Korban jiwa', en: 'Loss of life' },
    B: { id: 'Kerugian keuangan', en: 'Financial loss' },
    C: { id: 'Gangguan operasional', en: 'Disturbed operations' },
  },
}

export const SECURITY_CATEGORY_TEXT: Readonly<Record<SecurityCategory, Text>> = {
  strategis: { id: 'Strategis', en: 'Strategic' },
  tinggi: { id: 'Tinggi', en: 'High' },
  rendah: { id: 'Rendah', en: 'Low' },
}

export const CLASSIFICATION_LEVEL_TEXT: Readonly<Record<ClassificationLevel, Text>> = {
  tinggi: { id: 'Tinggi', en: 'High' },
  sedang: { id: 'Sedang', en: 'Middle' },
  rendah: { id: 'Rendah', en: 'Low' },
}

export const ASPECT_TEXT: Readonly<Record<Aspect, { readonly label: Text; readonly question: Text }>> = {
  confidentiality: {
    label: { id: 'Kerahasiaan', en: 'Confidentiality' },
    question: {
      id: 'Seberapa besar dampaknya bila data dibaca orang yang tidak berhak?',
      en: 'How bad would it be if the data were read by somebody who may not?',
    },
  },
  integrity: {
    label: { id: 'Keutuhan', en: 'Integrity' },
    question: {
      id: 'Seberapa besar dampaknya bila data diubah tanpa hak?',
      en: 'How bad would it be if the data were changed without right?',
    },
  },
  availability: {
    label: { id: 'Ketersediaan', en: 'Availability' },
    question: {
      id: 'Seberapa besar dampaknya bila data tidak dapat diakses?',
      en: 'How bad would it be if the data could not be reached?',
    },
  },
}

export const ASPECT_POINT_TEXT: Readonly<Record<1 | 3 | 5, Text>> = {
  1: { id: 'Kecil', en: 'Little' },
  3: { id: 'Sedang', en: 'Noticeable' },
  5: { id: 'Besar', en: 'Grave' },
}

/** The labels of the form; a finding names its field with them. */
export const PSE_FIELDS = {
  name: { id: 'Nama', en: 'Name' },
  purpose: { id: 'Fungsi sistem elektronik', en: 'Function of the electronic system' },
  sector: { id: 'Sektor', en: 'Sector' },
  ownerAgency: { id: 'Perangkat daerah pemilik', en: 'Owner agency' },
  post: { id: 'Jabatan', en: 'Post' },
  phone: { id: 'Nomor telepon atau WhatsApp', en: 'Telephone or WhatsApp number' },
  email: { id: 'Alamat surel', en: 'E-mail address' },
  storage: { id: 'Tempat penyimpanan data', en: 'Where the data are stored' },
  provider: { id: 'Penyedia tempat penyimpanan', en: 'Provider of the storage' },
  personalData: { id: 'Ada atau tidaknya data pribadi', en: 'Whether personal data are processed' },
  personalDataKinds: { id: 'Jenis data pribadi', en: 'Kind of personal data' },
  confidentiality: { id: 'Klasifikasi data: kerahasiaan', en: 'Data classification: confidentiality' },
  integrity: { id: 'Klasifikasi data: keutuhan', en: 'Data classification: integrity' },
  availability: { id: 'Klasifikasi data: ketersediaan', en: 'Data classification: availability' },
  registration: { id: 'Status pendaftaran PSE (TDPSE)', en: 'Registration status (TDPSE)' },
  registrationNumber: { id: 'Nomor TDPSE', en: 'TDPSE number' },
  registrationDate: { id: 'Tanggal TDPSE', en: 'TDPSE date' },
} as const satisfies Readonly<Record<string, Text>>
export type PseFieldName = keyof typeof PSE_FIELDS

/** Last day for registering systems that existed before Permenkomdigi 5/2025. */
const REGISTER_BY = '2026-03-25'

export const pseText = {
  missing: (field: PseFieldName): Text => ({
    id: `${PSE_FIELDS[field].id} belum diisi.`,
    en: `${PSE_FIELDS[field].en}: not filled in yet.`,
  }),
  question: (no: number): Text => ({
    id: `Pertanyaan ${no} kategori keamanan belum dijawab.`,
    en: `Question ${no} on the security category is not answered yet.`,
  }),
  samePerson: {
    id: 'Penanggung jawab administratif dan teknis tampak orang yang sama; keduanya harus dua orang.',
    en: 'The administrative and the technical contact seem to be one person; they must be two.',
  },
  email: {
    id: 'Alamat surel tidak berbentuk nama@domain.',
    en: 'The e-mail address does not have the form name@domain.',
  },
  phone: {
    id: 'Nomor telepon tidak berbentuk 08... atau +62...',
    en: 'The telephone number does not have the form 08... or +62...',
  },
  nip: { id: 'NIP harus 18 angka.', en: 'A NIP has 18 digits.' },
  otherName: (host: string, wanted: string): Text => ({
    id: `URL menunjuk ${host}, sedangkan nama yang dimohon ${wanted}.`,
    en: `The URL is at ${host}, but the name applied for is ${wanted}.`,
  }),
  kindsWithoutData: {
    id: 'Jenis data pribadi diisi, padahal data pribadi dinyatakan tidak diproses.',
    en: 'Kinds of personal data are given, but none are said to be processed.',
  },
  personalDataDenied: {
    id: 'Data pribadi diproses, tetapi pertanyaan 6 dijawab "tidak ada data pribadi".',
    en: 'Personal data are processed, but question 6 is answered "no personal data".',
  },
  personalDataClaimed: {
    id: 'Data pribadi dinyatakan tidak diproses, tetapi pertanyaan 6 menyebut ada.',
    en: 'No personal data are said to be processed, but the answer to question 6 says otherwise.',
  },
  strategicButLow: {
    id: 'Kategori keamanan Strategis, tetapi klasifikasi data Rendah. Periksa kembali jawaban keduanya.',
    en: 'The security category is Strategic, but the data classification is Low. Look at both again.',
  },
  lowButHigh: {
    id: 'Klasifikasi data Tinggi, tetapi kategori keamanan Rendah. Periksa kembali jawaban keduanya.',
    en: 'The data classification is High, but the security category is Low. Look at both again.',
  },
  secretButOpen: {
    id: 'Data dinyatakan sangat rahasia (pertanyaan 7), tetapi dampak kerahasiaannya dinilai kecil.',
    en: 'The data are called top secret (question 7), but the impact on confidentiality is rated little.',
  },
  openButSecret: {
    id: 'Data dinyatakan biasa (pertanyaan 7), tetapi dampak kerahasiaannya dinilai besar.',
    en: 'The data are called ordinary (question 7), but the impact on confidentiality is rated grave.',
  },
  highAbroad: {
    id: 'Data dengan klasifikasi Tinggi atau sistem Strategis disimpan di luar negeri.',
    en: 'Data classified High, or a Strategic system, are stored abroad.',
  },
  abroad: { id: 'Data disimpan di luar negeri.', en: 'The data are stored abroad.' },
  dateWithoutNumber: {
    id: 'Tanggal TDPSE diisi tanpa nomornya.',
    en: 'A TDPSE date is given without its number.',
  },
  numberWithoutStatus: {
    id: 'Nomor TDPSE diisi, padahal statusnya "belum".',
    en: 'A TDPSE number is given, but the status is "not yet".',
  },
  futureDate: {
    id: 'Tanggal TDPSE belum tiba.',
    en: 'The TDPSE date lies in the future.',
  },
  registerBy: (today: string): Text =>
    today <= REGISTER_BY
      ? {
          id: 'Sistem belum terdaftar sebagai PSE; batas pendaftaran 25 Maret 2026 (Permenkomdigi 5/2025).',
          en: 'The system is not registered (PSE); it must be by 25 March 2026 (Permenkomdigi 5/2025).',
        }
      : {
          id: 'Sistem belum terdaftar sebagai PSE; batas pendaftaran 25 Maret 2026 sudah lewat (Permenkomdigi 5/2025).',
          en: 'The system is not registered (PSE); the time for it ended on 25 March 2026 (Permenkomdigi 5/2025).',
        },
} as const
