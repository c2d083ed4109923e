import type { Text } from '../refused.ts'

/** What the command line says. */
export const cliTexts = {
  serving: (url: string): Text => ({ id: `Portal melayani di ${url}`, en: `The portal serves at ${url}` }),
  setUp: (url: string): Text => ({
    id: `Belum ada kantor. Buka halaman berikut untuk menyiapkannya (kode hanya berlaku sampai kantor pertama dibuat):\n  ${url}`,
    en: `There is no office yet. Open this page to set it up (the code holds until the first office exists):\n  ${url}`,
  }),
  stopping: { id: 'Menghentikan semua layanan ...', en: 'Stopping everything ...' },
  stoppingPortal: {
    id: 'Menghentikan portal; basis data, DNS, dan situs tetap menjawab ...',
    en: 'Stopping the portal; database, DNS and sites go on answering ...',
  },
  unknownCommand: (name: string): Text => ({
    id: `Perintah "${name}" tidak dikenal. Lihat daftar perintah dengan: ranah --help`,
    en: `There is no command "${name}". See the list with: ranah --help`,
  }),
} as const
