import type { Text } from '../refused.ts'

const list = (words: readonly string[]): string => words.join(', ')
const hint = (word: string | null): Text =>
  word === null
    ? { id: '', en: '' }
    : { id: ` Mungkin maksudnya "${word}".`, en: ` Perhaps "${word}" is meant.` }

/** A file that cannot be read as YAML, or uses more of YAML than the SOP format does. */
export const yamlTexts = {
  tooLarge: (bytes: number): Text => ({
    id: `Berkas lebih besar dari ${bytes / 1024} KiB. Simpan satu SOP per berkas dan hapus yang bukan bagian SOP.`,
    en: `The file is larger than ${bytes / 1024} KiB. Keep one SOP per file and remove what is not part of it.`,
  }),
  empty: {
    id: 'Berkas ini kosong. Mulailah dari contoh di docs/sop-format.md.',
    en: 'The file is empty. Start from the example in docs/sop-format.md.',
  },
  notUtf8: {
    id: 'Berkas ini bukan teks UTF-8. Simpan ulang dari penyunting teks dengan pengodean UTF-8.',
    en: 'The file is not UTF-8 text. Save it again from a text editor with UTF-8 encoding.',
  },
  tooDeep: (depth: number): Text => ({
    id: `Isian bersarang lebih dari ${depth} tingkat. Format SOP tidak memerlukannya; periksa kurung dan inden.`,
    en: `Values are nested more than ${depth} levels deep. No SOP needs that; check brackets and indentation.`,
  }),
  tooMany: (count: number): Text => ({
    id: `Berkas ini memuat lebih dari ${count} isian. Simpan satu SOP per berkas.`,
    en: `The file holds more than ${count} values. Keep one SOP per file.`,
  }),
  alias: {
    id: 'Jangkar dan alias YAML (& dan *) tidak dipakai di berkas SOP. Tuliskan isinya secara lengkap; teks yang diawali * atau & diberi tanda kutip.',
    en: 'YAML anchors and aliases (& and *) are not used in SOP files. Write the content out; put text that starts with * or & in quotes.',
  },
  tag: {
    id: 'Penanda tipe YAML (diawali !) tidak dipakai di berkas SOP. Hapus penandanya, atau beri tanda kutip bila itu teks.',
    en: 'YAML type tags (starting with !) are not used in SOP files. Remove the tag, or quote it if it is text.',
  },
  keyNotAllowed: (key: string): Text => ({
    id: `"${key}" tidak dapat dipakai sebagai nama isian. Periksa titik dua dan inden pada baris ini.`,
    en: `"${key}" cannot be used as a field name. Check the colon and the indentation on this line.`,
  }),
  duplicateKey: (key: string): Text => ({
    id: `Isian "${key}" ditulis dua kali. Hapus salah satunya.`,
    en: `The field "${key}" is written twice. Remove one of them.`,
  }),
  hiddenCharacter: {
    id: 'Teks ini memuat karakter tersembunyi. Ketik ulang baris ini dengan tangan.',
    en: 'This text holds a hidden character. Type the line again by hand.',
  },
  syntax: (code: string): Text => syntax[code] ?? unreadable,
} as const

const unreadable: Text = {
  id: 'Baris ini tidak dapat dibaca sebagai YAML. Periksa titik dua, inden dan tanda kutip; teks yang memuat ": " atau " #" diberi tanda kutip.',
  en: 'This line cannot be read as YAML. Check colons, indentation and quotes; put text that contains ": " or " #" in quotes.',
}

const indentation: Text = {
  id: 'Inden pada baris ini tidak cocok dengan baris di sekitarnya. Samakan jumlah spasinya.',
  en: 'The indentation here does not fit the lines around it. Give them the same number of spaces.',
}

const syntax: Readonly<Record<string, Text>> = {
  TAB_AS_INDENT: {
    id: 'Baris ini diinden dengan tab. Ganti setiap tab dengan spasi.',
    en: 'This line is indented with a tab. Replace every tab with spaces.',
  },
  MULTIPLE_DOCS: {
    id: 'Berkas ini memuat lebih dari satu dokumen (baris "---"). Simpan satu SOP per berkas.',
    en: 'The file holds more than one document (a "---" line). Keep one SOP per file.',
  },
  MISSING_CHAR: {
    id: 'Ada tanda yang belum ditutup atau kurang di sini: tanda kutip, kurung, koma atau titik dua.',
    en: 'Something is not closed or is missing here: a quote, a bracket, a comma or a colon.',
  },
  BAD_SCALAR_START: {
    id: 'Teks ini diawali tanda yang berarti lain dalam YAML. Beri tanda kutip.',
    en: 'This text starts with a character that means something else in YAML. Put it in quotes.',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    id: 'Ada titik dua kedua pada baris ini. Beri tanda kutip bila itu bagian dari teks.',
    en: 'There is a second colon on this line. Put the text in quotes if the colon belongs to it.',
  },
  BAD_INDENT: indentation,
  BAD_COLLECTION_TYPE: indentation,
}

/** A file that is YAML but not yet an SOP document. */
export const shapeTexts = {
  missing: (name: string): Text => ({
    id: `Isian "${name}" belum ada. Tambahkan; bila dokumen sumber tidak menyebutnya, lihat docs/sop-format.md untuk cara menuliskannya.`,
    en: `The field "${name}" is missing. Add it; where the source does not state it, see docs/sop-format.md for how to write that.`,
  }),
  unknownField: (name: string, near: string | null, known: readonly string[]): Text => ({
    id: `Isian "${name}" tidak dikenal di sini.${hint(near).id} Yang dikenal: ${list(known)}.`,
    en: `The field "${name}" is not known here.${hint(near).en} Known are: ${list(known)}.`,
  }),
  unknownValue: (name: string, given: string, near: string | null, values: readonly string[]): Text => ({
    id: `"${given}" bukan nilai yang dikenal untuk "${name}".${hint(near).id} Pilih salah satu: ${list(values)}.`,
    en: `"${given}" is not a known value of "${name}".${hint(near).en} Choose one of: ${list(values)}.`,
  }),
  needsQuotes: (name: string, value: string): Text => ({
    id: `Isian "${name}" harus berupa teks. Tulis '${value}' dengan tanda kutip.`,
    en: `The field "${name}" must be text. Write '${value}' with quotes.`,
  }),
  needsTrueFalse: (name: string): Text => ({
    id: `Isian "${name}" harus true (ya) atau false (tidak), tanpa tanda kutip.`,
    en: `The field "${name}" must be true or false, without quotes.`,
  }),
  needsList: (name: string): Text => ({
    id: `Isian "${name}" harus berupa daftar: satu butir per baris yang diawali "- ", atau [] bila kosong.`,
    en: `The field "${name}" must be a list: one item per line starting with "- ", or [] when there is none.`,
  }),
  needsFields: (name: string): Text => ({
    id: `Isian "${name}" harus memuat isian lain di bawahnya, diinden lebih dalam.`,
    en: `The field "${name}" must hold further fields below it, indented more deeply.`,
  }),
  needsNumber: (name: string): Text => ({
    id: `Isian "${name}" harus berupa bilangan bulat tanpa tanda kutip.`,
    en: `The field "${name}" must be a whole number without quotes.`,
  }),
  needsText: (name: string): Text => ({
    id: `Isian "${name}" harus berupa teks.`,
    en: `The field "${name}" must be text.`,
  }),
  other: (name: string): Text => ({
    id: `Isi "${name}" tidak sesuai format. Lihat contohnya di docs/sop-format.md.`,
    en: `What "${name}" holds does not fit the format. See the example in docs/sop-format.md.`,
  }),
  tooBig: (name: string, origin: string, max: number): Text =>
    origin === 'string'
      ? {
          id: `Teks "${name}" lebih panjang dari ${max} karakter. Persingkat.`,
          en: `The text "${name}" is longer than ${max} characters. Shorten it.`,
        }
      : origin === 'array'
        ? {
            id: `Daftar "${name}" memuat lebih dari ${max} butir. Kurangi.`,
            en: `The list "${name}" has more than ${max} items. Shorten it.`,
          }
        : {
            id: `Angka "${name}" terlalu besar; paling besar ${max}.`,
            en: `The number "${name}" is too large; at most ${max}.`,
          },
  tooSmall: (name: string, origin: string, min: number): Text =>
    origin === 'string'
      ? {
          id: `Isian "${name}" kosong. Tuliskan isinya, atau hapus barisnya bila tidak diperlukan.`,
          en: `The field "${name}" is empty. Write its text, or remove the line if it is not needed.`,
        }
      : origin === 'array'
        ? {
            id: `Daftar "${name}" memerlukan sekurang-kurangnya ${min} butir.`,
            en: `The list "${name}" needs at least ${min} item${min === 1 ? '' : 's'}.`,
          }
        : {
            id: `Angka "${name}" terlalu kecil; harus ${min === 0 ? 'lebih dari nol' : `paling kecil ${min}`}.`,
            en: `The number "${name}" is too small; it must be ${min === 0 ? 'more than zero' : `at least ${min}`}.`,
          },
  slug: (name: string, value: string): Text => ({
    id: `"${value}" tidak dapat dipakai sebagai "${name}". Gunakan huruf kecil, angka dan satu tanda hubung di antaranya, misalnya kepala-bidang.`,
    en: `"${value}" cannot be used as "${name}". Use lower-case letters, digits and single hyphens between them, e.g. kepala-bidang.`,
  }),
  markPath: {
    id: 'Alamat isian pada marks ditulis seperti identity.number atau steps.3.actor.',
    en: 'The field that a mark points to is written like identity.number or steps.3.actor.',
  },
  date: {
    id: 'Tanggal ditulis sebagai 2025-08-25, atau { verbatim: "..... Januari 2023", date: null } bila tidak lengkap, atau null bila tidak ada.',
    en: 'A date is written as 2025-08-25, or { verbatim: "..... Januari 2023", date: null } when incomplete, or null when there is none.',
  },
  target: {
    id: 'Tujuan panah adalah nomor langkah (tanpa tanda kutip) atau end.',
    en: 'An arrow leads to a step number (without quotes) or to end.',
  },
  note: {
    id: 'Catatan berupa teks, atau { id: ..., en: ... } untuk dua bahasa.',
    en: 'A note is text, or { id: ..., en: ... } for both languages.',
  },
  standardTime: {
    id: 'Waktu baku ditulis { amount: 15, unit: minutes }, { min: 3, max: 5, unit: working-days }, atau not set. Satuan: minutes, hours, working-days, running-hours.',
    en: 'A standard time is written { amount: 15, unit: minutes }, { min: 3, max: 5, unit: working-days }, or not set. Units: minutes, hours, working-days, running-hours.',
  },
  duration: {
    'give either amount, or min and max': {
      id: 'Waktu baku memerlukan amount, atau min dan max, tetapi tidak keduanya.',
      en: 'A standard time needs either amount, or min and max, not both.',
    },
    'a range needs both min and max': {
      id: 'Rentang waktu memerlukan min dan max.',
      en: 'A range of time needs both min and max.',
    },
    'min must be below max': {
      id: 'Pada rentang waktu, min harus lebih kecil dari max.',
      en: 'In a range of time, min must be smaller than max.',
    },
  } as Readonly<Record<string, Text>>,
} as const
