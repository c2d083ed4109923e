/** Front door, sign-in, accounts, invitations, roles, tokens, first run. */
export const frontTexts = {
  title: { id: 'Layanan Subdomain dan Hosting', en: 'Subdomain and Hosting Service' },
  lead: {
    id: 'Permohonan subdomain dan hosting untuk perangkat daerah, mengikuti SOP kantor masing-masing.',
    en: 'Subdomain and hosting requests for government agencies, along the SOP of each office.',
  },
  open: { id: 'Buka meja layanan', en: 'Open the desk' },
  register: { id: 'Daftar sebagai pemohon', en: 'Register as an applicant' },
  nowhere: {
    id: 'Akun Anda belum terdaftar di kantor mana pun',
    en: 'Your account belongs to no office yet',
  },
  nowhereNext: {
    id: 'Minta undangan dari administrator kantor, atau daftar sebagai pemohon di bawah ini.',
    en: 'Ask the administrator of an office for an invitation, or register as an applicant below.',
  },
} as const
