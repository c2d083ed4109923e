import type { Text } from '../refused.ts'

/** What the desk says about a wished-for name beside the rules of the name itself. */
export const nameTexts = {
  taken: (fqdn: string): Text => ({
    id: `Nama ${fqdn} sudah dipakai atau sedang dimohonkan. Isian Anda tidak hilang; pilih nama lain.`,
    en: `The name ${fqdn} is in use or being applied for. Nothing you entered is lost; choose another name.`,
  }),
  free: (fqdn: string): Text => ({ id: `${fqdn} tersedia.`, en: `${fqdn} is available.` }),
  inZone: (fqdn: string): Text => ({
    id: `Nama ${fqdn} sudah ada di server DNS. Isian Anda tidak hilang; pilih nama lain.`,
    en: `The name ${fqdn} exists in the live zone. Nothing you entered is lost; choose another name.`,
  }),
  zoneUnknown: {
    id: 'Server DNS belum dapat ditanya, jadi nama ini baru diperiksa terhadap daftar permohonan. Nama akan diperiksa lagi sebelum layanan dibuat.',
    en: 'The DNS server could not be asked, so the name was checked against the requests only. It is checked again before the service is created.',
  },
} as const
