import type { Text } from '../refused.ts'
import type { MailText } from './people-mails.ts'

/** One's own name and e-mail address. */
export const ownDetailsTexts = {
  cardTitle: { id: 'Data saya', en: 'My details' },
  name: { id: 'Nama', en: 'Name' },
  email: { id: 'Alamat surel', en: 'E-mail address' },
  nameTitle: { id: 'Ubah nama', en: 'Change name' },
  nameLead: {
    id: 'Nama ini langsung tampak bagi kantor Anda. Nama lama dan baru dicatat di buku log; surat dan permohonan yang sudah ada tidak berubah.',
    en: 'Your office sees this name at once. The old and the new one are noted in the logbook; letters and requests that exist stay as they are.',
  },
  nameHint: {
    id: 'Nama lengkap, seperti pada surat dinas.',
    en: 'Your full name, as in official letters.',
  },
  saveName: { id: 'Simpan nama', en: 'Save the name' },
  nameSaved: { id: 'Nama Anda sudah diubah.', en: 'Your name was changed.' },
  emailTitle: { id: 'Ubah alamat surel', en: 'Change e-mail address' },
  emailLead: (minutes: number): Text => ({
    id: `Tautan dikirim ke alamat yang baru dan berlaku ${minutes} menit. Sampai tautan itu dibuka, Anda tetap masuk dan menerima surel dengan alamat yang sekarang.`,
    en: `A link is sent to the new address and works for ${minutes} minutes. Until it is used you sign in and get mail with the present address.`,
  }),
  contactsStay: {
    id: 'Serah terima kredensial mengikuti alamat kontak layanan, yang tidak ikut berubah. Bila Anda kontak sebuah layanan, ambil dahulu kredensial yang menunggu, lalu ajukan perubahan kontaknya.',
    en: 'Credentials are handed over to the contact address of a service, which does not change with this. If you are the contact of a service, take waiting credentials first, then apply for a change of its contacts.',
  },
  newEmail: { id: 'Alamat surel baru', en: 'New e-mail address' },
  sendLink: { id: 'Kirim tautan', en: 'Send the link' },
  asked: {
    id: 'Tautan konfirmasi dikirim ke alamat yang baru. Periksa juga folder spam.',
    en: 'A link was sent to the new address. Look into the spam folder too.',
  },
  waiting: (email: string): Text => ({
    id: `Menunggu konfirmasi dari ${email}: buka tautan dalam surel yang dikirim ke sana, di peramban tempat Anda masuk.`,
    en: `Waiting for ${email}: open the link in the mail sent there, in the browser where you are signed in.`,
  }),
  sameEmail: {
    id: 'Ini alamat yang sudah dipakai akun Anda.',
    en: 'This is the address your account has already.',
  },
  tooOften: {
    id: 'Anda sudah meminta beberapa tautan dalam satu jam ini. Buka tautan yang terakhir, atau coba lagi nanti. Alamat Anda tidak berubah.',
    en: 'You asked for several links within this hour. Open the last one, or try again later. Your address is unchanged.',
  },
  confirmTitle: { id: 'Pakai alamat surel baru', en: 'Use the new e-mail address' },
  confirmLead: (before: string): Text => ({
    id: `Setelah ini Anda masuk dan menerima surel dengan alamat baru, tidak lagi dengan ${before}.`,
    en: `From then on you sign in and get mail with the new address, no longer with ${before}.`,
  }),
  confirm: { id: 'Pakai alamat ini', en: 'Use this address' },
  confirmed: {
    id: 'Alamat surel Anda sudah diubah. Pemberitahuan dikirim ke alamat lama.',
    en: 'Your e-mail address was changed. A notice was sent to the old one.',
  },
  over: {
    id: 'Tautan ini sudah dipakai, sudah lewat waktunya, digantikan tautan yang lebih baru, atau milik akun lain. Alamat surel Anda tidak berubah. Minta tautan baru di halaman "Ubah alamat surel".',
    en: 'This link was used, is over, was replaced by a newer one, or belongs to another account. Your e-mail address is unchanged. Ask for a new one on the page "Change e-mail address".',
  },
  askAgain: { id: 'Minta tautan baru', en: 'Ask for a new link' },
  taken: {
    id: 'Sementara itu akun lain memakai alamat ini, maka alamat Anda tidak diubah. Pakai alamat lain, atau hubungi administrator kantor Anda.',
    en: 'Meanwhile another account uses this address, so yours was not changed. Use another address, or ask the administrator of your office.',
  },
} as const

/** The mail to a new address, with the link that puts it in place. */
export function confirmEmailMail(about: {
  readonly name: string
  readonly link: string
  readonly minutes: number
}): MailText {
  const { name, link, minutes } = about
  return {
    subject: 'Konfirmasi alamat surel baru',
    text: `Yth. ${name},

Alamat ini diminta sebagai alamat surel baru akun Anda pada layanan subdomain dan hosting. Buka tautan sekali
pakai ini dalam ${minutes} menit, di peramban tempat Anda masuk:

${link}

Bila Anda tidak memintanya, abaikan surel ini; tidak ada yang berubah.

---
This address was asked for as the new e-mail address of your account. Open the one-time link above within
${minutes} minutes, in the browser where you are signed in. If you did not ask for it, ignore this mail.
`,
  }
}

/** The mail to an address that another account has already: only its owner learns that. */
export function emailInUseMail(): MailText {
  return {
    subject: 'Alamat surel ini sudah dipakai sebuah akun',
    text: `Yth. pemilik alamat ini,

Seseorang meminta alamat ini sebagai alamat surel baru akunnya, padahal alamat ini sudah dipakai akun Anda pada
layanan subdomain dan hosting. Tidak ada yang berubah, dan akun Anda tidak terpengaruh.

Bila itu Anda sendiri, masuklah dengan alamat ini, atau hubungi administrator kantor Anda.

---
Somebody asked for this address as the new e-mail address of their account, but your account has it already.
Nothing changed. If it was you, sign in with this address, or ask the administrator of your office.
`,
  }
}

/** The notice to the address that an account had until now. */
export function emailChangedMail(about: { readonly name: string; readonly email: string }): MailText {
  return {
    subject: 'Alamat surel akun Anda sudah diubah',
    text: `Yth. ${about.name},

Alamat surel akun Anda pada layanan subdomain dan hosting baru saja diubah menjadi:

${about.email}

Surel berikutnya dikirim ke sana. Bila bukan Anda yang mengubahnya, segera hubungi administrator kantor Anda.

---
The e-mail address of your account was just changed to the one above; further mails go there. If it was not you,
tell the administrator of your office at once.
`,
  }
}
