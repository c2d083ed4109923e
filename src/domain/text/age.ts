import type { Text } from '../refused.ts'

/** One's own age key, and credentials that are encrypted to it. */
export const ageTexts = {
  title: { id: 'Kunci age', en: 'age key' },
  cardTitle: { id: 'Kunci age untuk kredensial', en: 'age key for credentials' },
  none: {
    id: 'Belum ada. Kredensial layanan Anda ditampilkan satu kali di halaman serah terima. Dengan kunci age, kredensial dienkripsi begitu dibuat; hanya pemegang kunci rahasianya yang dapat membacanya, juga bukan kantor ini.',
    en: 'None yet. The credentials of your services are shown once on the hand-over page. With an age key they are encrypted as soon as they are made; only the holder of its secret key can read them, not even this office.',
  },
  some: {
    id: 'Kredensial untuk Anda diserahkan sebagai berkas age yang dienkripsi ke kunci ini:',
    en: 'Credentials for you are handed over as an age file, encrypted to this key:',
  },
  add: { id: 'Tambahkan kunci age', en: 'Add an age key' },
  change: { id: 'Ganti atau hapus kunci age', en: 'Change or remove the age key' },
  how: {
    id: 'Buat pasangan kunci di komputer Anda dengan perintah age-keygen -o kunci.txt, simpan berkas kunci.txt di tempat aman, lalu tempelkan hanya baris "Public key" di sini.',
    en: 'Make a pair of keys on your computer with age-keygen -o key.txt, keep key.txt in a safe place, then paste only its "Public key" here.',
  },
  recipient: { id: 'Kunci publik age', en: 'Public age key' },
  recipientHint: {
    id: 'Dimulai dengan age1, 62 karakter. Jangan pernah menempelkan AGE-SECRET-KEY.',
    en: 'Begins with age1, 62 characters. Never paste an AGE-SECRET-KEY.',
  },
  save: { id: 'Simpan kunci', en: 'Save the key' },
  saved: {
    id: 'Kunci tersimpan. Kredensial berikutnya diserahkan sebagai berkas age.',
    en: 'The key is saved. The next credentials are handed over as an age file.',
  },
  removeText: {
    id: 'Setelah dihapus, kredensial berikutnya ditampilkan sebagai teks biasa, satu kali. Yang sudah dienkripsi tetap terenkripsi; bila tidak terbaca lagi, minta kredensial baru.',
    en: 'Once removed, the next credentials are shown as plain text, once. What is encrypted already stays so; if you cannot read it, ask for new credentials.',
  },
  remove: { id: 'Hapus kunci', en: 'Remove the key' },
  removed: { id: 'Kunci sudah dihapus.', en: 'The key was removed.' },

  notRecipient: {
    id: 'Ini bukan kunci publik age. Tempelkan seluruh baris yang dimulai dengan age1 (62 karakter) dari age-keygen. Tidak ada yang berubah.',
    en: 'This is not a public age key. Paste the whole line that begins with age1 (62 characters) as age-keygen prints it. Nothing changed.',
  },
  otherKind: {
    id: 'Jenis kunci ini belum didukung. Yang diterima adalah kunci X25519 dari age-keygen: dimulai dengan age1, 62 karakter. Tidak ada yang berubah.',
    en: 'This kind of key is not supported. Accepted are X25519 keys of age-keygen: they begin with age1 and have 62 characters. Nothing changed.',
  },
  secretKey: {
    id: 'Ini kunci rahasia Anda. Kunci itu tidak disimpan di sini, tetapi sudah terkirim lewat jaringan: jangan dipakai lagi, buat pasangan baru dengan age-keygen, lalu tempelkan kunci publiknya (dimulai dengan age1).',
    en: 'This is your secret key. It is not kept here, but it went over the network: do not use it any more, make a new pair with age-keygen and paste its public key (it begins with age1).',
  },
  unusable: {
    id: 'Kunci ini tidak dapat dipakai untuk mengenkripsi: mungkin ada huruf yang salah atau terpotong. Salin lagi dari age-keygen. Tidak ada yang berubah.',
    en: 'Nothing can be encrypted to this key: a character may be wrong or missing. Copy it from age-keygen again. Nothing changed.',
  },

  fileLead: {
    id: 'Kredensial ini dienkripsi ke kunci age Anda dan diserahkan tepat satu kali sebagai berkas. Siapkan kunci rahasianya.',
    en: 'These credentials are encrypted to your age key and handed over exactly once, as a file. Have its secret key ready.',
  },
  encryptedTo: { id: 'Dienkripsi ke kunci', en: 'Encrypted to the key' },
  fileTitle: { id: 'Kredensial sebagai berkas age', en: 'The credentials as an age file' },
  fileWarning: {
    id: 'Unduh sekarang. Berkas ini sudah dihapus dari sistem; bila hilang, minta kredensial baru.',
    en: 'Download it now. It is erased from the system already; if it is lost, ask for new credentials.',
  },
  download: { id: 'Unduh berkas age', en: 'Download the age file' },
  decrypt: { id: 'Perintah untuk membacanya', en: 'Command to read it' },
} as const

/** The command that opens the file. */
export const decryptCommand = (file: string): string => `age --decrypt --identity kunci.txt ${file}`

/** What tells the owner of an account that its age key is another now. */
export function ageMail(
  name: string,
  recipient: string | null,
): { readonly subject: string; readonly text: string } {
  const now: Text = recipient
    ? {
        id: `Kredensial layanan untuk Anda mulai sekarang dienkripsi ke kunci age ini:\n\n${recipient}`,
        en: 'Credentials of services for you are encrypted to the age key above from now on.',
      }
    : {
        id: 'Kunci age di akun Anda sudah dihapus. Kredensial berikutnya ditampilkan sebagai teks biasa, satu kali.',
        en: 'The age key of your account was removed. The next credentials are shown as plain text, once.',
      }
  return {
    subject: 'Kunci age pada akun Anda berubah',
    text: `Yth. ${name},

${now.id}

Bila bukan Anda yang mengubahnya, ganti kata sandi Anda dan segera hubungi administrator kantor Anda.

---
${now.en} If it was not you, change your password and tell the administrator of your office at once.
`,
  }
}
