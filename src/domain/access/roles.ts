import type { Text } from '../refused.ts'

/** What a person is in an office. The actors of an SOP are mapped to people; these are presets. */
export const roles = [
  'applicant',
  'operator',
  'head-of-division',
  'head-of-office',
  'auditor',
  'administrator',
] as const
export type Role = (typeof roles)[number]

export const roleTexts: Readonly<Record<Role, Text>> = {
  applicant: { id: 'Pemohon', en: 'Applicant' },
  operator: { id: 'Operator', en: 'Operator' },
  'head-of-division': { id: 'Kepala Bidang', en: 'Head of division' },
  'head-of-office': { id: 'Kepala Dinas', en: 'Head of office' },
  auditor: { id: 'Auditor', en: 'Auditor' },
  administrator: { id: 'Administrator', en: 'Administrator' },
}

/** The roles that work at the desk and see its requests. */
export const deskRoles: readonly Role[] = ['operator', 'head-of-division', 'head-of-office', 'administrator']
