import { totp, untilNextCode } from '../../src/cli/demo/totp.ts'
import { execFile } from 'node:child_process'
import { request as httpRequest } from 'node:http'
import { promisify } from 'node:util'
import { sampleLetter } from '../../src/cli/demo/sample-letter.ts'
import { ASPECTS } from '../../src/domain/pse/data-classification.ts'
import { SECURITY_FORM } from '../../src/domain/pse/security-form.ts'
import { freePort } from '../../src/servers/free-port.ts'
import type { TestBrowser } from './browser.ts'
import { launchBrowser } from './browser.ts'
import { dataDirectory, printed, startRanah } from './installation.ts'
import type { TestInstallation } from './installation.ts'
import { mailTo } from './outbox.ts'
import type { Entries } from './walker.ts'
import { Walker } from './walker.ts'

export const deskPassword = 'tujuh kerbau menyeberang'
const run = promisify(execFile)

/** The paper behind a role, as the form of an invitation asks for it. */
export const paper = { basis: 'sk', number: '800/12/2026', dated: '2026-01-02', fromDay: '2026-01-02' }

/** One step at the desk: who takes it, and what they enter. */
export type DeskStep = readonly [who: string, entries: Entries]

/** An office at whose desk one walks: by which SOP it works, as data. */
export type DeskOffice = {
  readonly slug: string
  readonly zone: string
  readonly sop: string
  /** What the SOP asks for with the application. */
  readonly documents: readonly string[]
  /** From the receipt to the step that provides the service. */
  readonly steps: readonly DeskStep[]
  /** Who has the system provide it. */
  readonly provider: string
  /** The last step: who takes it, how the page names it, and the paper that it makes. */
  readonly last: { readonly who: string; readonly step: string; readonly paper: RegExp }
}

export const katingan: DeskOffice = {
  slug: 'contoh',
  zone: 'contohkab.example',
  sop: 'katingan-subdomain-hosting.yaml',
  documents: ['application-letter', 'application-form'],
  steps: [
    ['kadis', { instruction: 'Proses.' }],
    ['kabid', {}],
    ['kabid', { instruction: 'Periksa.' }],
    ['pranata', { 'items.0.verdict': 'complete', 'items.1.verdict': 'complete', outcome: 'lengkap' }],
  ],
  provider: 'pranata',
  last: { who: 'kadis', step: 'Langkah 7:', paper: /Surat balasan \S/ },
}

export const kukar: DeskOffice = {
  slug: 'kukar',
  zone: 'kukarkab.example',
  sop: 'kutai-kartanegara-hosting-subdomain.yaml',
  documents: ['application-letter'],
  steps: [
    ['administrator', { receivedOn: '2026-01-06' }],
    ['kabid', { conclusion: 'Dikoordinasikan.', outcome: 'disetujui' }],
    ['administrator', { conclusion: 'Data PSE sesuai.' }],
  ],
  provider: 'administrator',
  last: { who: 'administrator', step: 'Langkah 6:', paper: /Berita acara serah terima \S/ },
}

/** An empty installation and the people who walk through it, each at a telephone of their own. */
export class Desk {
  readonly data: Awaited<ReturnType<typeof dataDirectory>>
  readonly installation: TestInstallation
  readonly browser: TestBrowser
  readonly dnsPort: number
  readonly sitesPort: number
  readonly people = new Map<string, Walker>()
  /** The keys of their authenticator apps. */
  readonly secrets = new Map<string, string>()
  /** Where the first office is set up, with the code that was printed. */
  setUp = ''
  url = ''
  /** The request that is being walked, and the office at whose desk it lies. */
  ticket = ''
  office: DeskOffice = katingan

  private constructor(
    data: Desk['data'],
    installation: TestInstallation,
    browser: TestBrowser,
    ports: readonly [number, number],
  ) {
    this.data = data
    this.installation = installation
    this.browser = browser
    ;[this.dnsPort, this.sitesPort] = ports
  }

  static async start(): Promise<Desk> {
    const data = await dataDirectory()
    const ports = [await freePort(), await freePort()] as const
    const env = { RANAH_DNS_PORT: String(ports[0]), RANAH_SITES_PORT: String(ports[1]) }
    const desk = new Desk(data, startRanah(['serve'], data.path, env), await launchBrowser(), ports)
    const [, address] = await printed(desk.installation, /^ {2}(http\S+\/siapkan\?kode=\S+)/m)
    desk.setUp = address!
    desk.url = new URL(address!).origin
    return desk
  }

  async close(): Promise<void> {
    await this.browser.close()
    await this.installation.stop()
    await this.data.remove()
  }

  as(name: string): Walker {
    return this.people.get(name)!
  }

  async arrive(name: string): Promise<Walker> {
    const walker = await Walker.start(this.browser, this.url)
    this.people.set(name, walker)
    return walker
  }

  /** Opens the link of the invitation and accepts it; staff go on to their second factor. */
  async join(name: string): Promise<Walker> {
    const email = `${name}@contoh.test`
    const [link] = await this.mail(email, /http\S+\/undangan\/\S+/)
    const walker = await this.arrive(name)
    await walker.open(new URL(link).pathname)
    await walker.enter({ password: deskPassword })
    await walker.press('Terima dan buat akun')
    await walker.sees('Undangan sudah diterima.')
    if (walker.path() === '/akun/kode') await this.enrol(name)
    return walker
  }

  /** Sets the authenticator app up where somebody was led to it, and goes on to the page they wanted. */
  async enrol(name: string): Promise<void> {
    const walker = this.as(name)
    await walker.sees('Satu langkah lagi', 'Akun petugas wajib')
    await walker.enter({ password: deskPassword })
    await walker.press('Mulai mengaktifkan')
    const secret = (await walker.page.locator('main code').first().innerText()).trim()
    this.secrets.set(name, secret)
    await walker.enter({ code: totp(secret, new Date()) })
    await walker.press('Aktifkan')
    await walker.sees('Simpan kode pemulihan Anda')
    await walker.press('Sudah saya simpan')
  }

  /** Gives the code of somebody's app, once the one that may have been used before is over. */
  async giveCode(walker: Walker, name: string): Promise<void> {
    await walker.page.waitForTimeout(untilNextCode(new Date()) + 500)
    await walker.enter({ code: totp(this.secrets.get(name)!, new Date()) })
    await walker.press('Lanjutkan')
  }

  mail(address: string, pattern: RegExp): Promise<RegExpExecArray> {
    return mailTo(this.data.path, address, pattern)
  }

  request(): string {
    return `/o/${this.office.slug}/permohonan/${this.ticket}`
  }

  /** Starts a draft of the kind that was chosen. */
  async begin(walker: Walker): Promise<void> {
    const agency = walker.page.locator('main select[name=agencyId]')
    if ((await agency.count()) > 0) await agency.selectOption({ index: 1 })
    await walker.press('Mulai mengisi')
    this.ticket = walker.path().split('/')[4]!
  }

  /** An application for an existing service, from the choice of its kind to the sent request. */
  async applyFor(kind: string, label: string, purpose: string): Promise<void> {
    const applicant = this.as('pemohon')
    await applicant.open(`/o/${this.office.slug}/permohonan/baru`)
    await applicant.enter({ kind })
    await this.begin(applicant)
    await applicant.enter({ purpose, serviceId: { label: `${label}.${this.office.zone}` } })
    await sendForm(applicant, this.office.documents)
  }

  /** Steps of the desk, each by whoever's turn it is. */
  async take(steps: readonly DeskStep[]): Promise<void> {
    for (const [name, entries] of steps) {
      await this.as(name).open(this.request())
      await this.as(name).enter(entries)
      await this.as(name).press('Selesaikan langkah')
      await this.as(name).sees('Langkah selesai.')
    }
  }

  /** The desk's own steps, from the receipt (or a later one) to the paper that the SOP ends with. */
  async carryThrough(steps = this.office.steps): Promise<void> {
    await this.take(steps)
    const clerk = this.as(this.office.provider)
    await clerk.open(this.request())
    await clerk.enter({ confirmed: 'yes' })
    await clerk.press('Jalankan sekarang')
    await this.reply()
  }

  /** The last step: once the work of the system is done, its paper goes out. */
  async reply(): Promise<void> {
    const { who, step, paper } = this.office.last
    const walker = this.as(who)
    await walker.open(this.request())
    await walker.waitFor(step)
    await walker.press('Selesaikan langkah')
    await walker.waitFor(paper)
  }

  async openService(walker: Walker, label: string, query = ''): Promise<void> {
    await walker.open(`/o/${this.office.slug}/layanan${query}`)
    await walker.press(`${label}.${this.office.zone}`)
  }

  /** What the name server answers over the wire, as Debian's dig prints it. */
  async dig(label: string): Promise<string> {
    const server = ['@127.0.0.1', '-p', String(this.dnsPort), '+time=5', '+tries=2']
    return (await run('dig', [...server, `${label}.${this.office.zone}`, 'A'])).stdout
  }

  /** What the site host answers for a name. */
  fetchSite(label: string): Promise<{ status: number; body: string }> {
    const headers = { host: `${label}.${this.office.zone}` }
    return new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port: this.sitesPort, path: '/', headers }
      const asked = httpRequest(options, (answer) => {
        let body = ''
        answer.setEncoding('utf8').on('data', (text: string) => (body += text))
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }))
      })
      asked.once('error', reject)
      asked.end()
    })
  }
}

export async function signIn(walker: Walker, email: string, password = deskPassword): Promise<void> {
  await walker.open('/masuk')
  await walker.enter({ email, password })
  await walker.press('Masuk')
}

export const csvFile = (...lines: readonly string[]) => ({
  file: 'data.csv',
  bytes: Buffer.from(`${lines.join('\n')}\n`),
})

/** One service as an office would bring it along, registered until long ago. */
export function serviceRows(label: string, agency: string): readonly string[] {
  const contact = ['nama', 'jabatan', 'telepon', 'surel']
  const columns = ['admin', 'teknis'].flatMap((who) => contact.map((column) => `${who}-${column}`))
  const who = 'Pegawai,Staf,08000000000,pegawai@contoh.test'
  return [
    `nama,perangkat-daerah,terdaftar-sampai,${columns.join(',')}`,
    `${label}.${katingan.zone},${agency},2020-01-31,${who},${who}`,
  ]
}

export const letterFile = (line: string) => ({ file: 'surat.pdf', bytes: sampleLetter([line]) })

/** From the first stage, already filled, to the sent request. */
export async function sendForm(walker: Walker, documents = katingan.documents): Promise<void> {
  await walker.press('Simpan dan lanjutkan')
  await writeLetter(walker, documents)
  await writeContacts(walker)
  await walker.enter({ 'system.name': 'Sistem Contoh' })
  await walker.press('Simpan dan lanjutkan')
  await walker.press('Kirim permohonan')
  await walker.sees('Permohonan terkirim.')
}

/** The files first: a stage that is refused for its fields keeps them. */
export async function writeLetter(walker: Walker, documents = katingan.documents): Promise<void> {
  for (const document of documents)
    await walker.enter({ [`file.${document}`]: letterFile(`Berkas ${document}`) })
  await walker.press('Simpan dan lanjutkan')
  await walker.sees('Isian tersimpan, tetapi tahap ini belum lengkap', 'surat.pdf')
  await walker.enter({
    'letter.number': '005/114/CONTOH/2026',
    'letter.date': '2026-01-05',
    'letter.signatory': 'Kepala Dinas Contoh',
    'letter.signatoryPost': 'Kepala Dinas',
  })
  await walker.press('Simpan dan lanjutkan')
}

export async function writeContacts(walker: Walker): Promise<void> {
  for (const who of ['administrative', 'technical'])
    await walker.enter({
      [`${who}.name`]: 'Pegawai Contoh',
      [`${who}.post`]: 'Pranata Komputer',
      [`${who}.phone`]: '0800 0000 0000',
      [`${who}.email`]: 'pemohon@contoh.test',
    })
  await walker.press('Simpan dan lanjutkan')
}

/** Every question of the security category and the classification, answered with the lowest. */
export async function writeSystem(walker: Walker): Promise<void> {
  await walker.enter({ 'system.name': 'Katalog Contoh', 'system.purpose': 'Katalog buku.' })
  for (const { id, answers } of SECURITY_FORM)
    await walker.enter({ [`system.security.${id}`]: answers[2]!.value })
  for (const aspect of ASPECTS) await walker.enter({ [`system.classification.${aspect}`]: '1' })
  await walker.press('Simpan dan hitung')
  await walker.sees('Rendah (skor 10)', 'Rendah (skor 3)')
  await walker.press('Simpan dan lanjutkan')
}
