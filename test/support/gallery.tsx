/**
 * Every component of the portal with realistic content of an invented office, to be looked at and swept by
 * axe-core. `node --import tsx test/support/gallery.tsx FOLDER` writes pictures of all of it into FOLDER.
 */
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import type { Locale } from '../../src/domain/refused.ts'
import { assetsPath, contentSecurityPolicy, staticAssets } from '../../src/http/static.ts'
import { Button, ButtonRow, ConfirmSection, PostButton } from '../../src/http/ui/button.tsx'
import {
  ChecklistResult,
  ChecklistTable,
  CopyField,
  Disclosure,
  FileLink,
  MessageThread,
  PlanView,
  SecretReveal,
} from '../../src/http/ui/case.tsx'
import * as F from '../../src/http/ui/form.tsx'
import { AuthLayout, Layout, PublicLayout } from '../../src/http/ui/layout.tsx'
import {
  Card,
  Columns,
  DefinitionList,
  EmptyState,
  KeyFigures,
  PageHeader,
  Section,
  Stack,
  Tabs,
  Tiles,
} from '../../src/http/ui/page.tsx'
import type { NavGroup, Shell, Theme } from '../../src/http/ui/shell.ts'
import {
  Alert,
  InferredMark,
  LiveProgress,
  StatusPill,
  Stepper,
  TimeMeter,
  Timeline,
  type TimelineEvent,
} from '../../src/http/ui/status.tsx'
import { DataTable, Pagination } from '../../src/http/ui/table.tsx'

const nav: readonly NavGroup[] = [
  {
    items: [
      { href: '/inbox', label: 'Kotak masuk', icon: 'inbox', count: 4 },
      { href: '/requests', label: 'Permohonan', icon: 'document' },
      { href: '/services', label: 'Layanan', icon: 'globe' },
      { href: '/letters', label: 'Surat', icon: 'mail' },
    ],
  },
  {
    title: 'Kantor',
    items: [
      { href: '/agencies', label: 'Perangkat daerah', icon: 'building' },
      { href: '/sop', label: 'SOP', icon: 'flow' },
      { href: '/calendar', label: 'Kalender kerja', icon: 'calendar' },
      { href: '/people', label: 'Orang dan peran', icon: 'users' },
      { href: '/logbook', label: 'Buku log', icon: 'book' },
    ],
  },
]

const shellOf = (path: string, locale: Locale, theme: Theme, more: Partial<Shell> = {}): Shell => ({
  locale,
  theme,
  path,
  office: { name: 'Dinas Komunikasi dan Informatika Kabupaten Contoh' },
  nav,
  user: { name: 'Sari Contoh', role: 'Pranata Komputer' },
  logbookHead: { seq: 1284, hash: '9f2c41d07be8a35566e0c1b7a4d98f12c3e0aa71' },
  ...more,
})

const events: readonly TimelineEvent[] = [
  {
    at: '2026-11-18T01:12:00Z',
    time: '18 Nov 2026, 09.12 WITA',
    actor: 'Dinas Contoh (pemohon)',
    text: 'Permohonan dikirim dengan surat 005/123/DC/2026',
    tone: 'info',
    icon: 'mail',
  },
  {
    at: '2026-11-18T01:30:00Z',
    time: '18 Nov 2026, 09.30 WITA',
    actor: 'Sari Contoh (Pranata Komputer)',
    text: 'Dikembalikan untuk dilengkapi',
    tone: 'warning',
    icon: 'return',
    detail: 'Surat belum ditandatangani; data PSE belum menyebut lokasi penyimpanan data.',
  },
  {
    at: '2026-11-19T02:05:00Z',
    time: '19 Nov 2026, 10.05 WITA',
    actor: 'Dinas Contoh (pemohon)',
    text: 'Permohonan dilengkapi dan dikirim kembali',
    tone: 'success',
    icon: 'check',
  },
  {
    at: '2026-11-19T02:20:00Z',
    time: '19 Nov 2026, 10.20 WITA',
    actor: 'Sistem',
    text: 'Menunggu pemeriksaan data PSE',
  },
]

type Row = {
  ticket: string
  agency: string
  name: string
  step: string
  share?: number
  used: string
  paused?: boolean
}

const rows: readonly Row[] = [
  {
    ticket: 'RNH-2026-0142',
    agency: 'Dinas Contoh',
    name: 'perizinan.contohkab.go.id',
    step: '4. Memeriksa data PSE',
    share: 1.2,
    used: '1 jam 12 menit',
  },
  {
    ticket: 'RNH-2026-0145',
    agency: 'Badan Contoh Daerah',
    name: 'pajak.contohkab.go.id',
    step: '5. Mendaftarkan hosting',
    share: 0.8,
    used: '24 menit',
  },
  {
    ticket: 'RNH-2026-0147',
    agency: 'Kecamatan Contoh Utara',
    name: 'contoh-utara.contohkab.go.id',
    step: '2. Menerima permohonan',
    share: 0.2,
    used: '1 menit',
  },
  {
    ticket: 'RNH-2026-0139',
    agency: 'RSUD Contoh',
    name: 'antrean.rsud.contohkab.go.id',
    step: '1. Mengirim permohonan',
    share: 0.5,
    used: '7 menit',
    paused: true,
  },
  {
    ticket: 'RNH-2026-0148',
    agency: 'Satuan Contoh',
    name: 'lapor.contohkab.go.id',
    step: '6. Memberikan alamat',
    used: '3 menit',
  },
]

function Inbox({ shell }: { shell: Shell }) {
  const { locale } = shell
  return (
    <Layout
      shell={shell}
      title="Kotak masuk"
      crumbs={[{ label: 'Beranda', href: '/' }, { label: 'Kotak masuk' }]}
    >
      <PageHeader
        title="Kotak masuk"
        lead="Permohonan yang menunggu Anda, yang paling sedikit sisa waktunya di atas."
        actions={
          <Button href="/new" icon="plus">
            Permohonan di loket
          </Button>
        }
      />
      <Stack>
        <KeyFigures
          figures={[
            { label: 'Menunggu Anda', value: '4', note: '1 melewati waktu baku', href: '/inbox' },
            { label: 'Sedang berjalan', value: '17', href: '/requests' },
            { label: 'Selesai bulan ini', value: '32', note: 'rata-rata 2 jam 05 menit kerja' },
            { label: 'Layanan aktif', value: '118', note: '6 perlu daftar ulang', href: '/services' },
          ]}
        />
        <div>
          <Tabs
            label="Tampilan kotak masuk"
            tabs={[
              { label: 'Menunggu saya', href: '?', current: true, count: 4 },
              { label: 'Belum diambil', href: '?view=open', count: 2 },
              { label: 'Menunggu pemohon', href: '?view=paused', count: 1 },
            ]}
          />
          <F.Toolbar locale={locale} action="/inbox" label="Saring permohonan" clear="/inbox">
            <F.TextInput
              locale={locale}
              name="q"
              label="Cari tiket, nama, atau perangkat daerah"
              type="search"
            />
            <F.Select
              locale={locale}
              name="kind"
              label="Jenis permohonan"
              empty="Semua jenis"
              options={[
                { value: 'subdomain', label: 'Subdomain' },
                { value: 'hosting', label: 'Hosting' },
              ]}
            />
          </F.Toolbar>
          <DataTable
            caption="Permohonan yang menunggu Anda"
            hideCaption
            rows={rows}
            empty={null}
            columns={[
              {
                header: 'Permohonan',
                cell: (row) => (
                  <>
                    <a href={`/requests/${row.ticket}`}>{row.ticket}</a>
                    <br />
                    <span class="muted small">{row.agency}</span>
                  </>
                ),
              },
              { header: 'Nama', cell: (row) => <span class="mono">{row.name}</span> },
              { header: 'Langkah', cell: (row) => row.step },
              {
                header: 'Waktu',
                cell: (row) => (
                  <TimeMeter
                    locale={locale}
                    share={row.share}
                    used={row.used}
                    standard={row.share === undefined ? undefined : '1 jam'}
                    paused={row.paused}
                  />
                ),
              },
            ]}
          />
          <Pagination locale={locale} next="?after=abc" note="5 dari 17 permohonan" />
        </div>
        <EmptyState
          title="Belum ada permohonan yang belum diambil"
          next="Permohonan baru muncul di sini begitu pemohon mengirim suratnya."
          action={
            <Button kind="secondary" href="/requests">
              Lihat semua permohonan
            </Button>
          }
        />
      </Stack>
    </Layout>
  )
}

const issues: readonly F.FormIssue[] = [
  { field: 'label', text: 'Nama ini sudah dipakai oleh perizinan.contohkab.go.id. Pilih nama lain.' },
  {
    field: 'letter',
    text: 'Berkas surat bukan PDF yang dapat dibuka. Simpan ulang sebagai PDF, lalu unggah lagi.',
  },
  { field: 'kind', text: 'Pilih jenis permohonan.' },
]

const kinds = [
  { value: 'subdomain', label: 'Subdomain saja', hint: 'Nama menunjuk ke peladen milik Anda.' },
  { value: 'hosting', label: 'Hosting saja' },
  { value: 'both', label: 'Subdomain dan hosting', hint: 'Nama dan ruang situs disediakan kantor ini.' },
]

function FormPage({ shell }: { shell: Shell }) {
  const { locale } = shell
  const error = (field: string) => F.issueOf(issues, field)
  return (
    <Layout
      shell={shell}
      title="Permohonan baru"
      crumbs={[{ label: 'Permohonan', href: '/requests' }, { label: 'Permohonan baru' }]}
    >
      <PageHeader
        title="Permohonan baru"
        lead="Simpan kapan saja; draf hanya terlihat oleh perangkat daerah Anda."
      />
      <Stepper
        locale={locale}
        steps={[
          { label: 'Perangkat daerah', state: 'done', href: '#' },
          { label: 'Nama dan surat', state: 'current' },
          { label: 'Kontak', state: 'todo' },
          { label: 'Data PSE', state: 'todo' },
          { label: 'Periksa dan kirim', state: 'todo' },
        ]}
      />
      <Stack>
        <F.FormErrorSummary locale={locale} issues={issues} />
        <Card>
          <F.Form action="/requests" files guard>
            <F.RequiredNote locale={locale} />
            <F.RadioGroup
              locale={locale}
              name="kind"
              label="Jenis permohonan"
              options={kinds}
              required
              error={error('kind')}
            />
            <F.NameInput
              locale={locale}
              name="label"
              label="Nama yang diminta"
              hint="Huruf kecil, angka, dan tanda hubung; 1 sampai 63 karakter."
              suffix=".contohkab.go.id"
              value="perizinan"
              check="/check"
              required
              error={error('label')}
            />
            <F.Fieldset legend="Surat permohonan" hint="Surat resmi kepala perangkat daerah.">
              <F.FileInput
                locale={locale}
                name="letter"
                label="Berkas surat"
                hint="PDF, paling besar 10 MB."
                accept="application/pdf,.pdf"
                required
                error={error('letter')}
              />
              <F.TextInput
                locale={locale}
                name="number"
                label="Nomor surat"
                value="005/123/DC/2026"
                width="medium"
                required
              />
              <F.TextInput
                locale={locale}
                name="date"
                label="Tanggal surat"
                type="date"
                width="short"
                value="2026-11-17"
                required
              />
              <F.TextArea
                locale={locale}
                name="purpose"
                label="Kegunaan"
                hint="Satu dua kalimat tentang layanan di balik nama ini."
              />
            </F.Fieldset>
            <F.Fieldset legend="Data yang diproses">
              <F.CheckboxGroup
                locale={locale}
                name="data"
                label="Data pribadi"
                values={['general']}
                options={[
                  { value: 'none', label: 'Tidak ada' },
                  { value: 'general', label: 'Data umum (nama, alamat)' },
                  { value: 'specific', label: 'Data spesifik (kesehatan, keuangan)' },
                ]}
              />
              <F.Checkbox
                locale={locale}
                name="agree"
                label="Data di atas benar dan dapat dipertanggungjawabkan"
                required
              />
            </F.Fieldset>
            <ButtonRow>
              <Button name="next" value="yes">
                Simpan dan lanjutkan
              </Button>
              <Button kind="secondary" name="draft" value="yes">
                Simpan draf
              </Button>
              <Button kind="link" href="/requests">
                Batal
              </Button>
            </ButtonRow>
          </F.Form>
        </Card>
      </Stack>
    </Layout>
  )
}

const verdicts = [
  { value: 'complete', label: 'Lengkap' },
  { value: 'incomplete', label: 'Belum lengkap' },
  { value: 'waived', label: 'Dikecualikan' },
]

function CaseSide({ locale }: { locale: Locale }) {
  return (
    <>
      <Card title="Langkah sekarang">
        <Stack small>
          <p>
            <strong>4. Memeriksa data PSE</strong>
            <br />
            <span class="muted">Pranata Komputer, paling lambat 21 Nov 2026, 14.30 WITA</span>
          </p>
          <TimeMeter locale={locale} share={0.8} used="48 menit" standard="1 jam" />
          <TimeMeter locale={locale} share={0.3} used="18 menit" standard="1 jam" />
          <TimeMeter locale={locale} share={1.2} used="1 jam 12 menit" standard="1 jam" />
          <TimeMeter locale={locale} used="3 menit" />
        </Stack>
      </Card>
      <Card title="Dokumen">
        <FileLink href="#" name="Surat permohonan 005/123/DC/2026" meta="PDF, 182 KB, 18 Nov 2026" />
        <FileLink href="#" name="Formulir pengajuan layanan" meta="PDF, 96 KB, 18 Nov 2026" />
      </Card>
      <Card title="Riwayat">
        <Timeline label="Riwayat permohonan" events={events} />
      </Card>
    </>
  )
}

function CasePage({ shell }: { shell: Shell }) {
  const { locale } = shell
  return (
    <Layout
      shell={shell}
      title="RNH-2026-0142"
      crumbs={[{ label: 'Permohonan', href: '/requests' }, { label: 'RNH-2026-0142' }]}
    >
      <PageHeader
        over="RNH-2026-0142 · Subdomain dan hosting"
        title="perizinan.contohkab.go.id"
        meta={
          <>
            <StatusPill tone="info" icon="clock" text="Diperiksa" />
            <StatusPill tone="warning" icon="alert" text="Mendekati batas waktu" />
            <StatusPill text="Dinas Contoh" />
          </>
        }
        actions={
          <>
            <Button icon="check">Setujui</Button>
            <PostButton kind="secondary" action="#">
              Kembalikan tugas
            </PostButton>
          </>
        }
      />
      <Columns side={<CaseSide locale={locale} />}>
        <Card title="Ringkasan">
          <DefinitionList
            facts={[
              { term: 'Perangkat daerah', value: 'Dinas Contoh' },
              {
                term: 'Nama',
                value: <CopyField locale={locale} label="Nama" value="perizinan.contohkab.go.id" />,
              },
              { term: 'Kategori pengamanan', value: <StatusPill tone="neutral" text="Tinggi (24)" /> },
              {
                term: 'Nomor SOP',
                value: (
                  <>
                    555 / /DISKOMINFO-2/1/2023 <InferredMark kind="blank" locale={locale} />
                  </>
                ),
              },
              {
                term: 'Peringatan',
                value: (
                  <>
                    Keterlambatan dalam pendaftaran ulang layanan hosting dapat berakibat pada{' '}
                    <InferredMark kind="broken-off" locale={locale} />
                  </>
                ),
              },
              {
                term: 'Langkah 2',
                value: (
                  <>
                    Membaca dan mendisposisi surat permohonan{' '}
                    <InferredMark kind="reconstructed" locale={locale} />
                  </>
                ),
              },
            ]}
          />
          <Disclosure label="Dasar hukum (6)">
            <p class="small">Peraturan Menteri PAN RB Nomor 35 Tahun 2012.</p>
          </Disclosure>
        </Card>
        <Card title="Pemeriksaan kelengkapan">
          <F.Form action="#">
            <ChecklistTable
              locale={locale}
              verdicts={verdicts}
              items={[
                {
                  key: 'letter',
                  label: 'Surat permohonan',
                  hint: 'Bernomor, bertanggal, ditandatangani kepala perangkat daerah.',
                  verdict: 'complete',
                },
                {
                  key: 'form',
                  label: 'Formulir pengajuan layanan',
                  error: 'Beri hasil pemeriksaan untuk butir ini.',
                },
                {
                  key: 'pse',
                  label: 'Data PSE',
                  verdict: 'incomplete',
                  remark: 'Lokasi penyimpanan data belum disebut.',
                },
              ]}
            />
            <ButtonRow>
              <Button>Simpan pemeriksaan</Button>
            </ButtonRow>
          </F.Form>
        </Card>
        <Card title="Hasil pemeriksaan sebelumnya">
          <ChecklistResult
            items={[
              {
                label: 'Surat permohonan',
                verdict: 'Belum lengkap',
                tone: 'danger',
                remark: 'Belum ditandatangani.',
              },
              { label: 'Formulir', verdict: 'Lengkap', tone: 'success' },
            ]}
          />
        </Card>
        <Card title="Rencana perubahan">
          <PlanView
            locale={locale}
            lines={[
              {
                action: 'create',
                what: 'Rekaman A perizinan.contohkab.go.id',
                where: 'peladen DNS kantor',
                after: '192.0.2.10',
              },
              {
                action: 'change',
                what: 'Rekaman TXT contohkab.go.id',
                where: 'peladen DNS kantor',
                before: '"v=spf1 -all"',
                after: '"v=spf1 ip4:192.0.2.0/24 -all"',
              },
              {
                action: 'remove',
                what: 'Rekaman CNAME lama.contohkab.go.id',
                before: 'hosting.contoh.example.',
              },
              { action: 'keep', what: 'Rekaman MX contohkab.go.id' },
            ]}
          />
          <ConfirmSection
            label="Jalankan rencana …"
            title="Tiga perubahan akan dijalankan pada peladen DNS kantor"
            open
          >
            <p>Setiap perubahan dapat dibatalkan dari halaman layanan.</p>
            <PostButton action="#">Jalankan sekarang</PostButton>
          </ConfirmSection>
        </Card>
        <Card title="Penyediaan layanan">
          <LiveProgress
            locale={locale}
            status="Memeriksa dari luar"
            steps={[
              { label: 'Rekaman DNS dibuat', state: 'done', detail: '0,8 detik' },
              { label: 'Ruang situs dibuat', state: 'done', detail: '1,2 detik' },
              {
                label: 'Diperiksa dari luar',
                state: 'current',
                detail: 'menunggu jawaban semua peladen nama',
              },
              { label: 'Surat balasan disusun', state: 'todo' },
            ]}
          />
        </Card>
        <Section title="Pesan" lead="Terlihat oleh pemohon dan petugas.">
          <MessageThread
            locale={locale}
            label="Pesan dalam permohonan"
            messages={[
              {
                from: 'Budi Contoh',
                role: 'Dinas Contoh',
                at: '2026-11-18T01:00:00Z',
                time: '18 Nov, 09.00 WITA',
                text: 'Apakah formulir boleh menyusul besok pagi?',
              },
              {
                from: 'Sari Contoh',
                role: 'Pranata Komputer',
                at: '2026-11-18T01:20:00Z',
                time: '18 Nov, 09.20 WITA',
                text: 'Boleh. Tandai butir formulir sebagai menyusul, lalu kirim permohonannya.',
                mine: true,
              },
            ]}
          />
        </Section>
        <ConfirmSection
          danger
          label="Tolak permohonan …"
          title="Penolakan dikirim sebagai surat kepada pemohon"
        >
          <Button kind="danger">Tolak permohonan</Button>
        </ConfirmSection>
      </Columns>
    </Layout>
  )
}

function PublicPage({ shell }: { shell: Shell }) {
  const { locale } = shell
  return (
    <PublicLayout shell={{ ...shell, nav: [], user: undefined }} title="Akses layanan">
      <PageHeader
        title="Akses layanan perizinan.contohkab.go.id"
        lead="Untuk Budi Contoh, kontak teknis. Halaman ini hanya dapat dibuka satu kali."
      />
      <Stack>
        <SecretReveal
          locale={locale}
          title="Simpan sekarang, tidak ditampilkan lagi"
          warning="Setelah halaman ini ditutup, akses hanya dapat diganti dengan yang baru."
          items={[
            { label: 'Alamat SFTP', value: 'sftp://situs.contohkab.go.id:2222' },
            { label: 'Nama pengguna', value: 'perizinan' },
            { label: 'Kata sandi', value: 'contoh-Qm7v-Rk2p-Zt9w-Hs4d' },
          ]}
        >
          <PostButton action="#">Saya sudah menyimpannya</PostButton>
        </SecretReveal>
        <Alert tone="info" locale={locale} title="Sedang diperiksa">
          Permohonan Anda ada pada Pranata Komputer dan selesai paling lambat 21 Nov 2026, 14.30 WITA.
        </Alert>
        <Alert tone="success" locale={locale}>
          Surat ini asli dan terdaftar.
        </Alert>
        <Alert tone="warning" locale={locale}>
          Peraturan yang dirujuk sudah dicabut.
        </Alert>
        <Alert tone="danger" locale={locale} title="Peladen DNS tidak menjawab">
          Tidak ada yang hilang. Pekerjaan diulang otomatis; Anda tidak perlu mengirim lagi.
        </Alert>
        <Tiles>
          <Card title="Lacak permohonan">
            <F.Form action="/track" method="get">
              <F.TextInput
                locale={locale}
                name="ticket"
                label="Nomor tiket"
                hint="Tertulis pada tanda terima, mis. RNH-2026-0142."
                required
              />
              <Button icon="search">Lacak</Button>
            </F.Form>
          </Card>
          <Card title="Periksa keaslian surat">
            <F.Form action="/verify" method="get">
              <F.TextInput
                locale={locale}
                name="code"
                label="Kode pada surat"
                hint="Di bawah kode QR."
                required
              />
              <Button icon="shield" kind="secondary">
                Periksa
              </Button>
            </F.Form>
          </Card>
        </Tiles>
      </Stack>
    </PublicLayout>
  )
}

function SignIn({ shell }: { shell: Shell }) {
  const { locale } = shell
  return (
    <AuthLayout
      shell={{ ...shell, user: undefined }}
      title="Masuk"
      heading="Masuk"
      lead="Untuk pemohon dan petugas yang sudah terdaftar."
      foot={
        <>
          Belum punya akun? <a href="/register">Daftarkan perangkat daerah</a>
        </>
      }
    >
      <F.Form action="/sign-in">
        <F.TextInput
          locale={locale}
          name="email"
          label="Surel"
          type="email"
          autocomplete="username"
          required
        />
        <F.TextInput
          locale={locale}
          name="password"
          label="Kata sandi"
          type="password"
          autocomplete="current-password"
          required
          error="Surel atau kata sandi tidak cocok. Coba lagi."
        />
        <ButtonRow>
          <Button>Masuk</Button>
          <Button kind="link" href="/forgot">
            Lupa kata sandi
          </Button>
        </ButtonRow>
      </F.Form>
    </AuthLayout>
  )
}

const pages: Readonly<Record<string, (shell: Shell) => Child>> = {
  '/inbox': (shell) => <Inbox shell={shell} />,
  '/requests/new': (shell) => (
    <FormPage
      shell={{ ...shell, flash: [{ tone: 'success', text: 'Draf disimpan 21 Nov 2026, 09.40 WITA.' }] }}
    />
  ),
  '/requests/RNH-2026-0142': (shell) => <CasePage shell={shell} />,
  '/reveal': (shell) => <PublicPage shell={shell} />,
  '/sign-in': (shell) => <SignIn shell={shell} />,
}

/** Paths of the gallery's pages. */
export const galleryPaths = Object.keys(pages)

/** The gallery as an application under the portal's own security policy. */
export function galleryApp(): Hono {
  const app = new Hono().route(assetsPath, staticAssets())
  app.use(async (c, next) => {
    await next()
    c.header('content-security-policy', contentSecurityPolicy)
  })
  app.get('/check', (c) =>
    c.json({ tone: 'success', text: `${c.req.query('name')}.contohkab.go.id dapat dipakai.` }),
  )
  for (const [path, page] of Object.entries(pages)) {
    app.get(path, (c) => {
      const locale = c.req.query('locale') === 'en' ? 'en' : 'id'
      return c.html(page(shellOf(path, locale, (c.req.query('theme') as Theme) ?? 'auto')) as string)
    })
  }
  return app
}

/** Serves the gallery on a free loopback port. */
export function serveGallery(): Promise<{ url: string; close: () => void }> {
  return new Promise((resolve) => {
    const server = serve({ fetch: galleryApp().fetch, port: 0, hostname: '127.0.0.1' }, (info: AddressInfo) =>
      resolve({ url: `http://127.0.0.1:${info.port}`, close: () => server.close() }),
    )
  })
}
