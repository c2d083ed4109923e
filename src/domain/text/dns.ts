import type { Text } from '../refused.ts'

/** Sentences about names, records, plans and name servers. */

const NOTHING_CHANGED = { id: 'Tidak ada yang berubah.', en: 'Nothing was changed.' } as const

type Line = { readonly name: string; readonly type: string; readonly before: string; readonly after: string }

function say(id: string, en: string): Text {
  return { id, en }
}

export const dnsText = {
  // names
  nameEmpty: say('Nama subdomain belum diisi.', 'The subdomain name is empty.'),
  nameEmptyLabel: say(
    'Ada dua titik berurutan atau titik di awal nama. Hapus titik yang berlebih.',
    'There are two dots in a row or a dot at the beginning of the name. Remove the extra dot.',
  ),
  nameTrailingDot: say(
    'Nama berakhir dengan titik. Hapus titik di akhir nama.',
    'The name ends with a dot. Remove the dot at the end.',
  ),
  nameSpace: say(
    'Nama tidak boleh memuat spasi. Gunakan tanda hubung (-) di antara kata.',
    'A name cannot contain spaces. Use a hyphen (-) between words.',
  ),
  nameUrl: say(
    'Tulis namanya saja, tanpa https:// dan tanpa garis miring.',
    'Write the name only, without https:// and without slashes.',
  ),
  nameInvisible: (code: string): Text =>
    say(
      `Nama memuat karakter yang tidak terlihat (${code}). Ketik ulang namanya, jangan disalin.`,
      `The name contains an invisible character (${code}). Type the name again instead of pasting it.`,
    ),
  nameConfusable: (char: string, code: string, letter: string): Text =>
    say(
      `Karakter "${char}" (${code}) hanya menyerupai huruf "${letter}". Ketik ulang dengan huruf Latin biasa.`,
      `The character "${char}" (${code}) only looks like the letter "${letter}". Type it again as a plain Latin letter.`,
    ),
  nameUnicode: (char: string, code: string): Text =>
    say(
      `Karakter "${char}" (${code}) tidak dapat dipakai. Gunakan huruf a-z, angka 0-9, dan tanda hubung.`,
      `The character "${char}" (${code}) cannot be used. Use the letters a-z, the digits 0-9 and hyphens.`,
    ),
  nameUnderscore: say(
    'Garis bawah (_) tidak berlaku dalam nama situs. Gunakan tanda hubung (-).',
    'An underscore (_) is not allowed in the name of a site. Use a hyphen (-).',
  ),
  nameCharacter: (char: string): Text =>
    say(
      `Karakter "${char}" tidak dapat dipakai. Gunakan huruf a-z, angka 0-9, dan tanda hubung.`,
      `The character "${char}" cannot be used. Use the letters a-z, the digits 0-9 and hyphens.`,
    ),
  nameEdgeHyphen: (label: string): Text =>
    say(
      `Bagian "${label}" diawali atau diakhiri tanda hubung. Hapus tanda hubung di tepi.`,
      `The part "${label}" begins or ends with a hyphen. Remove the hyphen at the edge.`,
    ),
  namePunycode: (label: string): Text =>
    say(
      `Bagian "${label}" memakai bentuk xn-- atau tanda hubung di posisi 3 dan 4, yang dicadangkan untuk nama internasional. Pilih nama lain.`,
      `The part "${label}" has the form xn-- or hyphens in positions 3 and 4, which is set aside for internationalised names. Choose another name.`,
    ),
  nameLabelTooLong: (label: string, octets: number): Text =>
    say(
      `Bagian "${label.slice(0, 20)}..." panjangnya ${octets} karakter; paling banyak 63. Perpendek nama ini.`,
      `The part "${label.slice(0, 20)}..." has ${octets} characters; at most 63 are allowed. Shorten it.`,
    ),
  nameTooLong: (octets: number): Text =>
    say(
      `Nama lengkap panjangnya ${octets} karakter; paling banyak 253. Perpendek nama ini.`,
      `The full name has ${octets} characters; at most 253 are allowed. Shorten it.`,
    ),
  nameIsZone: (zone: string): Text =>
    say(
      `"${zone}" adalah domain induk, bukan subdomain. Tulis nama di depannya.`,
      `"${zone}" is the parent domain, not a subdomain. Write a name in front of it.`,
    ),
  nameWww: (rest: string): Text =>
    say(`Tulis nama tanpa "www" di depan: ${rest}.`, `Write the name without "www" in front: ${rest}.`),
  nameReserved: (label: string, reason: Text): Text =>
    say(
      `Nama "${label}" dicadangkan: ${reason.id}. Pilih nama lain.`,
      `The name "${label}" is reserved: ${reason.en}. Choose another name.`,
    ),
  outsideZone: (name: string, zone: string): Text =>
    say(
      `Nama "${name.slice(0, 80)}" tidak berada di bawah ${zone}. Pilih nama di bawah domain itu.`,
      `The name "${name.slice(0, 80)}" does not lie under ${zone}. Choose a name under that domain.`,
    ),

  // why a label is reserved
  reservedWeb: say('dipakai untuk situs domain induk', 'used for the site of the parent domain'),
  reservedMail: say('dipakai untuk layanan surel', 'used for mail services'),
  reservedMailSetup: say(
    'dipakai program surel untuk mencari pengaturannya',
    'used by mail programs to find their settings',
  ),
  reservedNameServer: say('dipakai untuk server nama', 'used for name servers'),
  reservedNetwork: say(
    'dipakai komputer untuk mencari layanan jaringan',
    'used by computers to find network services',
  ),
  reservedPanel: say('dipakai untuk panel pengelolaan', 'used for management panels'),
  reservedTransfer: say('dipakai untuk pengiriman berkas', 'used for file transfer'),
  reservedTrust: say(
    'dapat dipakai untuk menyamar sebagai pengelola domain',
    'could be used to pose as the keeper of the domain',
  ),
  reservedTest: say(
    'ditetapkan untuk keperluan khusus oleh standar internet',
    'set aside for special use by internet standards',
  ),

  // records and plans
  recordInvalid: (name: string, type: string, detail: string): Text =>
    say(
      `Record ${type} untuk ${name} tidak sah (${detail}). Perbaiki isinya. ${NOTHING_CHANGED.id}`,
      `The ${type} record of ${name} is not valid (${detail}). Correct it. ${NOTHING_CHANGED.en}`,
    ),
  typeNotPlanned: (type: string): Text =>
    say(
      `Record ${type} diatur oleh server nama dan tidak dapat diubah lewat rencana. ${NOTHING_CHANGED.id}`,
      `${type} records are kept by the name server and cannot be changed by a plan. ${NOTHING_CHANGED.en}`,
    ),
  cnameConflict: (name: string): Text =>
    say(
      `${name} tidak dapat memiliki CNAME bersama record lain. Hapus salah satunya lebih dahulu. ${NOTHING_CHANGED.id}`,
      `${name} cannot have a CNAME beside other records. Remove one of them first. ${NOTHING_CHANGED.en}`,
    ),
  lineAdd: ({ name, type, after, ttl }: Line & { readonly ttl: number }): Text =>
    say(
      `Tambah ${name} ${type} ${after} (TTL ${ttl} detik)`,
      `Add ${name} ${type} ${after} (TTL ${ttl} seconds)`,
    ),
  lineReplace: ({ name, type, before, after, ttl }: Line & { readonly ttl: number }): Text =>
    say(
      `Ganti ${name} ${type} dari ${before} menjadi ${after} (TTL ${ttl} detik)`,
      `Change ${name} ${type} from ${before} to ${after} (TTL ${ttl} seconds)`,
    ),
  lineRemove: ({ name, type, before }: Line): Text =>
    say(`Hapus ${name} ${type} ${before}`, `Remove ${name} ${type} ${before}`),

  // name servers
  driverEmbedded: say('Server nama bawaan', 'Built-in name server'),
  driverRfc2136: say(
    'Server nama dengan pembaruan RFC 2136 (BIND, Knot, PowerDNS)',
    'Name server with RFC 2136 updates (BIND, Knot, PowerDNS)',
  ),
  conflict: (zone: string): Text =>
    say(
      `Isi zona ${zone} sudah berubah sejak rencana dibuat. Tidak ada yang ditimpa. Buat rencana baru dari isi zona yang sekarang.`,
      `The zone ${zone} has changed since the plan was made. Nothing was overwritten. Make a new plan from the zone as it is now.`,
    ),
  unreachable: (server: string): Text =>
    say(
      `Server nama ${server} tidak menjawab, sehingga hasilnya belum diketahui. Tidak ada data yang hilang. Periksa apakah server itu berjalan dan masih punya ruang diska; keadaan zona akan dibaca lagi sebelum dicoba ulang.`,
      `The name server ${server} did not answer, so the outcome is not known yet. No data was lost. Check whether that server runs and has disk space left; the zone will be read again before another try.`,
    ),
  failing: (server: string, rcode: string): Text =>
    say(
      `Server nama ${server} menjawab bahwa ia gagal (${rcode}), sehingga hasilnya belum diketahui. Tidak ada data yang hilang. Periksa ruang diska dan log server itu; keadaan zona akan dibaca lagi sebelum dicoba ulang.`,
      `The name server ${server} answered that it failed (${rcode}), so the outcome is not known yet. No data was lost. Check the disk space and the log of that server; the zone will be read again before another try.`,
    ),
  refusedByServer: (server: string, rcode: string): Text =>
    say(
      `Server nama ${server} menolak permintaan (${rcode}). Tidak ada yang berubah. Periksa kunci TSIG dan hak pembaruan zona.`,
      `The name server ${server} refused the request (${rcode}). Nothing was changed. Check the TSIG key and the right to update the zone.`,
    ),
} as const
