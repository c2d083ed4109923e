import type { Text } from '../refused.ts'

/** Sentences about records that people type, and about guards that hold a plan back. */

function say(id: string, en: string): Text {
  return { id, en }
}

const nothingChanged = { id: 'Tidak ada yang berubah.', en: 'Nothing was changed.' } as const
const short = (value: string): string => (value.length > 60 ? `${value.slice(0, 60)}...` : value)

export const dnsRecordText = {
  tableInvalid: (count: number): Text =>
    say(
      `Ada ${count} isian record yang perlu diperbaiki. Isian Anda tidak hilang.`,
      `${count} entries of the records need correcting. What you typed is kept.`,
    ),

  // the name of a record
  ownerInvalid: (name: string): Text =>
    say(
      `Nama "${short(name)}" tidak sah. Gunakan huruf a-z, angka, tanda hubung, dan garis bawah, dipisah titik.`,
      `The name "${short(name)}" is not valid. Use the letters a-z, digits, hyphens and underscores, separated by dots.`,
    ),
  ownerOutside: (name: string, zone: string): Text =>
    say(
      `Nama "${short(name)}" tidak berada di bawah ${zone}. Tulis nama di bawah domain itu.`,
      `The name "${short(name)}" does not lie under ${zone}. Write a name under that domain.`,
    ),
  typeNotOffered: (types: string): Text =>
    say(
      `Jenis record ini tidak tersedia. Pilih salah satu: ${types}.`,
      `This type of record is not offered. Choose one of: ${types}.`,
    ),
  ttlOutOfRange: (least: number, most: number): Text =>
    say(
      `TTL harus bilangan bulat antara ${least} dan ${most} detik. Nilai yang lazim adalah 3600.`,
      `The TTL must be a whole number between ${least} and ${most} seconds. A usual value is 3600.`,
    ),
  cnameAtZone: (zone: string): Text =>
    say(
      `CNAME tidak dapat dipasang pada ${zone} sendiri, karena nama itu sudah memiliki record lain. Gunakan A atau AAAA.`,
      `A CNAME cannot stand at ${zone} itself, since that name has other records. Use A or AAAA.`,
    ),
  cnameToItself: say(
    'CNAME ini menunjuk ke namanya sendiri. Tulis nama tujuan yang sebenarnya.',
    'This CNAME points to its own name. Write the real target.',
  ),
  nsAtZone: (zone: string): Text =>
    say(
      `Server nama dari ${zone} sendiri diatur oleh pengelola domain. NS hanya untuk mendelegasikan nama di bawahnya.`,
      `The name servers of ${zone} itself are kept by the office. NS here only delegates a name below it.`,
    ),
  nsAtWildcard: say(
    'Nama dengan tanda bintang tidak dapat didelegasikan. Tulis nama yang pasti.',
    'A name with an asterisk cannot be delegated. Write a definite name.',
  ),
  srvName: say(
    'Nama SRV diawali layanan dan protokol, misalnya _sip._tcp.nama.',
    'The name of an SRV record begins with service and protocol, for example _sip._tcp.name.',
  ),

  // rows together
  twice: say(
    'Record ini sudah ada di baris sebelumnya. Hapus salah satunya.',
    'This record stands in an earlier row already. Remove one of them.',
  ),
  oneTtl: (name: string, type: string): Text =>
    say(
      `Semua record ${type} dari ${name} harus memiliki TTL yang sama. Samakan TTL-nya.`,
      `All ${type} records of ${name} must have the same TTL. Make them equal.`,
    ),
  oneCname: (name: string): Text =>
    say(
      `${name} hanya boleh memiliki satu CNAME. Hapus salah satunya.`,
      `${name} may have one CNAME only. Remove the other.`,
    ),
  nullMxAlone: (name: string): Text =>
    say(
      `MX "0 ." berarti ${name} tidak menerima surel, jadi tidak dapat bersama MX lain. Hapus salah satunya.`,
      `The MX "0 ." says that ${name} takes no mail, so there can be no other MX. Remove one of them.`,
    ),
  cnameAlone: (name: string): Text =>
    say(
      `${name} tidak dapat memiliki CNAME bersama record lain. Hapus salah satunya.`,
      `${name} cannot have a CNAME beside other records. Remove one of them.`,
    ),
  nsAlone: (name: string): Text =>
    say(
      `${name} didelegasikan dengan NS, sehingga record lainnya ada di server tujuan. Hapus salah satunya.`,
      `${name} is delegated by NS, so its other records belong to those servers. Remove one of them.`,
    ),

  // values
  valueMissing: say('Isi record belum ditulis.', 'The value of the record is missing.'),
  notIpv4: say(
    'Ini bukan alamat IPv4. Tulis empat angka 0-255 tanpa nol di depan, misalnya 192.0.2.10.',
    'This is not an IPv4 address. Write four numbers 0-255 without leading zeros, for example 192.0.2.10.',
  ),
  isIpv6: say(
    'Ini alamat IPv6. Pilih jenis AAAA untuk alamat ini.',
    'This is an IPv6 address. Choose the type AAAA for it.',
  ),
  notIpv6: say(
    'Ini bukan alamat IPv6. Contoh yang benar: 2001:db8::10.',
    'This is not an IPv6 address. A right example: 2001:db8::10.',
  ),
  isIpv4: say(
    'Ini alamat IPv4. Pilih jenis A untuk alamat ini.',
    'This is an IPv4 address. Choose the type A for it.',
  ),
  ipv6Scope: say(
    'Alamat IPv6 dengan tanda % hanya berlaku di satu mesin. Tulis alamat yang dapat dicapai dari internet.',
    'An IPv6 address with % holds on one machine only. Write an address that can be reached from the internet.',
  ),
  addressOnly: say(
    'Tulis alamat IP saja, tanpa http://, port, atau panjang awalan (/24).',
    'Write the IP address only, without http://, port or prefix length (/24).',
  ),
  targetMissing: say('Nama tujuan belum ditulis.', 'The target name is missing.'),
  targetIsUrl: say(
    'Tujuan harus nama host, bukan alamat web. Tulis tanpa http:// dan tanpa garis miring.',
    'The target must be a host name, not a web address. Write it without http:// and without slashes.',
  ),
  targetIsAddress: say(
    'Tujuan harus nama host, bukan alamat IP. Buat record A untuk alamat itu, lalu tulis namanya di sini.',
    'The target must be a host name, not an IP address. Make an A record for the address and write its name here.',
  ),
  targetNotFull: (name: string): Text =>
    say(
      `"${short(name)}" bukan nama lengkap. Tulis nama lengkapnya, misalnya mail.contoh.go.id.`,
      `"${short(name)}" is not a full name. Write the full name, for example mail.contoh.go.id.`,
    ),
  targetInvalid: (name: string): Text =>
    say(
      `"${short(name)}" bukan nama host yang sah. Gunakan huruf a-z, angka, dan tanda hubung, dipisah titik.`,
      `"${short(name)}" is not a valid host name. Use the letters a-z, digits and hyphens, separated by dots.`,
    ),
  mxForm: say(
    'MX terdiri atas angka prioritas (0-65535) dan nama server surel, misalnya 10 mail.contoh.go.id.',
    'MX is a preference (0-65535) and the name of a mail server, for example 10 mail.contoh.go.id.',
  ),
  srvForm: say(
    'SRV terdiri atas prioritas, bobot, port, dan nama host, misalnya 10 5 5060 sip.contoh.go.id.',
    'SRV is priority, weight, port and host name, for example 10 5 5060 sip.contoh.go.id.',
  ),
  txtEmpty: say('Teks TXT belum ditulis.', 'The text of the TXT record is missing.'),
  txtControl: say(
    'Teks TXT memuat baris baru, tab, atau karakter kendali lain. Tulis dalam satu baris.',
    'The text of the TXT record contains a line break, a tab or another control character. Write it in one line.',
  ),
  txtTooLong: (octets: number): Text =>
    say(
      `Teks TXT paling panjang ${octets} oktet. Perpendek teks ini.`,
      `The text of a TXT record has at most ${octets} octets. Shorten it.`,
    ),
  txtQuote: say(
    'Tanda kutip pada teks TXT tidak berpasangan. Tulis teksnya tanpa tanda kutip.',
    'The quotes in the text of the TXT record do not match. Write the text without quotes.',
  ),
  caaForm: say(
    'CAA terdiri atas bendera, sifat, dan nilai, misalnya 0 issue "letsencrypt.org".',
    'CAA is flags, property and value, for example 0 issue "letsencrypt.org".',
  ),
  caaFlags: say(
    'Bendera CAA adalah 0, atau 128 bila wajib dipahami.',
    'The flags of CAA are 0, or 128 where it must be understood.',
  ),
  caaTag: (tags: string): Text =>
    say(
      `Sifat CAA ini tidak dikenal. Pilih salah satu: ${tags}.`,
      `This property of CAA is not known. Choose one of: ${tags}.`,
    ),
  caaIodef: say(
    'Nilai iodef adalah mailto: dengan alamat surel, atau alamat web.',
    'The value of iodef is mailto: with a mail address, or a web address.',
  ),

  // guards
  planUnsafe: (count: number, total: number, percent: number): Text =>
    say(
      `Rencana ini mengubah atau menghapus ${count} dari ${total} kumpulan record (${percent}%) dalam zona. ${nothingChanged.id} Periksa rencananya; bila memang benar, kepala bidang atau kepala kantor mengizinkannya dengan menyebut angka ${count}.`,
      `This plan changes or removes ${count} of ${total} record sets (${percent}%) of the zone. ${nothingChanged.en} Check the plan; if it is right, a head of division or of office allows it naming the number ${count}.`,
    ),
  dangling: (what: string, count: number, pointers: string): Text =>
    say(
      `${what} belum dapat dihapus, karena ${count} record masih menunjuk ke sana: ${pointers}. ${nothingChanged.id} Ubah atau hapus record itu lebih dahulu.`,
      `${what} cannot go yet, since ${count} records still point to it: ${pointers}. ${nothingChanged.en} Change or remove them first.`,
    ),
} as const
