import type { Evidence } from './evidence.ts'
import type { Account } from './people.ts'
import type { RealEvidence } from './real.ts'
import type { WalkedStep } from './walk.ts'

/** One application through one SOP, with what proves it. */
export type DemoRun = {
  readonly sop: string
  readonly request: string
  readonly fqdn: string
  readonly outcome: string
  readonly steps: readonly WalkedStep[]
} & Evidence &
  Partial<RealEvidence>

/** The document that `--json` prints. */
export type DemoReport = {
  readonly runs: readonly DemoRun[]
  readonly url: string
  readonly accounts: readonly Account[]
  readonly startMs: number
  readonly totalMs: number
}

/** How the demo tells what happens: line by line for people, or one document for programs. */
export type DemoPrinter = {
  readonly say: (line: string) => void
  readonly progress: (what: string) => void
  readonly started: (url: string, startMs: number) => void
  readonly office: (slug: string, sop: string) => void
  readonly step: (step: WalkedStep) => void
  readonly evidence: (run: DemoRun) => void
  readonly report: (report: DemoReport) => void
  readonly failed: (why: string) => void
  readonly serving: (url: string) => void
}

const seconds = (ms: number): string => (ms / 1000).toFixed(1).replace('.', ',')

/** Lines on standard output, in the order in which things happen. */
export function textPrinter(): DemoPrinter {
  const say = (line: string): void => console.log(line)
  return {
    say,
    progress: (what) => say(`  ... ${what}`),
    started: (url, startMs) =>
      say(`\nSemua layanan berjalan dalam ${seconds(startMs)} detik. Portal: ${url}`),
    office: (slug, sop) => say(`\n== Kantor ${slug} · SOP ${sop}`),
    step: ({ no, activity, actor, standardTime, tookMs, marked }) => {
      say(
        `  ${String(no).padStart(2)}. ${activity.replaceAll(/\s+/g, ' ').slice(0, 90)}${marked ? ' [direkonstruksi]' : ''}`,
      )
      say(`      Pelaksana: ${actor} · Waktu baku: ${standardTime} · Terpakai: ${seconds(tookMs)} detik`)
    },
    evidence: (run) => {
      say(`  Bukti untuk ${run.request} (${run.fqdn}):`)
      say(`      DNS      ${run.dns.server}: ${run.dns.question} -> ${run.dns.answers.join(', ')}`)
      say(`      Situs    ${run.site.url} -> ${run.site.status} "${run.site.title ?? ''}"`)
      if (run.certificate)
        say(
          `      Sertifikat ${run.certificate.names.join(', ')} dari ${run.certificate.issuer}, berlaku sampai ${run.certificate.notAfter}`,
        )
      if (run.database)
        say(`      Basis data ${run.database.engine}: baris terbaca "${run.database.rowRead ?? ''}"`)
      for (const { kind, version, pid } of run.servers ?? [])
        say(`      Server   ${kind} ${version} (proses ${pid})`)
      say(`      Dokumen  ${run.letter.kind} nomor ${run.letter.number}`)
      say(`               ${run.letter.file}`)
      say(
        `      Kredensial dibuka ${run.credentials.revealed} kali; percobaan kedua: ${run.credentials.secondReveal}`,
      )
      say(`      Buku log ${run.logbook.entries} entri, kepala ${run.logbook.head}`)
      say(`               ${run.logbook.verified ? 'terverifikasi: rantai utuh' : 'TIDAK terverifikasi'}`)
    },
    report: ({ accounts, totalMs }) => {
      say(
        `\nSelesai dalam ${seconds(totalMs)} detik. Akun untuk mencoba sendiri (kunci TOTP untuk aplikasi autentikator):`,
      )
      for (const { office, role, login, secret, totp } of accounts)
        say(`  ${office.padEnd(9)} ${role.padEnd(17)} ${login.padEnd(34)} ${secret}  ${totp}`)
    },
    failed: (why) => console.error(`\nDemo gagal: ${why}`),
    serving: (url) => say(`\nPortal terus melayani di ${url} (Ctrl+C untuk berhenti).`),
  }
}

/** The mark of a reconstructed row is for people; the document has no such field. */
const withoutMark = (key: string, value: unknown): unknown => (key === 'marked' ? undefined : value)

/** One JSON document on standard output; what takes long is told on standard error. */
export function jsonPrinter(): DemoPrinter {
  const tell = (line: string): void => console.error(line)
  const silent = (): void => {}
  return {
    say: silent,
    progress: (what) => tell(`... ${what}`),
    started: (url, startMs) => tell(`${url} (${startMs} ms)`),
    office: (slug) => tell(`== ${slug}`),
    step: ({ no, actor, tookMs }) => tell(`${no} ${actor} ${tookMs} ms`),
    evidence: silent,
    report: (report) => console.log(JSON.stringify(report, withoutMark, 2)),
    failed: (why) => tell(why),
    serving: (url) => tell(url),
  }
}
