import type { Text } from '../refused.ts'

/** What is wrong with a line of a zone file. */

function say(id: string, en: string): Text {
  return { id, en }
}

const short = (word: string): string =>
  (word.length > 60 ? `${word.slice(0, 60)}...` : word).replace(/[\u0000-\u001f\u007f]/g, '?')

export const zoneFileText = {
  fileTooLarge: (mebibytes: number): Text =>
    say(
      `Berkas zona melebihi ${mebibytes} MiB. Pakai transfer zona (AXFR).`,
      `The zone file is larger than ${mebibytes} MiB. Use a zone transfer (AXFR).`,
    ),
  notText: say(
    'Berkas ini bukan teks biasa; mungkin UTF-16, seperti "Unicode" di Notepad. Simpan ulang sebagai UTF-8, lalu unggah lagi.',
    'This file is no plain text; it may be UTF-16, as "Unicode" of Notepad. Save it anew as UTF-8, then upload it again.',
  ),
  lineTooLong: say('Baris ini terlalu panjang untuk sebuah record.', 'This line is too long for a record.'),
  unreadable: say('Baris ini tidak dapat dibaca.', 'This line cannot be read.'),
  quoteOpen: say('Tanda kutip tidak ditutup di baris ini.', 'A quote is not closed in this line.'),
  parenthesisOpen: say(
    'Tanda kurung yang dibuka di sini tidak ditutup.',
    'The parenthesis that opens here is not closed.',
  ),
  parenthesisClosed: say(
    'Ada tanda kurung tutup tanpa pembuka.',
    'A parenthesis is closed that was not opened.',
  ),
  include: say(
    '$INCLUDE tidak diikuti. Gabungkan berkas itu lebih dahulu, misalnya dengan named-compilezone.',
    '$INCLUDE is not followed. Join the files first, for example with named-compilezone.',
  ),
  generate: say(
    '$GENERATE tidak didukung. Uraikan lebih dahulu, misalnya dengan named-compilezone.',
    '$GENERATE is not supported. Expand it first, for example with named-compilezone.',
  ),
  directiveUnknown: (word: string): Text =>
    say(
      `Perintah "${short(word)}" tidak dikenal atau isinya tidak sah.`,
      `The directive "${short(word)}" is not known or its value is not valid.`,
    ),
  ttlInvalid: (word: string): Text => say(`"${short(word)}" bukan TTL.`, `"${short(word)}" is not a TTL.`),
  ttlTooLong: (word: string): Text =>
    say(
      `TTL "${short(word)}" melebihi batas standar (2147483647 detik).`,
      `The TTL "${short(word)}" exceeds the standard's limit (2147483647 seconds).`,
    ),
  ttlMissing: say(
    'TTL tidak disebutkan, dan tidak ada $TTL di atasnya.',
    'No TTL is given and there is no $TTL above.',
  ),
  ownerMissing: say('Baris pertama harus menyebut nama.', 'The first record must name its owner.'),
  ownerOutside: (name: string, zone: string): Text =>
    say(
      `Nama ${short(name)} tidak berada di bawah ${zone}.`,
      `The name ${short(name)} does not lie under ${zone}.`,
    ),
  classForeign: (word: string): Text =>
    say(`Kelas ${short(word)} tidak dipakai; hanya IN.`, `The class ${short(word)} is not used; only IN is.`),
  typeMissing: say('Jenis record tidak disebutkan.', 'The type of the record is missing.'),
  typeNoData: (type: string): Text =>
    say(
      `${short(type)} bukan jenis record yang disimpan dalam zona.`,
      `${short(type)} is not a type that a zone holds.`,
    ),
  recordInvalid: (detail: string): Text =>
    say(`Isi record tidak sah (${short(detail)}).`, `The record is not valid (${short(detail)}).`),
  soaTwice: say(
    'Berkas ini memuat lebih dari satu SOA atau SOA dari zona lain.',
    'The file holds more than one SOA, or the SOA of another zone.',
  ),
} as const
