import type { Text } from '../refused.ts'
import type { MailText } from './mails.ts'
import { closing } from './mails.ts'

/** Taking over a service whose contacts have all left. */
export const takeoverTexts = {
  pending: {
    id: 'Pengambilalihan layanan ini sudah diajukan dan masih diproses. Isian Anda tersimpan; tunggu permohonan yang berjalan selesai atau tanyakan kepada kantor.',
    en: 'Somebody has asked to take this service over already, and the desk is working on it. What you entered is kept; wait until that request ends, or ask the office.',
  },
  stillContact: {
    id: 'Anda sendiri masih tercatat sebagai narahubung layanan ini. Gunakan jenis permohonan "Perubahan kontak". Isian Anda tersimpan.',
    en: 'You are still a contact of this service. Use the request "Change of contacts". What you entered is kept.',
  },
  sameContact: {
    id: 'Alamat ini milik narahubung lama. Tuliskan narahubung yang baru; bila narahubung lama masih bertugas, gunakan "Perubahan kontak".',
    en: 'This address belongs to an old contact. Name a new one; where the old contact is still there, use "Change of contacts".',
  },
  letterBeforeHead: (since: Text): Text => ({
    id: `Surat ini bertanggal sebelum kepala perangkat daerah yang tercatat mulai menjabat (${since.id}). Mintalah surat dari kepala yang sekarang; isian lainnya tersimpan.`,
    en: `This letter is dated before the term of the head on record (${since.en}). Ask the present head for a letter; everything else is kept.`,
  }),
  letterInFuture: {
    id: 'Tanggal surat belum tiba. Periksa tanggalnya.',
    en: 'The date of the letter has not come yet. Check it.',
  },
  objected: {
    id: 'Narahubung lama berkeberatan. Pengambilalihan belum dapat disetujui: tolak permohonan ini, atau mintalah petugas memeriksa lalu menegaskan bahwa narahubung lama sudah tidak bertugas. Tidak ada yang berubah.',
    en: 'An old contact objects. The take-over cannot be granted: refuse it, or ask the desk to look into it and confirm that the old contacts have left. Nothing changed.',
  },
  tooEarly: {
    id: 'Masa keberatan narahubung lama belum lewat. Tunggu sampai lewat, atau mintalah petugas menegaskan bahwa narahubung lama sudah tidak bertugas. Tidak ada yang berubah.',
    en: 'The old contacts may still object. Wait until their days are over, or ask the desk to confirm that they have left. Nothing changed.',
  },
  contactsChanged: {
    id: 'Narahubung layanan ini sudah berubah sejak permohonan dikirim, jadi pengambilalihan tidak berlaku lagi. Tolak permohonan ini; narahubung yang sekarang dapat mengajukan perubahan. Tidak ada yang berubah.',
    en: 'The contacts of this service changed after the request was sent, so it holds no more. Refuse it; the present contacts can ask for changes. Nothing changed.',
  },
  ownConfirmation: {
    id: 'Anda sendiri yang menegaskan bahwa narahubung lama sudah tidak bertugas, jadi orang lain yang harus memutuskan. Permohonan ini tidak berubah.',
    en: 'You confirmed yourself that the old contacts have left, so somebody else must decide. This request did not change.',
  },
  ownApplication: {
    id: 'Permohonan ini Anda ajukan atau catat sendiri, jadi orang lain yang harus menegaskan bahwa narahubung lama sudah tidak bertugas. Tidak ada yang berubah.',
    en: 'You applied for this or entered it yourself, so somebody else must confirm that the old contacts have left. Nothing changed.',
  },
  notOpen: {
    id: 'Permohonan ini bukan pengambilalihan yang sedang diproses. Tidak ada yang berubah; muat ulang halaman.',
    en: 'This request is no take-over that is being worked on. Nothing changed; load the page again.',
  },
  linkOver: {
    id: 'Tautan ini tidak berlaku lagi: permohonannya sudah selesai, atau keberatan sudah dikirim. Bila Anda masih bertugas, hubungi kantor.',
    en: 'This link holds no more: the request has ended, or an objection was sent. If you are still in charge, call the office.',
  },
} as const

/** The page of the request, and the two public pages. */
export const takeoverPageTexts = {
  front: {
    id: 'Layanan instansi saya tidak punya narahubung lagi',
    en: 'My agency’s service has no contact any more',
  },
  title: { id: 'Layanan tanpa narahubung', en: 'A service without contacts' },
  lead: {
    id: 'Bila semua narahubung layanan sudah pindah atau berhenti, pegawai baru dapat mengambil alih layanan itu dengan surat kepala perangkat daerah.',
    en: 'Where all contacts of a service have left, a new officer can take it over with a letter of the head of the agency.',
  },
  howTitle: { id: 'Caranya', en: 'How' },
  how: [
    {
      id: 'Siapkan surat kepala perangkat daerah yang sekarang menjabat: nama layanan, nama dan jabatan narahubung baru, dan pernyataan bahwa narahubung lama tidak bertugas lagi. Pindai sebagai PDF.',
      en: 'Have a letter of the present head of the agency: the name of the service, name and post of the new contacts, and that the old ones are no longer in charge. Scan it as PDF.',
    },
    {
      id: 'Daftar akun dengan surel dinas Anda. Petugas memeriksa surat tugas atau surat kuasa Anda sebelum akun dibuka.',
      en: 'Ask for an account with your official address. The desk checks your letter before it opens the account.',
    },
    {
      id: 'Setelah masuk, ajukan "Pengambilalihan layanan tanpa narahubung", pilih layanannya, dan unggah surat itu.',
      en: 'After signing in, apply for "Take-over of a service without contacts", choose the service and upload the letter.',
    },
    {
      id: 'Narahubung lama diberi tahu lewat surel dan dapat berkeberatan selama 7 hari, kecuali kantor memastikan bahwa mereka sudah tidak bertugas.',
      en: 'The old contacts are told by mail and may object for 7 days, unless the office confirms that they have left.',
    },
    {
      id: 'Setelah disetujui, narahubung lama kehilangan akses, kredensial diganti, dan narahubung teknis yang baru membukanya satu kali.',
      en: 'Once granted, the old contacts lose their access, the credentials are changed, and the new technical contact opens them once.',
    },
  ],
  register: { id: 'Daftar akun', en: 'Ask for an account' },
  apply: { id: 'Saya sudah punya akun: ajukan', en: 'I have an account: apply' },
  chooseOffice: { id: 'Pilih kantor yang mengelola layanan', en: 'Choose the office that runs the service' },

  card: { id: 'Narahubung lama', en: 'Old contacts' },
  head: { id: 'Kepala yang tercatat', en: 'Head on record' },
  noHead: {
    id: 'Belum tercatat. Catat SK kepala pada Penugasan sebelum memutuskan.',
    en: 'None. Record the head’s decree under Appointments before deciding.',
  },
  since: (day: Text): Text => ({ id: `sejak ${day.id}`, en: `since ${day.en}` }),
  until: { id: 'Keberatan diterima sampai', en: 'Objections taken until' },
  warned: { id: 'Diberi tahu', en: 'Told' },
  noObjection: { id: 'belum berkeberatan', en: 'has not objected' },
  objection: (text: string): Text => ({ id: `berkeberatan: “${text}”`, en: `objects: “${text}”` }),
  others: { id: 'Layanan lain dengan narahubung yang sama', en: 'Other services with the same contacts' },
  othersHint: {
    id: 'Setiap layanan diambil alih dengan permohonan tersendiri.',
    en: 'Each service is taken over by a request of its own.',
  },
  confirmed: { id: 'Ditegaskan kantor', en: 'Confirmed by the office' },
  nothingAgainst: { id: 'Tidak ada yang menghalangi keputusan.', en: 'Nothing stands against a decision.' },
  confirm: { id: 'Tegaskan bahwa mereka sudah tidak bertugas …', en: 'Confirm that they have left …' },
  confirmTitle: {
    id: 'Narahubung lama sudah tidak bertugas',
    en: 'The old contacts have left',
  },
  confirmLead: {
    id: 'Hanya setelah diperiksa, misalnya lewat surat mutasi atau telepon ke kepegawaian. Masa keberatan tidak ditunggu lagi. Yang menegaskan tidak dapat memutuskan.',
    en: 'Only after looking into it, for example a transfer letter or a call to the personnel office. The days for objecting are not waited for. Whoever confirms does not decide.',
  },
  reason: { id: 'Bagaimana Anda memastikannya', en: 'How you made sure' },
  confirmSend: { id: 'Tegaskan', en: 'Confirm' },
  confirmDone: { id: 'Tercatat. Orang lain yang memutuskan.', en: 'Recorded. Somebody else decides.' },

  objectTitle: {
    id: 'Keberatan atas pengambilalihan layanan',
    en: 'Objection to the take-over of a service',
  },
  objectLead: (service: string, agency: string): Text => ({
    id: `${agency} meminta narahubung baru untuk ${service}. Anda tercatat sebagai narahubung. Bila Anda masih bertugas, sampaikan keberatan; bila tidak, abaikan halaman ini.`,
    en: `${agency} asks for new contacts of ${service}. You are a contact on record. If you are still in charge, object; if not, leave this page.`,
  }),
  objectText: { id: 'Alasan keberatan', en: 'Why you object' },
  objectHint: {
    id: 'Dibaca oleh kantor dan pemohon. Jangan menulis kata sandi.',
    en: 'Read by the office and the applicant. Do not write passwords.',
  },
  objectSend: { id: 'Kirim keberatan', en: 'Send the objection' },
  objectDone: {
    id: 'Keberatan Anda diterima. Pengambilalihan tidak dapat disetujui sebelum kantor memeriksanya.',
    en: 'Your objection was received. The take-over cannot be granted before the office has looked into it.',
  },
} as const

/** What an old contact is told, with the link by which they object. */
export function takeoverMail(about: {
  readonly name: string
  readonly service: string
  readonly agency: string
  readonly office: string
  readonly days: number
  readonly link: string
}): MailText {
  const { name, service, agency, office, days, link } = about
  return {
    subject: { id: `Narahubung baru diminta untuk ${service}`, en: `New contacts are asked for: ${service}` },
    lines: [
      { id: `Yth. ${name},`, en: `Dear ${name},` },
      {
        id: `${agency} menyatakan bahwa narahubung ${service} sudah tidak bertugas dan meminta narahubung baru. Anda tercatat sebagai narahubung. Bila disetujui, akses Anda berakhir dan kredensial layanan diganti.`,
        en: `${agency} says that the contacts of ${service} have left and asks for new ones. You are a contact on record. Once it is granted, your access ends and the credentials are changed.`,
      },
      {
        id: `Bila Anda masih bertugas, sampaikan keberatan dalam ${days} hari: ${link}`,
        en: `If you are still in charge, object within ${days} days: ${link}`,
      },
      {
        id: 'Bila Anda memang sudah tidak bertugas, abaikan surel ini.',
        en: 'If you have left, nothing needs to be done.',
      },
      closing(office),
    ],
  }
}

/** What the desk is told when somebody objects. */
export const objectionMail = (ticket: string, service: string, url: string): MailText => ({
  subject: { id: `[${ticket}] Narahubung lama berkeberatan`, en: `[${ticket}] An old contact objects` },
  lines: [
    {
      id: `Narahubung lama ${service} berkeberatan atas pengambilalihan layanan. Permohonan tidak dapat disetujui sebelum diperiksa.`,
      en: `An old contact of ${service} objects to its being taken over. The request cannot be granted before this was looked into.`,
    },
    { id: `Buka: ${url}`, en: `Open: ${url}` },
  ],
})
