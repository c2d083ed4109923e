import type { Text } from '../refused.ts'

export const databaseUnreachable = (host: string, reason: string): Text => ({
  id: `PostgreSQL di ${host} tidak dapat dihubungi (${reason}). Tidak ada yang diubah. Periksa DATABASE_URL dan apakah server itu berjalan.`,
  en: `PostgreSQL at ${host} cannot be reached (${reason}). Nothing was changed. Check DATABASE_URL and whether that server is running.`,
})

export const databaseTooOld = (found: string): Text => ({
  id: `PostgreSQL ${found} terlalu lama. Tidak ada yang diubah. Ranah memerlukan PostgreSQL 15 atau lebih baru.`,
  en: `PostgreSQL ${found} is too old. Nothing was changed. Ranah needs PostgreSQL 15 or newer.`,
})

export const ownerMayNotCreate = (user: string, database: string, sql: string): Text => ({
  id: `Pengguna ${user} tidak boleh membuat tabel di basis data ${database}. Tidak ada yang diubah. Minta administrator PostgreSQL menjalankan: ${sql}`,
  en: `User ${user} may not create tables in database ${database}. Nothing was changed. Ask the PostgreSQL administrator to run: ${sql}`,
})

export const appRoleMissing = (role: string, sql: string): Text => ({
  id: `Peran basis data ${role} belum ada dan pengguna di DATABASE_URL tidak boleh membuatnya. Tidak ada yang diubah. Minta administrator PostgreSQL menjalankan: ${sql}`,
  en: `The database role ${role} does not exist and the user in DATABASE_URL may not create it. Nothing was changed. Ask the PostgreSQL administrator to run: ${sql}`,
})

export const appRoleNotGranted = (role: string, sql: string): Text => ({
  id: `Pengguna di DATABASE_URL bukan anggota peran ${role}. Tidak ada yang diubah. Minta administrator PostgreSQL menjalankan: ${sql}`,
  en: `The user in DATABASE_URL is not a member of role ${role}. Nothing was changed. Ask the PostgreSQL administrator to run: ${sql}`,
})

export const appRoleRejected = (role: string, reason: string, sql: string): Text => ({
  id: `Peran basis data ${role} sudah ada, tetapi kata sandi instalasi ini ditolak (${reason}). Tidak ada yang diubah. Bila peran itu tidak dipakai instalasi lain, minta administrator PostgreSQL menjalankan: ${sql}`,
  en: `The database role ${role} exists, but the password of this installation was rejected (${reason}). Nothing was changed. If no other installation uses that role, ask the PostgreSQL administrator to run: ${sql}`,
})

export const appRoleTooStrong = (role: string, sql: string): Text => ({
  id: `Peran basis data ${role} boleh melewati pemisahan antarkantor (superuser, BYPASSRLS, atau pemilik basis data). Tidak ada yang diubah. Minta administrator PostgreSQL menjalankan: ${sql}`,
  en: `The database role ${role} may go around the separation of offices (superuser, BYPASSRLS or owner of the database). Nothing was changed. Ask the PostgreSQL administrator to run: ${sql}`,
})

export const migrationChanged = (file: string): Text => ({
  id: `Migrasi ${file} sudah dijalankan di basis data ini, tetapi isinya kini berbeda. Tidak ada yang diubah. Pasang kembali versi Ranah yang asli; perubahan selalu datang sebagai migrasi baru.`,
  en: `Migration ${file} has been run on this database, but its content is different now. Nothing was changed. Install the original version of Ranah again; a change always comes as a new migration.`,
})

export const databaseIsNewer = (found: number, known: number): Text => ({
  id: `Basis data ini dibuat oleh versi Ranah yang lebih baru (migrasi ${found}, versi ini hanya mengenal sampai ${known}). Tidak ada yang diubah. Pasang versi yang lebih baru itu.`,
  en: `This database was made by a newer version of Ranah (migration ${found}, this version knows up to ${known}). Nothing was changed. Install that newer version.`,
})

export const migrationFailed = (file: string, reason: string): Text => ({
  id: `Migrasi ${file} gagal: ${reason}. Migrasi itu dibatalkan seluruhnya; yang sebelumnya tetap berlaku.`,
  en: `Migration ${file} failed: ${reason}. It was rolled back as a whole; the ones before it stay in force.`,
})
