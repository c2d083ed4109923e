import type { Role } from '../access/roles.ts'
import { roleTexts } from '../access/roles.ts'
import type { Locale, Text } from '../refused.ts'

/** The mails of the desk. None of them ever carries a secret. */
export type MailText = { readonly subject: Text; readonly lines: readonly Text[] }

type About = {
  readonly ticket: string
  readonly service: string
  readonly url: string
  readonly office: string
}

/** How every mail of the desk begins and ends. */
export const opening: Text = { id: 'Yth. Bapak/Ibu,', en: 'Dear Sir or Madam,' }
export const closing = (office: string): Text => ({
  id: `Surel ini dikirim otomatis oleh sistem layanan ${office}. Jangan mengirim kata sandi melalui surel.`,
  en: `This mail was sent automatically by the service desk of ${office}. Never send a password by mail.`,
})

const look = (url: string): Text => ({ id: `Buka: ${url}`, en: `Open: ${url}` })

/** An activity of an SOP often ends in a full stop of its own. */
const inSentence = (step: string): string => step.replace(/\.$/, '')

/** What a signatory is told about a paper of no request, at the beginning of a sentence. */
const papersToSign: Readonly<Record<string, Text>> = {
  'deactivation-notice': { id: 'Surat pemberitahuan penonaktifan', en: 'Notice of deactivation' },
  'destruction-record': { id: 'Berita acara pemusnahan arsip', en: 'Record of destruction' },
}

export const mailTexts = {
  turn: (about: About, step: string, due: Text | null): MailText => ({
    subject: { id: `[${about.ticket}] Menunggu tindakan Anda`, en: `[${about.ticket}] Waiting for you` },
    lines: [
      opening,
      {
        id: `Permohonan ${about.ticket} (${about.service}) menunggu tindakan Anda pada langkah: ${inSentence(step)}.`,
        en: `Request ${about.ticket} (${about.service}) waits for you at the step: ${inSentence(step)}.`,
      },
      ...(due ? [{ id: `Batas waktu baku: ${due.id}.`, en: `Standard time ends: ${due.en}.` }] : []),
      look(about.url),
      closing(about.office),
    ],
  }),
  received: ({ ticket, service, office }: Omit<About, 'url'>): MailText => ({
    subject: { id: `[${ticket}] Permohonan diterima`, en: `[${ticket}] Request received` },
    lines: [
      opening,
      {
        id: `${office} menerima permohonan ${ticket} (${service}). Simpan nomor ini: perkembangannya dapat dilihat di halaman "Lacak permohonan" tanpa masuk, dan Anda diberi tahu bila ada yang perlu diperbaiki.`,
        en: `${office} has received request ${ticket} (${service}). Keep this number: on the page "Track a request" you see how far it is without signing in, and you are told when something needs to be corrected.`,
      },
      closing(office),
    ],
  }),
  returned: (about: About, reasons: readonly Text[]): MailText => ({
    subject: {
      id: `[${about.ticket}] Permohonan perlu diperbaiki`,
      en: `[${about.ticket}] Please correct the request`,
    },
    lines: [
      opening,
      {
        id: `Permohonan ${about.ticket} (${about.service}) dikembalikan untuk diperbaiki. Isian sebelumnya tersimpan. Alasannya:`,
        en: `Request ${about.ticket} (${about.service}) was returned for correction. What you entered is kept. The reasons:`,
      },
      ...reasons,
      look(about.url),
      closing(about.office),
    ],
  }),
  completed: (about: About): MailText => ({
    subject: { id: `[${about.ticket}] Permohonan selesai`, en: `[${about.ticket}] Request completed` },
    lines: [
      opening,
      {
        id: `Permohonan ${about.ticket} (${about.service}) telah selesai. Surat atau berita acara serah terima dapat diunduh di halaman permohonan. Bila layanan memiliki kredensial, kontak teknis dapat membukanya satu kali setelah masuk.`,
        en: `Request ${about.ticket} (${about.service}) is completed. The letter or hand-over note is on the request page. Where the service has credentials, the technical contact can open them once after signing in.`,
      },
      look(about.url),
      closing(about.office),
    ],
  }),
  refused: (about: About, reasons: readonly Text[]): MailText => ({
    subject: { id: `[${about.ticket}] Permohonan ditolak`, en: `[${about.ticket}] Request refused` },
    lines: [
      opening,
      {
        id: `Permohonan ${about.ticket} (${about.service}) ditolak. Alasannya:`,
        en: `Request ${about.ticket} (${about.service}) was refused. The reasons:`,
      },
      ...reasons,
      {
        id: 'Anda dapat mengajukan keberatan melalui halaman permohonan.',
        en: 'You may appeal on the request page.',
      },
      look(about.url),
      closing(about.office),
    ],
  }),
  withdrawn: (about: About): MailText => ({
    subject: { id: `[${about.ticket}] Permohonan ditarik`, en: `[${about.ticket}] Request withdrawn` },
    lines: [
      opening,
      {
        id: `Permohonan ${about.ticket} (${about.service}) ditarik oleh pemohon.`,
        en: `Request ${about.ticket} (${about.service}) was withdrawn by the applicant.`,
      },
      look(about.url),
      closing(about.office),
    ],
  }),
  signature: (about: About, number: string): MailText => ({
    subject: { id: `[${number}] Menunggu tanda tangan Anda`, en: `[${number}] Waiting for your signature` },
    lines: [
      opening,
      {
        id: `Surat nomor ${number} untuk permohonan ${about.ticket} (${about.service}) menunggu tanda tangan Anda. Baca surat itu di portal, lalu tanda tangani atau kembalikan.`,
        en: `Letter ${number} about request ${about.ticket} (${about.service}) waits for your signature. Read it in the portal, then sign it or give it back.`,
      },
      look(about.url),
      closing(about.office),
    ],
  }),
  noticeToSign: ({ url, office }: Pick<About, 'url' | 'office'>, kind: string, number: string): MailText => ({
    subject: { id: `[${number}] Menunggu tanda tangan Anda`, en: `[${number}] Waiting for your signature` },
    lines: [
      opening,
      {
        id: `${papersToSign[kind]?.id ?? 'Surat'} nomor ${number} menunggu tanda tangan Anda. Baca di portal, lalu tanda tangani atau kembalikan.`,
        en: `${papersToSign[kind]?.en ?? 'Letter'} ${number} waits for your signature. Read it in the portal, then sign it or give it back.`,
      },
      look(url),
      closing(office),
    ],
  }),
  message: (about: About): MailText => ({
    subject: { id: `[${about.ticket}] Pesan baru`, en: `[${about.ticket}] New message` },
    lines: [
      opening,
      {
        id: `Ada pesan baru pada permohonan ${about.ticket} (${about.service}).`,
        en: `There is a new message in request ${about.ticket} (${about.service}).`,
      },
      look(about.url),
      closing(about.office),
    ],
  }),
  withheld: (about: About, file: string, finding: string): MailText => ({
    subject: { id: `[${about.ticket}] Berkas ditahan pemindai`, en: `[${about.ticket}] File held back` },
    lines: [
      opening,
      {
        id: `Berkas ${file} pada permohonan ${about.ticket} (${about.service}) ditahan karena pemindai menemukan ${finding}. Tidak seorang pun dapat mengunduhnya. Permohonan tidak hilang; ia menunggu berkas lain sebagai gantinya. Bersihkan komputer asal berkas itu sebelum mengunggah lagi.`,
        en: `File ${file} of request ${about.ticket} (${about.service}) is held back because the scanner found ${finding}. Nobody can download it. The request is not lost; it waits for another file in its place. Clean the computer that the file came from before uploading again.`,
      },
      look(about.url),
      closing(about.office),
    ],
  }),
  warning: (about: About, percent: number, step: string): MailText => ({
    subject:
      percent >= 100
        ? { id: `[${about.ticket}] Waktu baku terlampaui`, en: `[${about.ticket}] Standard time exceeded` }
        : {
            id: `[${about.ticket}] ${percent} % waktu baku terpakai`,
            en: `[${about.ticket}] ${percent} % of the standard time used`,
          },
    lines: [
      opening,
      {
        id: `Langkah "${inSentence(step)}" pada permohonan ${about.ticket} (${about.service}) telah memakai ${percent} % waktu bakunya.`,
        en: `The step "${inSentence(step)}" of request ${about.ticket} (${about.service}) has used ${percent} % of its standard time.`,
      },
      look(about.url),
      closing(about.office),
    ],
  }),
  revealCode: (fqdn: string, secret: string, minutes: number): MailText => ({
    subject: { id: `[${fqdn}] Kode untuk membuka kredensial`, en: `[${fqdn}] Code to open the credentials` },
    lines: [
      opening,
      {
        id: `Kode Anda: ${secret}. Berlaku ${minutes} menit dan hanya dapat dipakai satu kali di halaman serah terima. Abaikan surel ini bila Anda tidak memintanya.`,
        en: `Your code: ${secret}. It holds for ${minutes} minutes and works once, on the hand-over page. Ignore this mail if you did not ask for it.`,
      },
    ],
  }),
  reminder: (about: Omit<About, 'ticket'> & { fqdn: string }, until: Text, days: number): MailText => ({
    subject: { id: `[${about.fqdn}] Pendaftaran ulang`, en: `[${about.fqdn}] Re-registration` },
    lines: [
      opening,
      days >= 0
        ? {
            id: `Layanan ${about.fqdn} terdaftar sampai ${until.id}, ${days} hari lagi. Ajukan pendaftaran ulang sebelum tanggal itu.`,
            en: `Service ${about.fqdn} is registered until ${until.en}, ${days} days from now. Please apply for re-registration before that date.`,
          }
        : {
            id: `Masa pendaftaran layanan ${about.fqdn} berakhir ${until.id}. Segera ajukan pendaftaran ulang atau penutupan.`,
            en: `The registration of service ${about.fqdn} ended ${until.en}. Please apply for re-registration or closure now.`,
          },
      look(about.url),
      closing(about.office),
    ],
  }),
  appointment: (about: {
    readonly person: string
    readonly role: Role
    readonly until: Text
    readonly days: number
    readonly office: string
    readonly url: string
  }): MailText => {
    const { person, role, until, days, office } = about
    const title = roleTexts[role]
    return {
      subject: { id: `Penugasan ${person} sebagai ${title.id}`, en: `${person} as ${title.en}` },
      lines: [
        opening,
        days >= 0
          ? {
              id: `Penugasan ${person} sebagai ${title.id} di ${office} berlaku sampai ${until.id}, ${days} hari lagi. Sesudah itu peran ini berhenti dengan sendirinya; administrator perlu mencatat surat yang baru sebelum tanggal itu.`,
              en: `The appointment of ${person} as ${title.en} of ${office} is valid until ${until.en}, ${days} days from now. After that the role stops by itself; the administrator should record the new letter before that day.`,
            }
          : {
              id: `Penugasan ${person} sebagai ${title.id} di ${office} berakhir pada ${until.id}. Peran ini tidak berlaku lagi sampai administrator mencatat surat yang baru; permohonan yang sedang berjalan tidak berubah.`,
              en: `The appointment of ${person} as ${title.en} of ${office} ended on ${until.en}. The role counts for nothing until the administrator records the new letter; no request changed.`,
            },
        look(about.url),
        closing(office),
      ],
    }
  },
} as const

/** @returns the mail's text in one language: paragraphs with an empty line between them */
export function mailBody(mail: MailText, locale: Locale): string {
  return `${mail.lines.map((line) => line[locale]).join('\n\n')}\n`
}
