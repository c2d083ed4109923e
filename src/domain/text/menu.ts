/** Titles of the parts of the office's main menu. */
export const menuTexts = {
  desk: { id: 'Meja layanan', en: 'Desk' },
  registry: { id: 'Layanan dan perangkat daerah', en: 'Services and agencies' },
  oversight: { id: 'Pengawasan', en: 'Oversight' },
  administration: { id: 'Administrasi', en: 'Administration' },
} as const
