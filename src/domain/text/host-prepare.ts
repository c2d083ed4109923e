import type { Text } from '../refused.ts'

/** What `ranah host prepare` says before and while it turns a Debian host into a site host. */
export const prepareText = {
  packages: (names: string): Text => ({
    id: `Pasang paket Debian: ${names}.`,
    en: `Install Debian packages: ${names}.`,
  }),
  group: (name: string): Text => ({ id: `Buat grup ${name}.`, en: `Create the group ${name}.` }),
  file: (path: string, isNew: boolean): Text => ({
    id: `${isNew ? 'Tulis berkas' : 'Ubah berkas'} ${path}:`,
    en: `${isNew ? 'Write the file' : 'Change the file'} ${path}:`,
  }),
  helper: (path: string, bytes: number): Text => ({
    id: `Pasang pembantu Ranah ${path} (${Math.ceil(bytes / 1024)} KiB).`,
    en: `Install Ranah's helper ${path} (${Math.ceil(bytes / 1024)} KiB).`,
  }),
  link: (path: string, target: string): Text => ({
    id: `Buat tautan ${path} ke ${target}.`,
    en: `Create the link ${path} to ${target}.`,
  }),
  defaultSite: (path: string): Text => ({
    id: `Hapus tautan ${path}: nama tanpa situs dijawab 404.`,
    en: `Remove the link ${path}: a name without a site is answered with 404.`,
  }),
  reload: {
    id: 'Periksa konfigurasi, lalu muat ulang nginx, php-fpm, dan sshd.',
    en: 'Check the configuration, then reload nginx, php-fpm and sshd.',
  },
  failed: (command: string, why: string): Text => ({
    id: `Perintah "${command}" gagal di server: ${why || '-'}. Perubahan sebelumnya tetap; perbaiki sebabnya lalu jalankan lagi.`,
    en: `The command "${command}" failed on the host: ${why || '-'}. Earlier changes stay; mend the cause and run it again.`,
  }),
} as const
