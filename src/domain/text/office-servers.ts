import type { Text } from '../refused.ts'

/** Servers of an office: what they are called and how they are entered. */
export const serverTexts = {
  rfc2136: {
    id: 'Server DNS dengan pembaruan dinamis (BIND, Knot, PowerDNS)',
    en: 'Name server with dynamic updates (BIND, Knot, PowerDNS)',
  },
  powerdns: { id: 'PowerDNS melalui API HTTP', en: 'PowerDNS over its HTTP API' },
  acme: { id: 'Otoritas sertifikat (ACME)', en: 'Certificate authority (ACME)' },
  directory: { id: 'Alamat direktori ACME', en: 'Address of the ACME directory' },
  directoryHint: {
    id: 'Misalnya https://acme-v02.api.letsencrypt.org/directory. Dengan menyimpannya kantor menyetujui ketentuan otoritas itu.',
    en: 'For example https://acme-v02.api.letsencrypt.org/directory. By saving it the office agrees to the terms of that authority.',
  },
  challenge: { id: 'Cara pembuktian', en: 'Kind of proof' },
  challengeHint: {
    id: 'dns-01 menulis data TXT di domain kantor dan selalu dapat dipakai; http-01 memakai situsnya sendiri.',
    en: 'dns-01 writes a TXT record in the office’s domain and always works; http-01 uses the site itself.',
  },
  caContact: { id: 'Surel kontak', en: 'Contact mail address' },
  caContactHint: {
    id: 'Surel kantor yang boleh diberi tahu oleh otoritas.',
    en: 'A mail address of the office to which the authority may write.',
  },
  bindingId: { id: 'ID akun di otoritas', en: 'Account id at the authority' },
  bindingHint: {
    id: 'Hanya bila otoritas meminta external account binding.',
    en: 'Only where the authority asks for external account binding.',
  },
  bindingKey: { id: 'Kunci HMAC akun', en: 'HMAC key of the account' },
  siteRootHint: {
    id: 'Hanya jika situs memakai sertifikat dari otoritas milik kantor sendiri: akarnya dalam format PEM.',
    en: 'Only if sites carry certificates of an authority of the office itself: its root, in PEM.',
  },
  caRoot: { id: 'Sertifikat akar', en: 'Root certificate' },
  caRootHint: {
    id: 'PEM; hanya untuk otoritas milik sendiri yang tidak dipercaya umum.',
    en: 'PEM; only for an authority of your own that is not publicly trusted.',
  },
  p12: { id: 'Tanda tangan dengan berkas P12', en: 'Signature with a P12 file' },
  p12File: { id: 'Nama berkas kunci', en: 'Name of the key file' },
  p12FileHint: {
    id: 'Berkas .p12 yang diletakkan pengelola mesin di folder signing/<nama singkat kantor> pada direktori data. Kata sandinya tidak pernah disimpan.',
    en: 'A .p12 file that whoever runs the machine put into the folder signing/<short name of the office> of the data directory. Its passphrase is never kept.',
  },
  stampUrl: { id: 'Alamat otoritas stempel waktu (TSA)', en: 'Address of the time-stamping authority (TSA)' },
  stampUrlHint: {
    id: 'Kosongkan bila kantor tidak memakai stempel waktu. Yang dikirim ke alamat ini hanya sidik tanda tangan, bukan suratnya.',
    en: 'Leave it empty if the office uses no time stamps. Only a digest of the signature is sent there, never the letter.',
  },
  stampRoot: {
    id: 'Sertifikat CA yang dipercaya untuk stempel waktu',
    en: 'CA certificate that is trusted for time stamps',
  },
  stampRootHint: {
    id: 'PEM dari otoritas itu. Stempel di bawah sertifikat lain ditolak.',
    en: 'PEM, from that authority. A stamp under any other certificate is refused.',
  },
  stampMode: { id: 'Bila stempel waktu tidak dapat diperoleh', en: 'When no time stamp can be had' },
  stampModeHint: {
    id: 'Hanya berlaku bila alamat di atas diisi.',
    en: 'Counts only where an address is given above.',
  },
  stampModes: {
    required: {
      id: 'Tahan surat sampai stempel diperoleh; Ranah mencobanya terus',
      en: 'Keep the letter until there is one; Ranah goes on trying',
    },
    'if-available': {
      id: 'Terbitkan tanpa stempel waktu, dan catat sebabnya',
      en: 'Issue it without, and note why',
    },
  },
  stampPolicy: { id: 'Nomor kebijakan (OID)', en: 'Policy number (OID)' },
  stampPolicyHint: {
    id: 'Bila diisi, stempel di bawah kebijakan lain ditolak.',
    en: 'If given, a stamp under another policy is refused.',
  },
  stampUser: { id: 'Nama pengguna pada otoritas itu', en: 'User name at that authority' },
  stampUserHint: {
    id: 'Bila otoritas memintanya. Hanya dengan alamat https.',
    en: 'Where the authority asks for one. Only with an https address.',
  },
  stampPassword: { id: 'Kata sandi pada otoritas itu', en: 'Password at that authority' },
  stampRootMissing: {
    id: 'Tempel sertifikat CA yang dipercaya; tanpa itu stempel siapa pun akan diterima.',
    en: 'Paste the CA certificate to trust; without it anybody’s stamp would do.',
  },
  stampUrlMissing: {
    id: 'Tulis alamat otoritas stempel waktu, atau kosongkan semua isian stempel waktu.',
    en: 'Write the address of the authority, or leave all fields about time stamps empty.',
  },
  stampUserOpen: {
    id: 'Nama dan kata sandi hanya dikirim ke alamat https. Ganti alamatnya atau kosongkan isian ini.',
    en: 'Name and password are sent to https addresses only. Change the address or leave this empty.',
  },
  bsre: {
    id: 'Tanda tangan elektronik BSrE (esign client service)',
    en: 'BSrE electronic signature (esign client service)',
  },
  bsreUrl: { id: 'Alamat layanan', en: 'Address of the service' },
  bsreUrlHint: {
    id: 'Alamat esign client service di jaringan kantor, misalnya http://192.0.2.60.',
    en: 'Address of the esign client service in the office’s network, for example http://192.0.2.60.',
  },
  bsreUser: { id: 'Nama pengguna layanan', en: 'User name of the service' },
  bsrePassword: { id: 'Kata sandi layanan', en: 'Password of the service' },
  bsrePasswordHint: {
    id: 'Kata sandi akun layanan, bukan passphrase pejabat. Disimpan tersandi.',
    en: 'The password of the service’s account, not the passphrase of a person. It is kept encrypted.',
  },
  linuxHost: { id: 'Server situs Debian melalui SSH', en: 'Debian site host over SSH' },
  swarm: { id: 'Docker Swarm', en: 'Docker Swarm' },
  nodes: { id: 'Node Swarm', en: 'Nodes of the Swarm' },
  nodesHint: {
    id: 'Satu baris satu node: alamat, port SSH bila bukan 22, dan baris kunci publik host. Sebutkan semua node berlabel ranah-sites.',
    en: 'A line each: address, SSH port if it is not 22, and the public host key line. Name every node with the label ranah-sites.',
  },
  swarmKeyHint: {
    id: 'Kunci untuk akun "ranah" di setiap node, yang boleh berbicara dengan Docker. Disimpan tersandi dan tidak pernah ditampilkan lagi.',
    en: 'The key for the account "ranah" on every node, which may speak to Docker. It is kept encrypted and never shown again.',
  },
  image: { id: 'ID image nginx', en: 'Id of the image with nginx' },
  imageHint: {
    id: 'sha256:… dari "docker import", seperti dalam panduan pengelola.',
    en: 'sha256:… as "docker import" printed it; see the operator guide.',
  },
  replicas: { id: 'Kontainer per situs', en: 'Containers per site' },
  memory: { id: 'Memori per kontainer (MiB)', en: 'Memory per container (MiB)' },
  manualDns: {
    id: 'Server DNS yang dikerjakan petugas (Ranah hanya memeriksa)',
    en: 'Name server that is worked by hand (Ranah only checks)',
  },
  manualHost: {
    id: 'Server situs yang dikerjakan petugas (Ranah hanya memeriksa)',
    en: 'Site host that is worked by hand (Ranah only checks)',
  },
  askedServers: { id: 'Server DNS yang ditanya', en: 'Name servers to ask' },
  askedServersHint: {
    id: 'Satu baris satu server: nama, alamat IP, port. Server pertama mewakili isi zona; semuanya ditanya sebelum layanan dinyatakan aktif.',
    en: 'A line each: name, IP address, port. The first stands for what the zone has; all are asked before a service counts as live.',
  },
  place: { id: 'Tempat berkas situs', en: 'Where the files of sites go' },
  placeHint: {
    id: 'Tertulis di lembar pekerjaan, misalnya "cPanel, folder public_html/<nama situs>".',
    en: 'Stands on the task sheet, for example "cPanel, folder public_html/<name of the site>".',
  },
  host: { id: 'Alamat server', en: 'Address of the server' },
  dnsHostHint: {
    id: 'Alamat IP atau nama server utama (primary).',
    en: 'IP address or name of the primary.',
  },
  powerdnsHostHint: {
    id: 'Alamat IP tempat PowerDNS menjawab kueri DNS.',
    en: 'IP address at which PowerDNS answers queries.',
  },
  hostHint: { id: 'Alamat IP atau nama untuk SSH.', en: 'IP address or name for SSH.' },
  port: { id: 'Port DNS', en: 'DNS port' },
  standsFor: (port: number): Text => ({ id: `Kosong berarti ${port}.`, en: `Empty means ${port}.` }),
  sshPort: { id: 'Port SSH', en: 'SSH port' },
  keyName: { id: 'Nama kunci TSIG', en: 'Name of the TSIG key' },
  keyNameHint: {
    id: 'Persis seperti di konfigurasi server DNS.',
    en: 'Exactly as in the name server’s configuration.',
  },
  algorithm: { id: 'Algoritme kunci', en: 'Algorithm of the key' },
  keySecret: { id: 'Rahasia kunci TSIG', en: 'Secret of the TSIG key' },
  keySecretHint: {
    id: 'Teks base64 dari konfigurasi server DNS.',
    en: 'The base64 text from the name server’s configuration.',
  },
  apiUrl: { id: 'Alamat API', en: 'Address of the API' },
  apiUrlHint: { id: 'Misalnya http://192.0.2.53:8081.', en: 'For example http://192.0.2.53:8081.' },
  apiKey: { id: 'Kunci API', en: 'API key' },
  nameServers: { id: 'Alamat server DNS lain', en: 'Addresses of other name servers' },
  nameServersHint: {
    id: 'Hanya bila server pada data NS tidak dicapai di alamat publiknya. Satu baris satu server: nama, alamat IP, port. Tanda * berarti semua yang lain.',
    en: 'Only where the servers of the NS records are not reached at their public addresses. A line each: name, IP address, port. The sign * stands for all others.',
  },
  hostKey: { id: 'Kunci host SSH', en: 'SSH host key' },
  hostKeyHint: {
    id: 'Baris kunci publik server, misalnya isi /etc/ssh/ssh_host_ed25519_key.pub. Server dengan kunci lain ditolak.',
    en: 'The server’s public key line, for example the content of /etc/ssh/ssh_host_ed25519_key.pub. A server with another key is refused.',
  },
  privateKey: { id: 'Kunci privat Ranah', en: 'Ranah’s private key' },
  privateKeyHint: {
    id: 'Dicetak oleh perintah "ranah host prepare". Disimpan tersandi dan tidak pernah ditampilkan lagi.',
    en: 'Printed by the command "ranah host prepare". It is kept encrypted and never shown again.',
  },
  addresses: { id: 'Alamat IP publik situs', en: 'Public IP addresses of the sites' },
  addressesHint: {
    id: 'Satu baris satu alamat; data A dan AAAA dibuat dari sini.',
    en: 'A line each; A and AAAA records are made from them.',
  },
  webPort: { id: 'Port HTTP', en: 'HTTP port' },
  tlsPort: { id: 'Port HTTPS', en: 'HTTPS port' },
  sftpPort: { id: 'Port SFTP', en: 'SFTP port' },
} as const

/** What is expected in a field of a server. */
export const serverFieldTexts = {
  objectIdentifier: {
    id: 'Tulis angka bertitik, misalnya 1.3.6.1.4.1.99999.1.',
    en: 'Write numbers with dots, for example 1.3.6.1.4.1.99999.1.',
  },
  httpsUrl: {
    id: 'Tulis alamat https, misalnya https://acme.example/directory.',
    en: 'Write an https address, for example https://acme.example/directory.',
  },
  certificatePem: {
    id: 'Tempel sertifikat dari baris BEGIN CERTIFICATE sampai baris END CERTIFICATE.',
    en: 'Paste the certificate from the BEGIN CERTIFICATE line to the END CERTIFICATE line.',
  },
  host: {
    id: 'Tulis alamat IP atau nama server, misalnya 192.0.2.53.',
    en: 'Write an IP address or a host name, for example 192.0.2.53.',
  },
  address: {
    id: 'Tulis alamat IP, misalnya 192.0.2.80 atau 2001:db8::80.',
    en: 'Write an IP address, for example 192.0.2.80 or 2001:db8::80.',
  },
  keyName: {
    id: 'Tulis nama kunci: huruf, angka, titik, garis bawah, dan tanda hubung.',
    en: 'Write the name of the key: letters, digits, dots, underscores and hyphens.',
  },
  keySecret: {
    id: 'Tulis rahasia kunci dalam base64, paling sedikit 16 oktet.',
    en: 'Write the secret of the key as base64, at least 16 octets.',
  },
  url: {
    id: 'Tulis alamat http atau https tanpa nama pengguna, misalnya http://192.0.2.53:8081.',
    en: 'Write an http or https address without a user name, for example http://192.0.2.53:8081.',
  },
  opaque: {
    id: 'Tulis kunci dalam satu baris tanpa spasi.',
    en: 'Write the key in one line without spaces.',
  },
  keyFile: {
    id: 'Tulis nama berkas saja tanpa folder, berakhiran .p12 atau .pfx, misalnya kepala-dinas.p12.',
    en: 'Write the name of the file alone, without a folder, ending in .p12 or .pfx, for example kepala-dinas.p12.',
  },
  hostKey: {
    id: 'Tulis baris kunci publik SSH, misalnya "ssh-ed25519 AAAA…".',
    en: 'Write an SSH public key line, for example "ssh-ed25519 AAAA…".',
  },
  privateKey: {
    id: 'Tempel seluruh kunci privat, dari baris BEGIN sampai baris END.',
    en: 'Paste the whole private key, from the BEGIN line to the END line.',
  },
  swarmNode: {
    id: 'Tulis alamat, port SSH, dan kunci host, misalnya "192.0.2.11 22 ssh-ed25519 AAAA…".',
    en: 'Write address, SSH port and host key, for example "192.0.2.11 22 ssh-ed25519 AAAA…".',
  },
  imageId: {
    id: 'Tulis ID image lengkap, dimulai dengan sha256:.',
    en: 'Write the whole image id, beginning with sha256:.',
  },
  nameServer: {
    id: 'Tulis nama, alamat IP, dan port, misalnya "ns2.contohkab.go.id 192.0.2.54 53".',
    en: 'Write name, IP address and port, for example "ns2.contohkab.go.id 192.0.2.54 53".',
  },
} as const satisfies Record<string, Text>

/** The page of servers. */
export const serverPageTexts = {
  title: { id: 'Server', en: 'Servers' },
  lead: {
    id: 'Server DNS, server situs, dan otoritas sertifikat milik kantor yang dipakai Ranah setelah permohonan disetujui. Kunci disimpan tersandi.',
    en: 'Name servers, site hosts and certificate authorities of the office, which Ranah uses after an approval. Keys are kept encrypted.',
  },
  add: { id: 'Hubungkan server', en: 'Connect a server' },
  empty: { id: 'Belum ada server yang dihubungkan', en: 'No server is connected yet' },
  emptyNext: {
    id: 'Domain dan situs memakai server bawaan sampai kantor menghubungkan servernya sendiri.',
    en: 'Domains and sites use the embedded servers until the office connects its own.',
  },
  name: { id: 'Nama', en: 'Name' },
  nameHint: {
    id: 'Sebutan di kantor, misalnya "DNS utama".',
    en: 'What the office calls it, for example "Main DNS".',
  },
  driver: { id: 'Jenis', en: 'Kind' },
  kind: {
    dns: { id: 'Server DNS', en: 'Name server' },
    host: { id: 'Server situs', en: 'Site host' },
    ca: { id: 'Otoritas sertifikat', en: 'Certificate authority' },
  },
  state: { id: 'Sambungan', en: 'Connection' },
  notChecked: { id: 'Belum diuji', en: 'Not tested yet' },
  works: { id: 'Berfungsi', en: 'Works' },
  fails: { id: 'Bermasalah', en: 'In trouble' },
  standard: { id: 'Baku', en: 'Default' },
  isDefault: { id: 'Pakai untuk layanan baru', en: 'Use for new services' },
  choose: { id: 'Pilih jenis server', en: 'Choose the kind of server' },
  next: { id: 'Lanjut', en: 'Continue' },
  save: { id: 'Simpan', en: 'Save' },
  saved: {
    id: 'Server disimpan. Uji sambungannya sebelum dipakai.',
    en: 'The server was saved. Test the connection before you use it.',
  },
  secretUnchanged: {
    id: 'Isi hanya untuk menambah atau mengganti.',
    en: 'Fill in only to add or replace it.',
  },
  secretKept: {
    id: 'Sudah tersimpan. Isi hanya untuk mengganti.',
    en: 'Stored already. Fill in only to replace it.',
  },
  test: { id: 'Uji sambungan', en: 'Test connection' },
  tested: { id: 'Hasil uji', en: 'Result of the test' },
  testedAt: { id: 'Diuji', en: 'Tested' },
  testZone: { id: 'Domain untuk diuji', en: 'Domain to test with' },
  change: { id: 'Cara mencapai server', en: 'How the server is reached' },
  zone: { id: 'Domain', en: 'Domain' },
  archiveTitle: {
    id: 'Kunci server dihapus dari Ranah. Isi server itu sendiri tidak berubah.',
    en: 'The key of the server is erased here. Nothing changes on the server itself.',
  },
  archive: { id: 'Lepaskan server', en: 'Disconnect the server' },
  archived: {
    id: 'Server dilepaskan. Tidak ada data yang dihapus di server itu.',
    en: 'The server was disconnected. Nothing was deleted on it.',
  },
  zones: { id: 'Domain di server ini', en: 'Domains on this server' },
  noZones: { id: 'Belum ada domain di server ini.', en: 'No domain on this server yet.' },
  use: { id: 'Pindahkan domain ke server ini', en: 'Move a domain to this server' },
  useHint: {
    id: 'Ranah akan membaca dan mengubah domain di server ini. Data DNS tidak disalin: domain harus sudah ada di server ini dengan isi yang benar.',
    en: 'Ranah will read and change the domain on this server. Records are not copied: the domain must already be there with the right content.',
  },
  used: { id: 'Domain sekarang dikelola di server ini.', en: 'The domain is now kept on this server.' },
} as const

/** Why something about servers is refused. */
export const serverRefusals = {
  withoutKey: {
    id: 'Kunci server ini tidak ada lagi di Ranah, karena dipulihkan dari cadangan tanpa kunci. Tidak ada yang hilang; administrator memasukkan kuncinya di halaman Server, lalu pekerjaan berlanjut sendiri.',
    en: 'Ranah does not have the key of this server any more, since it was restored from a backup without keys. Nothing is lost; an administrator enters the key on the page of the server, and the work goes on by itself.',
  },
  nameTaken: {
    id: 'Nama ini sudah dipakai server lain. Pilih nama lain; isian lainnya masih ada.',
    en: 'Another server has this name. Choose another; everything else you entered is still here.',
  },
  inUse: (what: string): Text => ({
    id: `Server masih dipakai oleh ${what}. Tidak ada yang berubah; pindahkan dahulu.`,
    en: `The server is still used by ${what}. Nothing changed; move these first.`,
  }),
  wrongKind: {
    id: 'Server ini bukan server DNS. Tidak ada yang berubah; pilih server DNS.',
    en: 'This is no name server. Nothing changed; choose a name server.',
  },
  zoneBusy: {
    id: 'Masih ada permohonan yang sedang dikerjakan sistem di domain ini. Tidak ada yang berubah; coba lagi setelah selesai.',
    en: 'The system is still working on a request in this domain. Nothing changed; try again when it is done.',
  },
} as const
