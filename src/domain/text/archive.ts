import type { Text } from '../refused.ts'

const unchanged = { id: 'Situs tidak berubah.', en: 'The site was not changed.' }

const sentence = (id: string, en: string): Text => ({
  id: `${id} ${unchanged.id}`,
  en: `${en} ${unchanged.en}`,
})

/** Why an uploaded archive is not unpacked. Each says that the site stays as it was and what to do. */
export const archiveText = {
  notZip: sentence(
    'Berkas ini bukan ZIP yang utuh. Buat ulang arsipnya lalu unggah kembali.',
    'This file is not a whole ZIP archive. Create the archive again and upload it once more.',
  ),
  malformed: sentence(
    'Isi berkas ZIP ini rusak atau tidak sesuai dengan daftarnya. Buat ulang arsipnya.',
    'The content of this ZIP archive is damaged or does not match its list. Create the archive again.',
  ),
  empty: sentence(
    'Arsip ini tidak berisi berkas. Sertakan berkas situs, misalnya index.html.',
    'This archive holds no files. Include the files of the site, for example index.html.',
  ),
  backslash: (path: string) =>
    sentence(
      `Nama "${path}" memakai garis miring terbalik. Buat arsip dengan pemisah folder "/".`,
      `The name "${path}" uses a backslash. Create the archive with "/" between folders.`,
    ),
  absolute: (path: string) =>
    sentence(
      `Nama "${path}" adalah alamat mutlak. Buat arsip dari dalam folder situs.`,
      `The name "${path}" is an absolute path. Create the archive from within the site's folder.`,
    ),
  climbs: (path: string) =>
    sentence(
      `Nama "${path}" menunjuk ke luar situs ("..") dan tidak diterima.`,
      `The name "${path}" points out of the site ("..") and is not accepted.`,
    ),
  badName: (path: string) =>
    sentence(
      `Nama "${path}" tidak sah. Ganti nama berkas atau foldernya.`,
      `The name "${path}" is not valid. Rename the file or folder.`,
    ),
  longName: (path: string) =>
    sentence(
      `Nama "${path}" terlalu panjang atau terlalu dalam. Pendekkan namanya.`,
      `The name "${path}" is too long or too deep. Shorten it.`,
    ),
  link: (path: string) =>
    sentence(
      `"${path}" adalah tautan (link), yang tidak diterima. Ganti dengan berkas aslinya.`,
      `"${path}" is a link, which is not accepted. Put the file itself in its place.`,
    ),
  specialFile: (path: string) =>
    sentence(
      `"${path}" bukan berkas atau folder biasa. Keluarkan dari arsip.`,
      `"${path}" is neither a plain file nor a folder. Take it out of the archive.`,
    ),
  encrypted: (path: string) =>
    sentence(
      `"${path}" terkunci dengan kata sandi. Buat arsip tanpa kata sandi.`,
      `"${path}" is protected by a password. Create the archive without a password.`,
    ),
  method: (path: string) =>
    sentence(
      `"${path}" dimampatkan dengan cara yang tidak dikenal. Pakai ZIP biasa (Deflate).`,
      `"${path}" is compressed in an unknown way. Use plain ZIP (Deflate).`,
    ),
  tooMany: (most: number) =>
    sentence(
      `Arsip ini berisi lebih dari ${most} berkas. Kurangi jumlah berkasnya.`,
      `This archive holds more than ${most} files. Reduce their number.`,
    ),
  fileTooLarge: (path: string, mostMebibytes: number) =>
    sentence(
      `"${path}" lebih besar dari ${mostMebibytes} MiB. Perkecil berkas itu.`,
      `"${path}" is larger than ${mostMebibytes} MiB. Make that file smaller.`,
    ),
  tooLarge: (mebibytes: number, mostMebibytes: number) =>
    sentence(
      `Isi arsip berukuran ${mebibytes} MiB, sedangkan batas situs ini ${mostMebibytes} MiB.`,
      `The content is ${mebibytes} MiB, and the limit of this site is ${mostMebibytes} MiB.`,
    ),
  uploadTooLarge: (mostMebibytes: number) =>
    sentence(
      `Arsip lebih besar dari ${mostMebibytes} MiB. Kurangi isinya.`,
      `The archive is larger than ${mostMebibytes} MiB. Reduce its content.`,
    ),
  bomb: sentence(
    'Isi arsip ini mengembang tidak wajar dibanding ukurannya, sehingga ditolak.',
    'The content of this archive expands unreasonably for its size, so it was refused.',
  ),
  overlap: sentence(
    'Bagian-bagian arsip ini saling tumpang tindih, sehingga ditolak. Buat ulang arsipnya.',
    'Parts of this archive overlap one another, so it was refused. Create the archive again.',
  ),
  duplicate: (first: string, second: string) =>
    sentence(
      `"${first}" dan "${second}" memakai nama yang sama. Beri nama yang berbeda.`,
      `"${first}" and "${second}" share one name. Give them different names.`,
    ),
  tooSlow: sentence(
    'Arsip ini tidak selesai dibuka dalam waktu yang disediakan. Kurangi isinya lalu coba lagi.',
    'This archive could not be unpacked in the time allowed. Reduce its content and try again.',
  ),
} as const
