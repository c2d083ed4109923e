import type { Text } from '../refused.ts'

/** Sentences about connecting to the name servers of an office. */

function say(id: string, en: string): Text {
  return { id, en }
}

const nothingLost = { id: 'Tidak ada data yang hilang.', en: 'No data was lost.' } as const

export const dnsServerText = {
  driverPowerDns: say('PowerDNS melalui API HTTP', 'PowerDNS by its HTTP API'),

  // PowerDNS by HTTP
  apiUnreachable: (url: string): Text =>
    say(
      `API PowerDNS di ${url} tidak menjawab, sehingga hasilnya belum diketahui. ${nothingLost.id} Periksa apakah server itu berjalan dan masih punya ruang diska; keadaan zona akan dibaca lagi sebelum dicoba ulang.`,
      `The PowerDNS API at ${url} did not answer, so the outcome is not known yet. ${nothingLost.en} Check whether that server runs and has disk space left; the zone will be read again before another try.`,
    ),
  apiFailing: (url: string, status: string): Text =>
    say(
      `API PowerDNS di ${url} menjawab bahwa ia gagal (${status}), sehingga hasilnya belum diketahui. ${nothingLost.id} Periksa ruang diska dan log server itu; keadaan zona akan dibaca lagi sebelum dicoba ulang.`,
      `The PowerDNS API at ${url} answered that it failed (${status}), so the outcome is not known yet. ${nothingLost.en} Check the disk space and the log of that server; the zone will be read again before another try.`,
    ),
  apiRefused: (url: string, reason: string): Text =>
    say(
      `API PowerDNS di ${url} menolak permintaan (${reason}). Tidak ada yang berubah. Perbaiki yang disebutkan, lalu coba lagi.`,
      `The PowerDNS API at ${url} refused the request (${reason}). Nothing was changed. Correct what it names and try again.`,
    ),
  recordNotRead: (name: string, type: string): Text =>
    say(
      `Record ${type} pada ${name} hanya dikenal PowerDNS dan tidak dapat dibaca. Tidak ada yang berubah. Ganti dengan jenis record yang umum.`,
      `The ${type} record at ${name} is known to PowerDNS only and cannot be read. Nothing was changed. Replace it with a common type.`,
    ),

  // test of a connection
  connected: (where: string): Text => say(`Server ${where} menjawab.`, `The server ${where} answers.`),
  cannotConnect: (where: string, why: Text): Text =>
    say(
      `Tidak dapat terhubung ke ${where}: ${why.id}. Periksa alamat, port, dan tembok api.`,
      `Cannot connect to ${where}: ${why.en}. Check the address, the port and the firewall.`,
    ),
  nothingListens: say('tidak ada layanan di port itu', 'nothing listens on that port'),
  hostUnknown: say('nama host tidak dikenal', 'the host name is not known'),
  noRoute: say('jaringannya tidak terjangkau', 'the network cannot be reached'),
  noAnswerInTime: say('tidak ada jawaban dalam batas waktu', 'no answer within the time limit'),
  otherFailure: (detail: string): Text => say(detail, detail),
  notDns: (where: string): Text =>
    say(
      `Ada layanan di ${where}, tetapi tidak menjawab pertanyaan DNS. Periksa port; biasanya 53.`,
      `Something listens at ${where} but does not answer DNS questions. Check the port; it is usually 53.`,
    ),
  authoritative: (zone: string): Text =>
    say(`Server berwenang atas zona ${zone}.`, `The server is authoritative for the zone ${zone}.`),
  notAuthoritative: (zone: string, detail: string): Text =>
    say(
      `Server tidak berwenang atas zona ${zone} (${detail}). Periksa nama zona, atau buat zonanya di server itu.`,
      `The server is not authoritative for the zone ${zone} (${detail}). Check the name of the zone, or make the zone there.`,
    ),
  keyUnknown: (key: string, algorithm: string): Text =>
    say(
      `Server tidak mengenal kunci TSIG "${key}" dengan algoritma ${algorithm}. Periksa nama kunci dan algoritmanya, dan hak kunci itu atas zona.`,
      `The server does not know the TSIG key "${key}" with the algorithm ${algorithm}. Check the name of the key and its algorithm, and what the key may do in the zone.`,
    ),
  secretWrong: (key: string): Text =>
    say(
      `Rahasia kunci TSIG "${key}" tidak sama dengan yang ada di server. Salin ulang rahasianya.`,
      `The secret of the TSIG key "${key}" is not the one that the server has. Copy the secret again.`,
    ),
  keyRefused: (key: string, rcode: string): Text =>
    say(
      `Server tidak menerima tanda tangan kunci TSIG "${key}" (${rcode}). Periksa nama, algoritma, dan rahasia kunci, juga jam kedua mesin.`,
      `The server does not accept the signature of the TSIG key "${key}" (${rcode}). Check the name, the algorithm and the secret of the key, and the clocks of both machines.`,
    ),
  clockWrong: (seconds: number | null): Text =>
    say(
      `Jam kedua mesin berselisih${seconds === null ? '' : ` ${seconds} detik`}; paling banyak 300 detik. Nyalakan sinkronisasi waktu (NTP) di keduanya.`,
      `The clocks of the two machines differ${seconds === null ? '' : ` by ${seconds} seconds`}; at most 300 are allowed. Turn on time synchronisation (NTP) on both.`,
    ),
  keyAccepted: (key: string): Text =>
    say(`Kunci TSIG "${key}" diterima.`, `The TSIG key "${key}" is accepted.`),
  updateAllowed: say('Pembaruan zona diizinkan.', 'Updates of the zone are allowed.'),
  updateRefused: (rcode: string): Text =>
    say(
      `Server menolak pembaruan zona dengan kunci ini (${rcode}). Izinkan kunci ini memperbarui zona.`,
      `The server refuses updates of the zone with this key (${rcode}). Allow this key to update the zone.`,
    ),
  transferAllowed: say('Transfer zona diizinkan.', 'Transfers of the zone are allowed.'),
  transferRefused: (rcode: string): Text =>
    say(
      `Server menolak transfer zona (AXFR) dengan kunci ini (${rcode}). Izinkan kunci ini mentransfer zona.`,
      `The server refuses the transfer of the zone (AXFR) with this key (${rcode}). Allow this key to transfer the zone.`,
    ),
  transferOpen: say(
    'Saran: server memberikan seluruh zona tanpa kunci kepada mesin ini. Batasi transfer pada kunci TSIG (PowerDNS: kosongkan allow-axfr-ips).',
    'Advice: the server hands out the whole zone to this machine without a key. Limit transfers to the TSIG key (PowerDNS: leave allow-axfr-ips empty).',
  ),
  serverFailed: (detail: string): Text =>
    say(
      `Server menjawab dengan kegagalan (${detail}). Periksa catatan (log) server itu.`,
      `The server answered with a failure (${detail}). Look into the log of that server.`,
    ),
  apiClosed: (where: string): Text =>
    say(
      `${where} menutup sambungan tanpa menjawab. Izinkan alamat mesin ini dalam webserver-allow-from.`,
      `${where} closed the connection without an answer. Allow the address of this machine in webserver-allow-from.`,
    ),
  apiKeyWrong: say(
    'Kunci API salah. Salin ulang nilai api-key dari konfigurasi PowerDNS.',
    'The API key is wrong. Copy the value of api-key again from the configuration of PowerDNS.',
  ),
  apiOff: (server: string): Text =>
    say(
      `Server web menjawab, tetapi API-nya mati atau tidak ada server "${server}". Atur api=yes dalam konfigurasi PowerDNS.`,
      `The web server answers, but the API is off or there is no server "${server}". Set api=yes in the configuration of PowerDNS.`,
    ),
  notPowerDns: (where: string): Text =>
    say(
      `${where} menjawab, tetapi bukan sebagai API PowerDNS. Periksa alamatnya.`,
      `${where} answers, but not as the API of PowerDNS. Check the address.`,
    ),
  apiAccepted: (version: string): Text =>
    say(`API PowerDNS ${version} menerima kunci API.`, `The API of PowerDNS ${version} accepts the API key.`),
  zoneMissing: (zone: string): Text =>
    say(
      `PowerDNS tidak memiliki zona ${zone}. Periksa nama zona, atau buat zonanya.`,
      `PowerDNS does not have the zone ${zone}. Check the name of the zone, or make the zone.`,
    ),
  zoneThere: (zone: string): Text => say(`Zona ${zone} ada.`, `The zone ${zone} is there.`),
  zoneIsSecondary: (zone: string, kind: string): Text =>
    say(
      `Zona ${zone} di server ini adalah salinan (${kind}), sehingga tidak dapat diubah di sini. Hubungkan server primernya.`,
      `The zone ${zone} is a copy on this server (${kind}) and cannot be changed here. Connect its primary.`,
    ),
  serialStandsStill: (zone: string): Text =>
    say(
      `Saran: nomor seri ${zone} tidak naik bila diubah lewat API, sehingga server sekunder tidak tahu ada perubahan. Atur soa_edit_api zona itu, misalnya INCREASE.`,
      `Advice: the serial of ${zone} does not rise when it is changed by the API, so secondaries do not learn of changes. Set soa_edit_api of the zone, for example to INCREASE.`,
    ),
  rectifyIsSlow: say(
    'Saran: atur default-api-rectify=no, jika zona tidak ditandatangani dengan DNSSEC. Tanpa itu setiap perubahan zona besar memakan beberapa detik.',
    'Advice: set default-api-rectify=no if the zone is not signed with DNSSEC. Without it every change of a large zone takes seconds.',
  ),
} as const
