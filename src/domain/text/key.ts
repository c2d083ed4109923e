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
