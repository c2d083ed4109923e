import { formatDate } from '../dates/indonesian.ts'
import type { LocalDate } from '../dates/zones.ts'
import type { Text } from '../refused.ts'
import type { MailText } from './mails.ts'
import { closing, opening } from './mails.ts'

type About = {
  readonly ticket: string
  readonly service: string
  readonly agency: string
  readonly office: string
}

const wrong = (office: string): Text => ({
  id: `Bila ini keliru, segera hubungi ${office}.`,
  en: `If this is wrong, call ${office} at once.`,
})

/** What contacts of a service and its agency are told. None of these mails carries a secret. */
export const contactMails = {
  gone: ({ ticket, service, agency, office }: About): MailText => ({
    subject: {
      id: `[${service}] Anda bukan narahubung lagi`,
      en: `[${service}] You are no contact any more`,
    },
    lines: [
      opening,
      {
        id: `Atas permohonan ${ticket} dari ${agency}, Anda tidak tercatat lagi sebagai narahubung layanan ${service}. Pemberitahuan tentang layanan ini tidak dikirim kepada Anda lagi.`,
        en: `By request ${ticket} of ${agency} you are no longer a contact of the service ${service}. You will hear no more about it.`,
      },
      wrong(office),
      closing(office),
    ],
  }),
  come: ({ ticket, service, agency, office }: About, credentials: boolean): MailText => ({
    subject: { id: `[${service}] Anda kini narahubung`, en: `[${service}] You are a contact now` },
    lines: [
      opening,
      {
        id: `Atas permohonan ${ticket} dari ${agency}, Anda tercatat sebagai narahubung layanan ${service}. Kantor menghubungi Anda bila ada yang perlu ditangani.`,
        en: `By request ${ticket} of ${agency} you are a contact of the service ${service}. The office will turn to you when something needs attention.`,
      },
      ...(credentials
        ? [
            {
              id: 'Kredensial situsnya sedang diperbarui. Narahubung teknis mendapat surel tersendiri begitu dapat membukanya.',
              en: 'The credentials of its site are being made anew. The technical contact gets a mail as soon as they can be opened.',
            },
          ]
        : []),
      wrong(office),
      closing(office),
    ],
  }),
  changed: (
    { ticket, service, agency, office }: About,
    names: readonly string[],
    credentials: boolean,
  ): MailText => ({
    subject: { id: `[${service}] Narahubung diganti`, en: `[${service}] Contacts replaced` },
    lines: [
      opening,
      {
        id: `Atas permohonan ${ticket} dari ${agency}, narahubung layanan ${service} kini: ${[...new Set(names)].join('; ')}.`,
        en: `By request ${ticket} of ${agency} the contacts of the service ${service} are now: ${[...new Set(names)].join('; ')}.`,
      },
      ...(credentials
        ? [{ id: 'Kredensial situsnya diperbarui.', en: 'The credentials of its site are made anew.' }]
        : []),
      wrong(office),
      closing(office),
    ],
  }),
  credentials: (about: {
    readonly service: string
    readonly office: string
    readonly url: string
  }): MailText => ({
    subject: {
      id: `[${about.service}] Kredensial diperbarui`,
      en: `[${about.service}] Credentials made anew`,
    },
    lines: [
      opening,
      {
        id: `Kredensial situs ${about.service} diperbarui; kata sandi yang lama tidak berlaku lagi. Narahubung teknis membukanya satu kali di: ${about.url}`,
        en: `The credentials of the site ${about.service} were made anew; the old password counts for nothing. The technical contact opens them once at: ${about.url}`,
      },
      {
        id: `Belum punya akun? Tulis ${about.service} di halaman itu untuk mendapat kode lewat surel.`,
        en: `No account yet? Write ${about.service} on that page to get a code by mail.`,
      },
      {
        id: `Bila tidak ada yang meminta ini, segera hubungi ${about.office}.`,
        en: `If nobody asked for this, call ${about.office} at once.`,
      },
      closing(about.office),
    ],
  }),
  notice: (about: {
    readonly service: string
    readonly number: string
    readonly on: LocalDate
    readonly office: string
    readonly url: string
  }): MailText => ({
    subject: {
      id: `[${about.service}] Pemberitahuan penonaktifan`,
      en: `[${about.service}] Notice of deactivation`,
    },
    lines: [
      opening,
      {
        id: `Dengan surat nomor ${about.number}, ${about.office} memberitahukan bahwa layanan ${about.service} akan dinonaktifkan pada ${formatDate(about.on, 'id')}. Alasannya tertulis dalam surat itu.`,
        en: `By letter ${about.number}, ${about.office} gives notice that the service ${about.service} will be deactivated on ${formatDate(about.on, 'en')}. The letter says why.`,
      },
      {
        id: `Keaslian surat dapat diperiksa di: ${about.url}`,
        en: `Whether a letter is genuine is checked at: ${about.url}`,
      },
      {
        id: `Hubungi ${about.office} sebelum tanggal itu bila layanan masih dipakai.`,
        en: `Call ${about.office} before that day if the service is still in use.`,
      },
      closing(about.office),
    ],
  }),
} as const
