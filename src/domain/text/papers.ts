import { properCase } from '../letters/proper-case.ts'
import type { Text } from '../refused.ts'

/** Words that the desk puts into its letters; the letters themselves are Indonesian. */
export const paperTexts = {
  notSet: {
    id: 'PDF belum dapat disusun sekarang. Tidak ada yang hilang; coba lagi sebentar lagi.',
    en: 'The PDF cannot be made right now. Nothing was lost; try again in a moment.',
  },
  templateWrong: (fault: string): Text => ({
    id: `Surat belum dapat disusun karena templat surat kantor salah: ${fault}. Nomornya tetap dan tidak ada yang hilang; perbaiki berkas itu di folder templates, surat lalu disusun dengan sendirinya dalam beberapa menit.`,
    en: `The letter cannot be set because a letter template of the office is wrong: ${fault}. Its number stays and nothing was lost; mend that file in the folder templates, the letter is then set by itself within minutes.`,
  }),
  shownTemplateWrong: (fault: string): Text => ({
    id: `PDF belum dapat disusun karena templat surat kantor salah: ${fault}. Tidak ada yang hilang; minta pengelola server memperbaiki berkas itu di folder templates, lalu coba lagi.`,
    en: `The PDF cannot be set because a letter template of the office is wrong: ${fault}. Nothing was lost; ask whoever runs the server to mend that file in the folder templates, then try again.`,
  }),
  natureOrdinary: { id: 'Biasa', en: 'Ordinary' },
  atPlace: { id: 'Tempat', en: 'Place' },
  headOf: (agency: string): Text => ({ id: `Kepala ${agency}`, en: `Head of ${agency}` }),
  subjectGranted: (kind: string): Text => ({
    id: `Balasan Permohonan ${kind}`,
    en: `Reply to the Application: ${kind}`,
  }),
  subjectRefused: (kind: string): Text => ({
    id: `Penolakan Permohonan ${kind}`,
    en: `Refusal of the Application: ${kind}`,
  }),
  siteAddress: { id: 'Alamat situs', en: 'Site address' },
  sftpAddress: { id: 'Pengelolaan berkas (SFTP)', en: 'File access (SFTP)' },
  fileAccess: { id: 'Pengelolaan berkas', en: 'File access' },
  accessByOffice: {
    id: 'akses diserahkan langsung oleh pengelola server',
    en: 'access is handed over by whoever runs the server',
  },
  accessByUpload: {
    id: 'dengan mengunggah arsip ZIP di portal',
    en: 'by uploading a ZIP archive in the portal',
  },
  remark: { id: 'Keterangan', en: 'Remark' },
  signatoryPost: (office: string): Text => ({
    id: `Kepala ${properCase(office)}`,
    en: `Head of ${properCase(office)}`,
  }),
} as const
