import type { Text } from '../refused.ts'

/** What ended because nobody can open it any more, by the names under which an administrator finds it. */
export type Forgotten = {
  readonly pages: number
  /** Servers whose keys somebody must enter again. */
  readonly servers: readonly string[]
  /** Signatories whose NIK somebody must enter again, by appointing them anew. */
  readonly signatories: readonly string[]
  /** Identity providers that somebody must set up again. */
  readonly providers: readonly string[]
}

/** What backup and restore say. */
export const backupTexts = {
  dumping: { id: 'Menyalin basis data ...', en: 'Copying the database ...' },
  copying: { id: 'Menyalin zona dan situs ...', en: 'Copying zones and sites ...' },
  packing: { id: 'Menulis berkas cadangan ...', en: 'Writing the backup file ...' },
  written: (file: string, bytes: number): Text => ({
    id: `Cadangan tersimpan: ${file} (${bytes} bita). Simpan di tempat yang hanya dapat dibaca sedikit orang.`,
    en: `The backup is in ${file} (${bytes} bytes). Keep it where few can read it.`,
  }),
  withoutKey: {
    id: 'Tanpa frasa sandi, kunci kredensial tidak ikut. Simpan salinan DATA/secrets/installation.json di tempat lain, atau pakai --passphrase-file. Tanpa kunci itu, halaman sekali buka yang menunggu dan kunci server harus dibuat lagi sesudah pemulihan.',
    en: 'Without a passphrase the key of the credentials is left out. Keep a copy of DATA/secrets/installation.json elsewhere, or use --passphrase-file. Without that key the one-time pages that wait and the keys of servers have to be made anew after a restore.',
  },
  keyFileWrong: (file: string): Text => ({
    id: `${file} bukan salinan DATA/secrets/installation.json. Tidak ada yang diubah.`,
    en: `${file} is no copy of DATA/secrets/installation.json. Nothing was changed.`,
  }),
  forgotten: ({ pages, servers, signatories, providers }: Forgotten): Text => {
    const list = (id: string, en: string, names: readonly string[]): Text =>
      names.length === 0
        ? { id: '', en: '' }
        : { id: ` ${id}: ${names.join(', ')}.`, en: ` ${en}: ${names.join(', ')}.` }
    const again = [
      list('Masukkan lagi kunci server', 'Enter the keys of these servers again', servers),
      list('Tetapkan lagi dengan NIK-nya', 'Appoint again with their NIK', signatories),
      list('Atur lagi masuk tunggal', 'Set up single sign-on again', providers),
    ]
    return {
      id: `Cadangan ini tanpa kunci kredensial. ${pages} halaman sekali buka diakhiri; kontak layanan meminta kredensial baru.${again.map((each) => each.id).join('')}`,
      en: `This backup came without the key of the credentials. ${pages} one-time pages have ended; contacts ask for new credentials.${again.map((each) => each.en).join('')}`,
    }
  },
  unpacking: { id: 'Membuka dan memeriksa cadangan ...', en: 'Opening and checking the backup ...' },
  loading: { id: 'Mengisi basis data ...', en: 'Filling the database ...' },
  placing: { id: 'Menempatkan zona, situs, dan rahasia ...', en: 'Placing zones, sites and secrets ...' },
  verified: (office: string, entries: number, head: string): Text => ({
    id: `Buku log ${office}: ${entries} entri, rantai utuh, kepala ${head}`,
    en: `Logbook of ${office}: ${entries} entries, the chain is whole, head ${head}`,
  }),
  restored: (place: string, from: string): Text => ({
    id: `Cadangan tanggal ${from} dipulihkan ke ${place}. Jalankan Ranah pada direktori itu.`,
    en: `The backup of ${from} is restored in ${place}. Start Ranah on that directory.`,
  }),
  configurationBeside: (place: string): Text => ({
    id: `Konfigurasi dari mesin lama ada di ${place} dan belum berlaku. Periksa, terutama DATABASE_URL dan RANAH_SMTP_URL, lalu pindahkan.`,
    en: `The configuration of the old machine is in ${place} and is not in force. Check it, above all DATABASE_URL and RANAH_SMTP_URL, then move it.`,
  }),
  notEmpty: (place: string, found: string): Text => ({
    id: `${place} tidak kosong (ada "${found}"). Tidak ada yang diubah. Pulihkan ke direktori data yang kosong.`,
    en: `${place} is not empty (it has "${found}"). Nothing was changed. Restore into an empty data directory.`,
  }),
  databaseNotEmpty: (table: string): Text => ({
    id: `Basis data tujuan sudah berisi tabel ${table}. Tidak ada yang diubah. Buat basis data kosong, lalu ulangi.`,
    en: `The database already has the table ${table}. Nothing was changed. Create an empty database and try again.`,
  }),
  otherVersion: (file: string): Text => ({
    id: `Cadangan ini dibuat oleh versi Ranah yang lain (${file} tidak dikenal di sini). Tidak ada yang diubah. Pulihkan dengan versi yang sama atau yang lebih baru.`,
    en: `Another version of Ranah made this backup (${file} is not known here). Nothing was changed. Restore it with the same version or a newer one.`,
  }),
  otherQueue: (wanted: number, found: number): Text => ({
    id: `Tabel antrean pada cadangan ini versi ${wanted}, di sini versi ${found}. Pulihkan dengan versi Ranah yang membuatnya, lalu tingkatkan.`,
    en: `The queue's tables in this backup have version ${wanted}, here version ${found}. Restore with the version of Ranah that made it, then upgrade.`,
  }),
  damaged: (what: string): Text => ({
    id: `Cadangan rusak: ${what}. Tidak ada yang diubah. Gunakan salinan yang lain.`,
    en: `The backup is damaged: ${what}. Nothing was changed. Use another copy.`,
  }),
  damage: {
    noManifest: 'manifest.json',
    digest: (path: string): string => `${path} (sha256)`,
    missing: (path: string): string => `${path} (-)`,
    extra: (path: string): string => `${path} (+)`,
  },
  passphraseNeeded: {
    id: 'Cadangan ini terenkripsi. Beri --passphrase-file BERKAS.',
    en: 'This backup is encrypted. Give --passphrase-file FILE.',
  },
  passphraseWrong: {
    id: 'Frasa sandi salah, atau berkas cadangan rusak. Tidak ada yang diubah.',
    en: 'The passphrase is wrong, or the backup file is damaged. Nothing was changed.',
  },
  passphraseShort: (characters: number): Text => ({
    id: `Frasa sandi terlalu pendek; tulis sedikitnya ${characters} karakter pada baris pertama berkas.`,
    en: `The passphrase is too short; write at least ${characters} characters on the first line of the file.`,
  }),
  unfinished: (place: string): Text => ({
    id: `Pemulihan ke ${place} belum selesai. Ranah tidak dijalankan. Ulangi "ranah restore" dengan berkas yang sama; sisa yang lama dibersihkan lebih dahulu.`,
    en: `A restore into ${place} did not finish. Ranah was not started. Run "ranah restore" again with the same file; what is left is cleared away first.`,
  }),
  logbookBad: (office: string, why: string): Text => ({
    id: `Buku log ${office} tidak cocok sesudah dipulihkan: ${why}`,
    en: `The logbook of ${office} does not hold after the restore: ${why}`,
  }),
  siteKeepsChanging: (name: string): Text => ({
    id: `${name} terus berubah sehingga tidak dapat disalin. Cadangan tidak dibuat. Ulangi setelah pengunggahan selesai.`,
    en: `${name} keeps changing and could not be copied. No backup was made. Try again after the upload.`,
  }),
  sitesKeepChanging: {
    id: 'Situs terus dibuat atau dihapus sehingga tidak dapat disalin. Cadangan tidak dibuat. Ulangi nanti.',
    en: 'Sites keep coming and going and could not be copied. No backup was made. Try again later.',
  },
  packerFailed: (reason: string): Text => ({
    id: `Program tar gagal: ${reason}`,
    en: `The program tar failed: ${reason}`,
  }),
} as const
