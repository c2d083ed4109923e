/** What is said about messages inside a case. */
export const messageTexts = {
  length: {
    id: 'Tulis pesan antara 1 dan 4.000 karakter. Pesan Anda belum terkirim.',
    en: 'Write a message of 1 to 4,000 characters. Your message was not sent.',
  },
} as const
