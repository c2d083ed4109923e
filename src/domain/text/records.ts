import type { Text } from '../refused.ts'

const say = (id: string, en: string): Text => ({ id, en })

/** Sentences about the table of a service's own DNS records, and about plans that must not run. */
export const recordTexts = {
  none: say(
    'Tabel record kosong. Tuliskan sekurangnya satu record; untuk mengakhiri layanan ajukan penutupan layanan.',
    'The table of records is empty. Write at least one record; to end the service, apply for its closure.',
  ),
  unchanged: say(
    'Tabel ini sama dengan record yang berlaku sekarang. Ubah, tambah, atau hapus sekurangnya satu baris.',
    'This table is the same as the records in force. Change, add or remove at least one row.',
  ),
  tooMany: (max: number): Text =>
    say(`Paling banyak ${max} record dalam satu permohonan.`, `At most ${max} records in one request.`),
  tooLong: say(
    'Isi tabel terlalu panjang untuk satu perubahan. Bagi menjadi beberapa permohonan.',
    'The table is too long for one change. Split it into several requests.',
  ),
  nameForeign: (name: string, other: string): Text =>
    say(
      `${name} termasuk nama ${other}, yang dipegang layanan atau permohonan lain. Ajukan melalui pemiliknya.`,
      `${name} belongs to the name ${other}, which another service or request holds. Apply through its owner.`,
    ),
  nameChallenge: say(
    'Nama _acme-challenge dipakai untuk membuktikan sertifikat dan tidak dapat diisi melalui permohonan.',
    'The name _acme-challenge is used to prove certificates and cannot be filled in by a request.',
  ),
  hints: {
    A: say('Tuliskan alamat IPv4, mis. 192.0.2.10.', 'Write an IPv4 address, e.g. 192.0.2.10.'),
    AAAA: say('Tuliskan alamat IPv6, mis. 2001:db8::10.', 'Write an IPv6 address, e.g. 2001:db8::10.'),
    CNAME: say(
      'Tuliskan nama lengkap tujuan, mis. web.contoh.example. CNAME tidak menunjuk ke alamat IP.',
      'Write the full name it leads to, e.g. web.contoh.example. A CNAME does not point to an IP address.',
    ),
    TXT: say(
      'Tuliskan teks yang dapat disimpan dalam record TXT; tanda kutip harus berpasangan.',
      'Write a text that a TXT record can hold; quotation marks must come in pairs.',
    ),
    MX: say(
      'Tuliskan prioritas lalu nama server surel, mis. 10 mail.contoh.example.',
      'Write the preference, then the name of the mail server, e.g. 10 mail.contoh.example.',
    ),
    SRV: say(
      'Tuliskan prioritas, bobot, port, lalu nama server, mis. 0 5 443 app.contoh.example.',
      'Write priority, weight, port, then the name of the server, e.g. 0 5 443 app.contoh.example.',
    ),
    CAA: say(
      'Tuliskan tanda, kata kunci, lalu nilai dalam tanda kutip, mis. 0 issue "ca.contoh.example".',
      'Write flags, tag, then the value in quotation marks, e.g. 0 issue "ca.contoh.example".',
    ),
    NS: say(
      'Tuliskan nama lengkap server DNS, mis. ns1.contoh.example.',
      'Write the full name of a name server, e.g. ns1.contoh.example.',
    ),
  },
  addressUseless: (address: string): Text =>
    say(
      `${address} tidak dapat dicapai dari jaringan. Tuliskan alamat server yang sebenarnya.`,
      `${address} cannot be reached from the network. Write the real address of the server.`,
    ),
  belowDelegation: (name: string, cut: string): Text =>
    say(
      `${cut} diserahkan ke server DNS lain (NS), jadi ${name} hanya boleh berisi alamat A atau AAAA server itu.`,
      `${cut} is delegated to other name servers (NS), so ${name} may only hold A or AAAA addresses of those servers.`,
    ),
  delegationOverOther: (name: string, other: string): Text =>
    say(
      `NS pada ${name} akan mematikan ${other}, yang dipegang layanan atau permohonan lain.`,
      `NS at ${name} would switch off ${other}, which another service or request holds.`,
    ),
  targetWithoutAddress: (target: string): Text =>
    say(
      `${target} tidak memiliki alamat A atau AAAA dalam tabel ini. Tambahkan alamatnya lebih dulu.`,
      `${target} has no A or AAAA address in this table. Add its address first.`,
    ),

  // plans that must not run
  changed: say(
    'Isi zona DNS berubah sejak rencana ini ditampilkan. Tidak ada yang diubah. Periksa rencana yang baru di bawah, lalu setujui bila benar.',
    'The DNS zone has changed since this plan was shown. Nothing was changed. Look at the new plan below and approve it if it is right.',
  ),
  unseen: say(
    'Rencana perubahan belum dilihat. Buka rencananya, periksa, lalu setujui.',
    'The plan of this change has not been seen. Open it, check it, then approve it.',
  ),
  unchangedZone: say(
    'Zona DNS sudah sesuai dengan permohonan; tidak ada record yang akan berubah.',
    'The DNS zone already is as applied for; no record will change.',
  ),
  sentBack: (why: Text): Text =>
    say(
      `Langkah ini dikembalikan tanpa mengubah apa pun: ${why.id}`,
      `This step came back without changing anything: ${why.en}`,
    ),
  moves: (what: string, from: readonly string[]): Text =>
    say(
      `Layanan lain masih memakai ${what}: ${from.join('; ')}. Pastikan layanan itu tidak menunjuk ke server yang akan dilepas.`,
      `Other services still use ${what}: ${from.join('; ')}. Make sure they do not point at a server that is given up.`,
    ),
  allowed: (touched: number, of: number): Text =>
    say(
      `Perubahan besar (${touched} dari ${of} kumpulan record) telah diizinkan secara khusus dan tercatat di buku log.`,
      `The large change (${touched} of ${of} record sets) has been allowed expressly; the logbook records it.`,
    ),
  zoneUnread: (names: string): Text =>
    say(
      `Isi zona tidak boleh dibaca seluruhnya, jadi record yang menunjuk ke ${names} hanya dicari di registri. Periksa sendiri isi zona itu.`,
      `The zone may not be read as a whole, so records that point at ${names} were looked for in the registry only. Check the zone yourself.`,
    ),
  numberWrong: say(
    'Tuliskan angka yang disebut dalam rencana di atas. Tidak ada yang dicatat.',
    'Write the number that the plan above names. Nothing was recorded.',
  ),
  nothingToAllow: say(
    'Rencana ini tidak memerlukan izin khusus, atau sudah berubah sejak ditampilkan. Tidak ada yang dicatat.',
    'This plan needs no express permission, or has changed since it was shown. Nothing was recorded.',
  ),
  notReversible: say(
    'Hanya perubahan DNS record yang sudah selesai dan tercatat yang dapat dibalik.',
    'Only a change of DNS records that is finished and recorded can be reversed.',
  ),
  reversalPurpose: (ticket: string): Text =>
    say(`Mengembalikan perubahan DNS record ${ticket}.`, `Take back the change of DNS records ${ticket}.`),
} as const
