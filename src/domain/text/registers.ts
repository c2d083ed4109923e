import type { Text } from '../refused.ts'

export const registerText = {
  refused: {
    id: 'Pola nomor belum dapat dipakai. Tidak ada yang diubah; perbaiki bagian yang ditunjuk.',
    en: 'The number pattern cannot be used yet. Nothing was changed; correct the part that is pointed out.',
  },
  length: (max: number): Text => ({
    id: `Pola nomor harus berisi 1 sampai ${max} karakter.`,
    en: `A number pattern has 1 to ${max} characters.`,
  }),
  brace: (position: number): Text => ({
    id: `Kurung kurawal pada karakter ke-${position} tidak berpasangan.`,
    en: `The brace at character ${position} has no counterpart.`,
  }),
  character: (character: string, position: number): Text => ({
    id: `Karakter "${character}" (ke-${position}) tidak boleh ada dalam nomor surat.`,
    en: `The character "${character}" (number ${position}) may not be part of a letter number.`,
  }),
  token: (token: string, known: string): Text => ({
    id: `"{${token}}" tidak dikenal. Yang dapat dipakai: ${known}.`,
    en: `"{${token}}" is not known. These can be used: ${known}.`,
  }),
  width: (token: string): Text => ({
    id: `Lebar pada "{${token}}" harus 1 sampai 9.`,
    en: `The width in "{${token}}" must be 1 to 9.`,
  }),
  sequence: {
    id: 'Pola harus memuat {seq} tepat satu kali, agar setiap nomor berbeda.',
    en: 'The pattern must hold {seq} exactly once, so that every number differs.',
  },
  together: {
    id: 'Antara {class} dan {seq} harus ada tanda pemisah, misalnya {class}/{seq}. Tanpa pemisah, dua surat dari klasifikasi yang berbeda dapat bernomor sama.',
    en: 'Put a separator between {class} and {seq}, for example {class}/{seq}. Without one, two letters of different classes could get the same number.',
  },
  year: {
    id: 'Nomor urut dimulai lagi setiap tahun, jadi pola harus memuat {year}.',
    en: 'The sequence starts again every year, so the pattern must hold {year}.',
  },
} as const
