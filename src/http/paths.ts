/**
 * Every address of the portal, in one place. Pages carry Indonesian words, because people read and dictate
 * them; `:name` marks what changes. Routes are registered under `patterns.x`, links are made by `paths.x(...)`.
 */
export const patterns = {
  home: '/',
  setUp: '/siapkan',
  preferences: '/tampilan',

  signIn: '/masuk',
  secondFactor: '/masuk/kode',
  passkeySignIn: '/masuk/kunci-sandi',
  signOnBack: '/masuk/kembali',
  signOn: '/masuk/kantor/:office',
  forgotPassword: '/lupa-sandi',
  resetPassword: '/lupa-sandi/:token',
  signOut: '/keluar',
  account: '/akun',
  accountName: '/akun/nama',
  accountEmail: '/akun/surel',
  confirmEmail: '/akun/surel/:token',
  accountPassword: '/akun/sandi',
  accountSecondFactor: '/akun/kode',
  accountRecoveryCodes: '/akun/kode-pemulihan',
  accountPasskeys: '/akun/kunci-sandi',
  accountSessions: '/akun/sesi',
  accountAgeKey: '/akun/kunci-age',
  invitation: '/undangan/:token',

  track: '/lacak',
  trackTicket: '/lacak/:ticket',
  verify: '/periksa',
  verifyLetter: '/periksa/:code',
  letterReceipt: '/periksa/:code/tanda-terima',
  names: '/daftar-subdomain',
  logbookHeads: '/buku-log',
  namesFile: '/daftar-subdomain/:format',
  reveal: '/serah-terima/:reveal',

  office: '/o/:office',
  officeLogo: '/o/:office/logo',
  register: '/o/:office/daftar',
  withoutContact: '/o/:office/tanpa-narahubung',
  takeoverObjection: '/o/:office/keberatan-narahubung/:token',
  officeNames: '/o/:office/daftar-subdomain',
  officeNamesFile: '/o/:office/daftar-subdomain/:format',

  inbox: '/o/:office/kotak-masuk',
  requests: '/o/:office/permohonan',
  newRequest: '/o/:office/permohonan/baru',
  counterRequest: '/o/:office/permohonan/loket',
  request: '/o/:office/permohonan/:ticket',
  requestForm: '/o/:office/permohonan/:ticket/isian',
  requestSubmit: '/o/:office/permohonan/:ticket/kirim',
  requestLetter: '/o/:office/permohonan/:ticket/surat-permohonan',
  requestDisposition: '/o/:office/permohonan/:ticket/lembar-disposisi',
  requestCaseFile: '/o/:office/permohonan/:ticket/berkas-lengkap',
  caseFile: '/o/:office/permohonan/:ticket/berkas-lengkap/:bundle',
  caseFilePdf: '/o/:office/permohonan/:ticket/berkas-lengkap/:bundle/pdf',
  requestDocuments: '/o/:office/permohonan/:ticket/berkas',
  requestDocument: '/o/:office/permohonan/:ticket/berkas/:document',
  documentRelease: '/o/:office/permohonan/:ticket/berkas/:document/bebaskan',
  documentPreview: '/o/:office/permohonan/:ticket/berkas/:document/pratinjau',
  documentPage: '/o/:office/permohonan/:ticket/berkas/:document/pratinjau/:page',
  requestTake: '/o/:office/permohonan/:ticket/ambil',
  requestGiveBack: '/o/:office/permohonan/:ticket/kembalikan-tugas',
  requestStep: '/o/:office/permohonan/:ticket/langkah/:visit',
  requestRefuse: '/o/:office/permohonan/:ticket/tolak',
  requestWaive: '/o/:office/permohonan/:ticket/kecualikan',
  requestProgress: '/o/:office/permohonan/:ticket/kemajuan',
  requestWithdraw: '/o/:office/permohonan/:ticket/tarik',
  requestCallOff: '/o/:office/permohonan/:ticket/batalkan',
  requestCheck: '/o/:office/permohonan/:ticket/periksa',
  requestAllowance: '/o/:office/permohonan/:ticket/izin-perubahan',
  requestReversal: '/o/:office/permohonan/:ticket/balikkan',
  requestContactsLeft: '/o/:office/permohonan/:ticket/narahubung-pergi',
  requestAppeal: '/o/:office/permohonan/:ticket/keberatan',
  requestMessages: '/o/:office/permohonan/:ticket/pesan',
  nameCheck: '/o/:office/cek-nama',

  services: '/o/:office/layanan',
  service: '/o/:office/layanan/:service',
  serviceNotice: '/o/:office/layanan/:service/pemberitahuan',
  serviceSecurity: '/o/:office/layanan/:service/keamanan',
  serviceSecurityLook: '/o/:office/layanan/:service/keamanan/lihat',
  serviceSecurityWaiver: '/o/:office/layanan/:service/keamanan/kecualikan',
  serviceFiles: '/o/:office/layanan/:service/berkas',
  serviceCredentials: '/o/:office/layanan/:service/kredensial',
  dueServices: '/o/:office/layanan/jatuh-tempo',

  letters: '/o/:office/surat',
  letter: '/o/:office/surat/:letter',
  registerBook: '/o/:office/register/:book',
  letterFile: '/o/:office/surat/:letter/pdf',
  letterArchive: '/o/:office/surat/:letter/arsip',
  signatures: '/o/:office/tanda-tangan',
  signLetter: '/o/:office/tanda-tangan/:letter',
  declineLetter: '/o/:office/tanda-tangan/:letter/kembalikan',
  stampLetter: '/o/:office/surat/:letter/stempel',
  reassignLetter: '/o/:office/surat/:letter/pejabat',
  unsignedFile: '/o/:office/tanda-tangan/:letter/konsep',
  archive: '/o/:office/arsip',
  schedule: '/o/:office/arsip/jadwal',
  scheduleConfirm: '/o/:office/arsip/jadwal/sahkan',
  scheduleImport: '/o/:office/arsip/jadwal/impor',
  newScheduleLine: '/o/:office/arsip/jadwal/baru',
  scheduleLine: '/o/:office/arsip/jadwal/:line',
  removeScheduleLine: '/o/:office/arsip/jadwal/:line/hapus',
  disposals: '/o/:office/arsip/usul',
  disposal: '/o/:office/arsip/usul/:disposal',
  disposalKeep: '/o/:office/arsip/usul/:disposal/simpan',
  disposalApprove: '/o/:office/arsip/usul/:disposal/setujui',
  disposalDestroy: '/o/:office/arsip/usul/:disposal/musnahkan',
  disposalDrop: '/o/:office/arsip/usul/:disposal/batalkan',
  disposalRecord: '/o/:office/arsip/usul/:disposal/berita-acara',
  record: '/o/:office/arsip/berkas/:record',
  recordHold: '/o/:office/arsip/berkas/:record/tahan',
  recordRelease: '/o/:office/arsip/berkas/:record/lepas',
  logbook: '/o/:office/buku-log',
  logbookExport: '/o/:office/buku-log/ekspor',
  logbookRegister: '/o/:office/buku-log/register',
  logbookCheck: '/o/:office/buku-log/periksa',
  logbookWitnesses: '/o/:office/buku-log/saksi',
  logbookKeyRenewal: '/o/:office/buku-log/saksi/ganti-kunci',
  logbookWitnessEnd: '/o/:office/buku-log/saksi/:witness/akhiri',
  logbookReceipt: '/o/:office/buku-log/:seq/tanda-terima',

  sops: '/o/:office/sop',
  newSop: '/o/:office/sop/baru',
  sop: '/o/:office/sop/:sop',
  sopVersion: '/o/:office/sop/:sop/versi/:version',
  sopPublish: '/o/:office/sop/:sop/versi/:version/terbitkan',
  sopSource: '/o/:office/sop/:sop/versi/:version/berkas',
  sopPdf: '/o/:office/sop/:sop/versi/:version/pdf',
  sopBpmn: '/o/:office/sop/:sop/versi/:version/bpmn',
  sopRetire: '/o/:office/sop/:sop/hentikan',
  sopActors: '/o/:office/sop/:sop/pelaksana',
  calendar: '/o/:office/kalender',
  calendarHours: '/o/:office/kalender/jam-kerja',
  calendarRamadan: '/o/:office/kalender/ramadan',
  calendarHolidays: '/o/:office/kalender/hari-libur',
  calendarImport: '/o/:office/kalender/impor',
  settings: '/o/:office/pengaturan',
  settingsOpenData: '/o/:office/pengaturan/data-terbuka',
  settingsSignIn: '/o/:office/pengaturan/masuk',
  settingsLogo: '/o/:office/pengaturan/logo',
  settingsRegisters: '/o/:office/pengaturan/penomoran',
  settingsZones: '/o/:office/pengaturan/domain',
  identityProvider: '/o/:office/masuk-tunggal',
  removeIdentityProvider: '/o/:office/masuk-tunggal/lepas',
  signatories: '/o/:office/penanda-tangan',
  newSignatory: '/o/:office/penanda-tangan/baru',
  endSignatory: '/o/:office/penanda-tangan/:signatory/akhiri',
  servers: '/o/:office/server',
  newServer: '/o/:office/server/baru',
  server: '/o/:office/server/:server',
  serverTest: '/o/:office/server/:server/uji',
  serverZones: '/o/:office/server/:server/domain',
  serverArchive: '/o/:office/server/:server/lepas',
  differences: '/o/:office/perbedaan-dns',
  differencesCompare: '/o/:office/perbedaan-dns/bandingkan',
  difference: '/o/:office/perbedaan-dns/:finding',
  differencePropose: '/o/:office/perbedaan-dns/:finding/usulkan',
  differenceConfirm: '/o/:office/perbedaan-dns/:finding/setujui',
  differenceTurnDown: '/o/:office/perbedaan-dns/:finding/tolak',
  zone: '/o/:office/domain/:zone',
  zoneTakeOver: '/o/:office/domain/:zone/ambil-alih',
  registryImport: '/o/:office/impor',
  agencies: '/o/:office/perangkat-daerah',
  newAgency: '/o/:office/perangkat-daerah/baru',
  agency: '/o/:office/perangkat-daerah/:agency',

  people: '/o/:office/pengguna',
  personRoles: '/o/:office/pengguna/:person/peran',
  personActive: '/o/:office/pengguna/:person/status',
  personData: '/o/:office/pengguna/:person/data',
  personDataFile: '/o/:office/pengguna/:person/data/json',
  personErase: '/o/:office/pengguna/:person/hapus',
  personFactors: '/o/:office/pengguna/:person/verifikasi',
  invitations: '/o/:office/undangan',
  invitationRenew: '/o/:office/undangan/:invitation/kirim-ulang',
  invitationRevoke: '/o/:office/undangan/:invitation/cabut',
  registrations: '/o/:office/pendaftaran',
  registration: '/o/:office/pendaftaran/:registration',
  appointments: '/o/:office/penugasan',
  newAppointment: '/o/:office/penugasan/baru',
  appointment: '/o/:office/penugasan/:appointment',
  appointmentEnd: '/o/:office/penugasan/:appointment/akhiri',
  appointmentScan: '/o/:office/penugasan/:appointment/surat',
  tokens: '/o/:office/token',
  tokenRevoke: '/o/:office/token/:token/cabut',
  newOffice: '/o/:office/kantor-baru',
} as const

type Patterns = typeof patterns

/** One string per `:name` of the pattern. */
type Arguments<Pattern extends string> = Pattern extends `${string}:${string}/${infer Rest}`
  ? [value: string, ...Arguments<Rest>]
  : Pattern extends `${string}:${string}`
    ? [value: string]
    : []

type Paths = { readonly [Name in keyof Patterns]: (...values: Arguments<Patterns[Name]>) => string }

function fill(pattern: string, values: readonly string[]): string {
  const left = [...values]
  return pattern.replace(/:[a-zA-Z]+/g, () => encodeURIComponent(left.shift()!))
}

/** `paths.request('kukar', 'KUKAR-2026-0001')` is `/o/kukar/permohonan/KUKAR-2026-0001`. */
export const paths = Object.fromEntries(
  Object.entries(patterns).map(([name, pattern]) => [name, (...values: string[]) => fill(pattern, values)]),
) as unknown as Paths

/** Where the API lives; every path below it stands in its own OpenAPI document. */
export const apiBase = '/api/v1'

/** @returns the path with a query; empty and absent values are left out. */
export function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value) search.set(name, value)
  return search.size === 0 ? path : `${path}?${search.toString()}`
}
