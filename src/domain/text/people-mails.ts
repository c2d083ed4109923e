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

/** The mail with the link that sets a forgotten password anew. */
export function resetMail(about: {
  readonly name: string
  readonly link: string
  readonly minutes: number
}): MailText {
  const { name, link, minutes } = about
  return {
    subject: 'Kata sandi baru untuk akun layanan subdomain dan hosting',
    text: `Yth. ${name},

Seseorang meminta kata sandi baru untuk akun Anda. Bila itu Anda, buka tautan sekali pakai ini dalam
${minutes} menit:

${link}

Bila bukan Anda, abaikan surel ini; kata sandi Anda tidak berubah.

---
Somebody asked for a new password for your account. If it was you, open the one-time link above within
${minutes} minutes. If not, ignore this mail; your password is unchanged.
`,
  }
}

/** The mail that says that a password was set anew, to whoever did not do it. */
export function wasResetMail(about: { readonly name: string }): MailText {
  return {
    subject: 'Kata sandi akun Anda sudah diganti',
    text: `Yth. ${about.name},

Kata sandi akun Anda baru saja diganti melalui tautan dari surel, dan semua sesi yang terbuka diakhiri.
Bila bukan Anda yang menggantinya, segera hubungi administrator kantor Anda.

---
The password of your account was just set anew by a mailed link, and all open sessions were ended. If it
was not you, tell the administrator of your office at once.
`,
  }
}

/** The mail that says that all second factors were taken away, by an administrator or by whoever keeps the machine. */
export function factorsForgottenMail(about: {
  readonly name: string
  readonly link: string
  readonly hours: number
  readonly onMachine?: true
}): MailText {
  const { name, link, hours } = about
  const by = about.onMachine
    ? { id: 'Pengelola server portal ini', en: 'Whoever keeps the server of this portal' }
    : { id: 'Administrator kantor Anda', en: 'The administrator of your office' }
  const again = about.onMachine ? 'pengelola server' : 'administrator'
  return {
    subject: 'Verifikasi dua langkah akun Anda diatur ulang',
    text: `Yth. ${name},

${by.id} menghapus aplikasi autentikator, kunci sandi, dan kode pemulihan akun Anda, dan mengakhiri
semua sesi. Buka tautan ini, masuk dengan kata sandi Anda, lalu pasang verifikasi dua langkah yang baru:

${link}

Tautan berlaku ${hours} jam dan hanya untuk akun Anda. Bila sudah lewat, minta ${again} mengirim yang baru.
Bila Anda tidak meminta pengaturan ulang ini, jangan buka tautan; segera ganti kata sandi dan hubungi pimpinan kantor.

---
${by.en} took the authenticator app, the passkeys and the recovery codes of your account away
and ended all sessions. Open the link, sign in with your password and set up two-step verification anew. The link works
for ${hours} hours and for your account only. If you did not ask for it, leave the link alone, change your password at
once and tell the head of your office.
`,
  }
}
