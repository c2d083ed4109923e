import type { Text } from '../refused.ts'

export const postgresUnavailable = (platform: string): Text => ({
  id: `PostgreSQL bawaan tidak tersedia untuk ${platform}. Jalankan "npm ci" lagi tanpa --omit=optional, atau isi DATABASE_URL dengan PostgreSQL 15 atau lebih baru.`,
  en: `The embedded PostgreSQL is not available for ${platform}. Run "npm ci" again without --omit=optional, or set DATABASE_URL to a PostgreSQL 15 or newer.`,
})

export const noServerAccount: Text = {
  id: 'PostgreSQL menolak berjalan sebagai root, dan akun "postgres" atau "nobody" tidak ada. Jalankan Ranah sebagai pengguna biasa, atau isi DATABASE_URL.',
  en: 'PostgreSQL refuses to run as root, and neither account "postgres" nor "nobody" exists. Run Ranah as an ordinary user, or set DATABASE_URL.',
}

export const creatingCluster: Text = {
  id: 'Membuat basis data baru (hanya sekali, biasanya kurang dari 10 detik).',
  en: 'Creating a new database (only once, usually less than 10 seconds).',
}

export const copyingBinaries = (place: string): Text => ({
  id: `Menyalin program PostgreSQL ke ${place} (hanya sekali).`,
  en: `Copying the PostgreSQL programs to ${place} (only once).`,
})

export const startingPostgres: Text = {
  id: 'Menjalankan PostgreSQL.',
  en: 'Starting PostgreSQL.',
}

export const adoptedPostgres = (port: number): Text => ({
  id: `PostgreSQL masih berjalan di port ${port}; dipakai kembali.`,
  en: `PostgreSQL is still running on port ${port}; using it again.`,
})

export const stillWaiting = (what: string, seconds: number): Text => ({
  id: `Masih menunggu ${what} (${seconds} detik).`,
  en: `Still waiting for ${what} (${seconds} seconds).`,
})

export const clusterMissing = (place: string): Text => ({
  id: `Direktori basis data ${place} tidak ada, padahal pernah dibuat. Tidak ada yang diubah. Kembalikan direktori itu, atau pulihkan cadangan dengan "ranah restore" ke direktori data yang kosong.`,
  en: `The database directory ${place} is missing although it was created before. Nothing was changed. Put it back, or restore a backup with "ranah restore" into an empty data directory.`,
})

export const clusterOfAnother = (place: string, owner: string): Text => ({
  id: `Direktori data ini tampaknya salinan: basis datanya ${place} milik ${owner}. Tidak ada yang diubah. Gunakan "ranah backup" dan "ranah restore" untuk menyalin instalasi.`,
  en: `This data directory seems to be a copy: its database ${place} belongs to ${owner}. Nothing was changed. Use "ranah backup" and "ranah restore" to copy an installation.`,
})

export const clusterVersion = (found: string, wanted: string): Text => ({
  id: `Basis data ini dibuat oleh PostgreSQL ${found}, tetapi program yang terpasang adalah ${wanted}. Tidak ada yang diubah. Buat cadangan dengan versi Ranah yang lama, lalu pulihkan dengan versi ini.`,
  en: `This database was made by PostgreSQL ${found}, but the installed programs are ${wanted}. Nothing was changed. Make a backup with the old version of Ranah and restore it with this one.`,
})

export const orphanSetAside = (place: string): Text => ({
  id: `Basis data lama dari direktori data yang sudah dihapus disimpan di ${place}; hapus bila tidak diperlukan.`,
  en: `An earlier database of a data directory that was deleted is kept in ${place}; delete it when it is not needed.`,
})

export const serverDidNotStart = (name: string, reason: string, log: string): Text => ({
  id: `${name} tidak dapat dijalankan: ${reason}. Data tidak berubah. Rincian ada di ${log}.`,
  en: `${name} could not be started: ${reason}. Data is unchanged. Details are in ${log}.`,
})

export const portTaken = (port: number, setting: string): Text => ({
  id: `Porta ${port} sudah dipakai proses lain. Data tidak berubah. Hentikan proses itu atau pilih porta lain dengan ${setting}.`,
  en: `Port ${port} is in use by another process. Data is unchanged. Stop that process or choose another port with ${setting}.`,
})

export const installationInUse = (place: string): Text => ({
  id: `Ranah sudah berjalan pada direktori data ${place}. Tidak ada yang diubah. Hentikan yang sedang berjalan, atau pilih direktori lain dengan RANAH_DATA.`,
  en: `Ranah already runs on the data directory ${place}. Nothing was changed. Stop the one that runs, or choose another directory with RANAH_DATA.`,
})

export const lockBusy = (name: string, seconds: number): Text => ({
  id: `Proses lain memegang "${name}" lebih dari ${seconds} detik. Tidak ada yang diubah. Hentikan proses itu atau coba lagi.`,
  en: `Another process has held "${name}" for more than ${seconds} seconds. Nothing was changed. Stop that process or try again.`,
})

export const serverDied = (name: string, attempt: number, waitMs: number): Text => ({
  id: `${name} berhenti; dijalankan lagi dalam ${waitMs} ms (percobaan ${attempt}).`,
  en: `${name} stopped; starting it again in ${waitMs} ms (attempt ${attempt}).`,
})

export const serverIsBack = (name: string, pid: number): Text => ({
  id: `${name} berjalan lagi (pid ${pid}).`,
  en: `${name} is running again (pid ${pid}).`,
})

export const serverRestartFailed = (name: string, reason: string): Text => ({
  id: `${name} gagal dijalankan lagi: ${reason}`,
  en: `${name} could not be started again: ${reason}`,
})

export const postgresDiskFull = (place: string): Text => ({
  id: `Diska di ${place} penuh, jadi PostgreSQL bawaan tidak dapat dijalankan. Tidak ada yang hilang. Kosongkan ruang di diska itu (paling sedikit 100 MB), lalu jalankan Ranah lagi.`,
  en: `The disk of ${place} is full, so the embedded PostgreSQL could not be started. Nothing was lost. Make room on that disk (at least 100 MB), then start Ranah again.`,
})
