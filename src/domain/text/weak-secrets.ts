import type { Text } from '../refused.ts'

export const weakSecretTexts = {
  tooShort: (min: number): Text => ({
    id: `kurang dari ${min} karakter`,
    en: `shorter than ${min} characters`,
  }),
  guessed: {
    id: 'termasuk yang paling dahulu dicoba orang: nama akun atau server, contoh dari panduan, atau kata umum',
    en: 'among the first that people try: the name of the account or server, an example of a guide, or common words',
  },
  /** A setting of the installation; the start is refused. */
  setting: (name: string, why: Text): Text => ({
    id: `Kata sandi dalam ${name} lemah: ${why.id}. Buat yang baru (misalnya: openssl rand -hex 24), pasang dahulu di server itu, lalu tulis di ${name}.`,
    en: `The password in ${name} is weak: ${why.en}. Make a new one (for example: openssl rand -hex 24), set it at that server first, then write it into ${name}.`,
  }),
  /** A secret that is entered for a server. */
  entered: (why: Text): Text => ({
    id: `Kunci atau kata sandi ini lemah: ${why.id}. Buat yang baru di server itu (misalnya: openssl rand -hex 24), lalu tulis di sini. Tidak ada yang disimpan.`,
    en: `This key or password is weak: ${why.en}. Make a new one at that server (for example: openssl rand -hex 24) and enter it here. Nothing was saved.`,
  }),
} as const
