import type { Text } from '../refused.ts'

/** Words in an exported process. */
export const bpmnTexts = {
  start: { id: 'Mulai', en: 'Start' },
  end: { id: 'Selesai', en: 'End' },
  step: { id: 'Langkah', en: 'Step' },
  requirements: { id: 'Kelengkapan', en: 'Requirements' },
  time: { id: 'Waktu', en: 'Time' },
  output: { id: 'Output', en: 'Output' },
  remark: { id: 'Keterangan', en: 'Remarks' },
} as const satisfies Record<string, Text>
