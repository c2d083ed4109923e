import type { Text } from '../refused.ts'

/** What the rotation of the installation's key says. */
export const keyText = {
  rotated: (count: number): Text => ({
    id: `Kunci instalasi diganti; ${count} rahasia disegel ulang. Cadangan lama tanpa frasa sandi memerlukan kunci lama: simpan salinan installation.json yang lama bersamanya, atau buat cadangan baru sekarang.`,
    en: `The installation has a new key; ${count} secrets were sealed again. Older backups without a passphrase need the old key: keep the old copy of installation.json with them, or make a new backup now.`,
  }),
  unfinished: {
    id: 'Penggantian kunci instalasi terputus di tengah jalan. Tidak ada yang hilang. Jalankan `ranah key rotate` sekali lagi sampai selesai, lalu mulai Ranah.',
    en: 'A rotation of the installation key was broken off. Nothing is lost. Run `ranah key rotate` once more until it ends, then start Ranah.',
  },
  damaged: (context: string): Text => ({
    id: `Rahasia ${context} tidak terbuka dengan kunci instalasi ini, jadi kunci tidak diganti. Tidak ada yang diubah. Periksa apakah DATA/secrets/installation.json berasal dari instalasi ini.`,
    en: `The secret of ${context} cannot be opened with the key of this installation, so the key was not changed. Nothing was changed. Check that DATA/secrets/installation.json belongs to this installation.`,
  }),
}

/** What the change of the secrets behind sessions and database says. */
export const secretsText = {
  before: {
    id: 'Ini mengganti rahasia penanda tangan sesi dan kata sandi peran basis data. Semua orang keluar dari semua perangkat dan masuk lagi dengan kata sandi dan langkah kedua yang sama; halaman kode dan tautan lupa sandi yang sedang terbuka berakhir. Kata sandi, aplikasi autentikator, kunci sandi, kode pemulihan, dan token API tetap berlaku.',
    en: 'This replaces the secret that signs sessions and the password of the database role. Everybody is signed out on all devices and signs in again with the same password and second step; open code pages and links of forgotten passwords end. Passwords, authenticator apps, passkeys, recovery codes and tokens of the API go on working.',
  },
  sayYes: {
    id: 'Belum ada yang diubah. Hentikan portal, lalu jalankan lagi dengan --yes.',
    en: 'Nothing was changed yet. Stop the portal and run it again with --yes.',
  },
  rotated: ({ sessions, apps }: { readonly sessions: number; readonly apps: number }): Text => ({
    id: `Rahasia sesi dan kata sandi basis data diganti; ${sessions} sesi diakhiri, ${apps} kunci aplikasi autentikator disegel ulang. Buat cadangan baru: cadangan lama memuat rahasia lama.`,
    en: `The secret of sessions and the database password were replaced; ${sessions} sessions ended, ${apps} keys of authenticator apps were sealed again. Make a new backup: older ones hold the old secrets.`,
  }),
  unfinished: {
    id: 'Penggantian rahasia sesi dan basis data terputus di tengah jalan. Tidak ada yang hilang. Jalankan `ranah secrets rotate --yes` sekali lagi sampai selesai, lalu mulai Ranah.',
    en: 'A change of the secrets of sessions and database was broken off. Nothing is lost. Run `ranah secrets rotate --yes` once more until it ends, then start Ranah.',
  },
  damaged: {
    id: 'Ada kunci aplikasi autentikator yang tidak terbuka dengan rahasia instalasi ini, jadi rahasia tidak diganti. Tidak ada yang diubah. Periksa apakah DATA/secrets/installation.json berasal dari instalasi ini.',
    en: 'A key of an authenticator app cannot be opened with the secret of this installation, so the secret was not changed. Nothing was changed. Check that DATA/secrets/installation.json belongs to this installation.',
  },
  roleNotOurs: (role: string): Text => ({
    id: `Pengguna di DATABASE_URL tidak boleh mengganti kata sandi peran ${role}. Tidak ada yang diubah. Minta administrator PostgreSQL memberinya hak itu untuk sementara: CREATEROLE, dan mulai PostgreSQL 16 juga GRANT ${role} TO pengguna itu WITH ADMIN OPTION.`,
    en: `The user in DATABASE_URL may not change the password of role ${role}. Nothing was changed. Ask the PostgreSQL administrator to give it that right for a while: CREATEROLE, and since PostgreSQL 16 also GRANT ${role} TO that user WITH ADMIN OPTION.`,
  }),
}
