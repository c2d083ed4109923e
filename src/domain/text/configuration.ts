import type { Text } from '../refused.ts'

export const configurationInvalid: Text = {
  id: 'Konfigurasi salah; Ranah tidak dijalankan dan tidak ada yang diubah.',
  en: 'The configuration is wrong; Ranah was not started and nothing was changed.',
}

export const unknownSetting = (name: string, place: string, meant: string | undefined): Text => ({
  id: `${place}: ${name} tidak dikenal.${meant ? ` Maksud Anda ${meant}?` : ' Hapus, atau lihat daftar di docs/operator-guide.md.'}`,
  en: `${place}: ${name} is not known.${meant ? ` Did you mean ${meant}?` : ' Remove it, or see the list in docs/operator-guide.md.'}`,
})

export const badSetting = (name: string, place: string, wanted: Text): Text => ({
  id: `${place}: ${name} harus ${wanted.id}.`,
  en: `${place}: ${name} must be ${wanted.en}.`,
})

export const badLine = (place: string, line: number): Text => ({
  id: `${place}, baris ${line}: tulis NAMA=nilai, atau # di awal baris untuk catatan.`,
  en: `${place}, line ${line}: write NAME=value, or # at the start of a line for a note.`,
})

export const doubledSetting = (place: string, line: number, name: string): Text => ({
  id: `${place}, baris ${line}: ${name} sudah ditulis sebelumnya. Sisakan satu saja.`,
  en: `${place}, line ${line}: ${name} was written before. Leave only one.`,
})

export const dataInOwnFile = (place: string): Text => ({
  id: `${place}: RANAH_DATA tidak dapat ditulis di berkas yang berada di direktori data itu sendiri. Tulis sebagai variabel lingkungan.`,
  en: `${place}: RANAH_DATA cannot be written in a file that lies in that very data directory. Set it as an environment variable.`,
})

export const fileUnreadable = (place: string, reason: string): Text => ({
  id: `Berkas konfigurasi ${place} tidak dapat dibaca (${reason}). Periksa RANAH_CONFIG dan izin berkas itu.`,
  en: `The configuration file ${place} cannot be read (${reason}). Check RANAH_CONFIG and the permissions of that file.`,
})

export const wantedNumber = ({ least, most }: { readonly least: number; readonly most: number }): Text => ({
  id: `bilangan dari ${least} sampai ${most}`,
  en: `a whole number from ${least} to ${most}`,
})

export const staffIdleLonger = (staff: number, applicants: number): Text => ({
  id: `RANAH_STAFF_IDLE_MINUTES (${staff}) lebih lama daripada RANAH_APPLICANT_IDLE_MINUTES (${applicants}). Beri petugas waktu yang sama atau lebih singkat.`,
  en: `RANAH_STAFF_IDLE_MINUTES (${staff}) is longer than RANAH_APPLICANT_IDLE_MINUTES (${applicants}). Give staff the same time or less.`,
})

export const samePort = (first: string, second: string, port: number): Text => ({
  id: `${first} dan ${second} sama-sama ${port}. Beri masing-masing port sendiri.`,
  en: `${first} and ${second} are both ${port}. Give each a port of its own.`,
})

export const wanted = {
  port: {
    id: 'angka 0 sampai 65535 (0: pilih yang kosong)',
    en: 'a number from 0 to 65535 (0: pick a free one)',
  },
  address: { id: 'alamat IP, misalnya 127.0.0.1', en: 'an IP address, for example 127.0.0.1' },
  webUrl: {
    id: 'alamat http:// atau https:// tanpa jalur, misalnya https://ranah.contohkab.go.id',
    en: 'an http:// or https:// address without a path, for example https://ranah.contohkab.go.id',
  },
  smtpUrl: {
    id: 'alamat smtp:// atau smtps://, misalnya smtps://pengguna:sandi@mail.contohkab.go.id',
    en: 'an smtp:// or smtps:// address, for example smtps://user:password@mail.contohkab.go.id',
  },
  origins: {
    id: 'alamat http:// atau https:// tanpa jalur, dipisah koma, misalnya https://sso.contohkab.go.id',
    en: 'http:// or https:// addresses without a path, separated by commas, for example https://sso.contohkab.go.id',
  },
  clamd: {
    id: 'unix:/jalur soketnya atau tcp://server:port, misalnya unix:/run/clamav/clamd.ctl',
    en: 'unix:/path of the socket or tcp://host:port, for example unix:/run/clamav/clamd.ctl',
  },
  databaseUrl: {
    id: 'alamat postgresql://pengguna:sandi@server/basisdata dengan satu server',
    en: 'an address postgresql://user:password@server/database with one server',
  },
  networks: {
    id: 'alamat IP atau jaringan dipisah koma, misalnya 127.0.0.1,192.0.2.0/24',
    en: 'IP addresses or networks separated by commas, for example 127.0.0.1,192.0.2.0/24',
  },
  directory: { id: 'nama direktori', en: 'the name of a directory' },
} satisfies Record<string, Text>

export const openWithoutHttps = (listen: string): Text => ({
  id: `Ranah mendengarkan di ${listen} tanpa HTTPS: kata sandi dan data pribadi dapat disadap. Pasang nginx dengan HTTPS di depannya dan isi RANAH_PUBLIC_URL=https://... (lihat docs/operator-guide.md).`,
  en: `Ranah listens on ${listen} without HTTPS: passwords and personal data can be overheard. Put nginx with HTTPS in front and set RANAH_PUBLIC_URL=https://... (see docs/operator-guide.md).`,
})

export const everybodyTrusted: Text = {
  id: 'RANAH_TRUSTED_PROXIES mempercayai semua alamat: siapa pun dapat memalsukan alamat asalnya. Tulis hanya alamat proxy Anda.',
  en: 'RANAH_TRUSTED_PROXIES trusts every address: anybody can forge where a request comes from. Name only your proxy.',
}

export const everythingReached: Text = {
  id: 'RANAH_OWN_NETWORKS mengizinkan semua alamat: siapa pun yang boleh mendaftarkan server dapat membuat Ranah menghubungi layanan mana pun di mesin dan jaringan ini. Tulis hanya jaringan server Anda.',
  en: 'RANAH_OWN_NETWORKS allows every address: whoever may register a server can make Ranah connect to any service of this machine and network. Name only the networks of your servers.',
}

export const fileOpenToOthers = (place: string): Text => ({
  id: `Berkas konfigurasi ${place} dapat dibaca pengguna lain. Jalankan: chmod 600 ${place}`,
  en: `Other users can read the configuration file ${place}. Run: chmod 600 ${place}`,
})

export const mailInClear = (host: string): Text => ({
  id: `Kata sandi surel dikirim ke ${host} tanpa enkripsi wajib. Gunakan smtps:// bila server mendukungnya.`,
  en: `The mail password goes to ${host} without mandatory encryption. Use smtps:// if the server offers it.`,
})

export const secretsDamaged = (place: string): Text => ({
  id: `Berkas rahasia ${place} rusak. Tidak ada yang diubah. Kembalikan dari cadangan; tanpa berkas ini kredensial yang tersimpan tidak dapat dibuka.`,
  en: `The secrets file ${place} is damaged. Nothing was changed. Put it back from a backup; without it the stored credentials cannot be opened.`,
})
