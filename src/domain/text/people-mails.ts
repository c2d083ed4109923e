import type { Role } from '../access/roles.ts'
import { roleTexts } from '../access/roles.ts'

/** A mail's words: Indonesian first, English below. */
export type MailText = { readonly subject: string; readonly text: string }

/** The mail with the one-time link of an invitation. */
export function invitationMail(about: {
  readonly name: string
  readonly office: string
  readonly role: Role
  readonly agency?: string
  readonly link: string
}): MailText {
  const { name, office, link } = about
  const forAgency = about.agency ? ` (${about.agency})` : ''
  return {
    subject: `Undangan ke layanan subdomain dan hosting ${office}`,
    text: `Yth. ${name},

Anda diundang sebagai ${roleTexts[about.role].id}${forAgency} di ${office}.
Buka tautan sekali pakai ini dalam tujuh hari untuk membuat akun:

${link}

Bila Anda tidak mengenal undangan ini, abaikan surel ini.

---
You are invited as ${roleTexts[about.role].en}${forAgency} of ${office}. Open the one-time link above within
seven days. If you do not know why you were invited, ignore this mail.
`,
  }
}

/** The mail to somebody whose registration was refused. */
export function registrationRefusedMail(about: {
  readonly name: string
  readonly office: string
  readonly reason: string
}): MailText {
  return {
    subject: `Pendaftaran Anda di ${about.office}`,
    text: `Yth. ${about.name},

Pendaftaran Anda sebagai pemohon di ${about.office} belum dapat disetujui. Alasannya:

${about.reason}

Anda boleh mendaftar lagi setelah hal itu diperbaiki.

---
Your registration with ${about.office} was not approved. The reason is given above; you may register again.
`,
  }
}
