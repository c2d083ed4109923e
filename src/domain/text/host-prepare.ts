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
  nothing: {
    id: 'Server ini sudah siap. Tidak ada yang perlu diubah.',
    en: 'This host is ready. Nothing needs to change.',
  },
  shownKey: (line: string, fingerprint: string): Text => ({
    id: `Server menunjukkan kunci ${fingerprint}\n${line}`,
    en: `The host shows the key ${fingerprint}\n${line}`,
  }),
  askKey: {
    id: 'Cocokkan dengan "ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub" di server itu. Apakah sama? [y/t]',
    en: 'Compare it with "ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub" on that host. Is it the same? [y/n]',
  },
  ask: (count: number): Text => ({
    id: `Lakukan ${count} perubahan ini? [y/t]`,
    en: `Make these ${count} changes? [y/n]`,
  }),
  done: (hostKey: string): Text => ({
    id: `Server siap. Daftarkan di portal dengan kunci server: ${hostKey}`,
    en: `The host is ready. Add it in the portal with the host key: ${hostKey}`,
  }),
  invalid: (field: string): Text => ({
    id: `Isian "${field}" tidak sah. Tidak ada yang berubah.`,
    en: `The value of "${field}" is not valid. Nothing was changed.`,
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
