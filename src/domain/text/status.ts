import type { Text } from '../refused.ts'

/** What `ranah status` prints. */
export const statusTexts = {
  data: { id: 'data', en: 'data' },
  portal: { id: 'portal', en: 'portal' },
  answers: { id: 'menjawab', en: 'answers' },
  silent: { id: 'TIDAK menjawab', en: 'does NOT answer' },
  down: { id: 'TIDAK berjalan', en: 'does NOT run' },
  database: { id: 'basis data', en: 'database' },
  queue: { id: 'antrean', en: 'queue' },
  empty: { id: 'kosong', en: 'empty' },
  open: (count: number): Text => ({ id: `${count} permohonan berjalan`, en: `${count} open requests` }),
  entries: (count: number): Text => ({ id: `${count} entri buku log`, en: `${count} logbook entries` }),
}
