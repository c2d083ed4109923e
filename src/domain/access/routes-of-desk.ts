import {
  administrators,
  archivists,
  disposalApprovers,
  disposalKeepers,
  recordHolders,
  checklistWaivers,
  checklistWriters,
  comparers,
  deskReaders,
  exporters,
  findingConfirmers,
  findingProposers,
  findingRefusers,
  importers,
  noticeWriters,
  reassigners,
  releasers,
  requestWriters,
  signatoryReaders,
  voiders,
} from './duties.ts'
import { deskRoles } from './roles.ts'
import type { Area } from './who.ts'

/** The addresses of the daily work: requests, services, letters, logbook, zones. */
export const routesOfDesk = [
  {
    area: 'requests',
    lines: [
      {
        who: 'member',
        routes: [
          'GET /o/:office',
          'GET /o/:office/permohonan',
          'GET /api/v1/offices/{office}/requests',
          'GET /api/v1/offices/{office}/request-options',
          'GET /o/:office/cek-nama',
          'GET /api/v1/offices/{office}/name-check',
          'GET /o/:office/permohonan/:ticket',
          'GET /api/v1/offices/{office}/requests/{ticket}',
          'GET /o/:office/permohonan/:ticket/kemajuan',
          'GET /api/v1/offices/{office}/requests/{ticket}/events',
          'GET /o/:office/permohonan/:ticket/berkas/:document',
          'GET /api/v1/offices/{office}/requests/{ticket}/documents/{document}',
          'GET /o/:office/permohonan/:ticket/berkas/:document/pratinjau',
          'GET /o/:office/permohonan/:ticket/berkas/:document/pratinjau/:page',
          'GET /o/:office/permohonan/:ticket/surat-permohonan',
          'GET /api/v1/offices/{office}/requests/{ticket}/application-letter',
          'POST /o/:office/permohonan/:ticket/berkas-lengkap',
          'POST /api/v1/offices/{office}/requests/{ticket}/case-files',
          'GET /o/:office/permohonan/:ticket/berkas-lengkap/:bundle',
          'GET /api/v1/offices/{office}/requests/{ticket}/case-files/{bundle}',
          'GET /o/:office/permohonan/:ticket/berkas-lengkap/:bundle/pdf',
          'GET /api/v1/offices/{office}/requests/{ticket}/case-files/{bundle}/pdf',
          'POST /o/:office/permohonan/:ticket/berkas',
          'POST /api/v1/offices/{office}/requests/{ticket}/documents',
          'GET /api/v1/offices/{office}/requests/{ticket}/messages',
          'POST /o/:office/permohonan/:ticket/pesan',
          'POST /api/v1/offices/{office}/requests/{ticket}/messages',
          'POST /o/:office/permohonan/:ticket/langkah/:visit',
          'POST /api/v1/offices/{office}/requests/{ticket}/steps/{no}',
          'POST /o/:office/permohonan/:ticket/ambil',
          'POST /api/v1/offices/{office}/requests/{ticket}/take',
          'POST /o/:office/permohonan/:ticket/kembalikan-tugas',
          'POST /api/v1/offices/{office}/requests/{ticket}/give-back',
          'POST /o/:office/permohonan/:ticket/tolak',
          'POST /api/v1/offices/{office}/requests/{ticket}/refusal',
          'POST /o/:office/permohonan/:ticket/kecualikan',
          'POST /api/v1/offices/{office}/requests/{ticket}/waivers',
          'POST /o/:office/permohonan/:ticket/tarik',
          'POST /api/v1/offices/{office}/requests/{ticket}/withdrawal',
          'POST /o/:office/permohonan/:ticket/batalkan',
          'POST /api/v1/offices/{office}/requests/{ticket}/call-off',
          'POST /o/:office/permohonan/:ticket/periksa',
          'POST /api/v1/offices/{office}/requests/{ticket}/check',
          'POST /o/:office/permohonan/:ticket/keberatan',
          'POST /api/v1/offices/{office}/requests/{ticket}/appeal',
          'POST /o/:office/permohonan/:ticket/izin-perubahan',
          'POST /api/v1/offices/{office}/requests/{ticket}/plan-allowance',
        ],
      },
      { who: ['applicant'], routes: ['GET /o/:office/permohonan/baru', 'POST /o/:office/permohonan/baru'] },
      { who: ['operator'], routes: ['GET /o/:office/permohonan/loket', 'POST /o/:office/permohonan/loket'] },
      {
        who: requestWriters,
        routes: [
          'POST /api/v1/offices/{office}/requests',
          'GET /o/:office/permohonan/:ticket/isian',
          'POST /o/:office/permohonan/:ticket/isian',
          'PUT /api/v1/offices/{office}/requests/{ticket}/application',
          'POST /o/:office/permohonan/:ticket/kirim',
          'POST /api/v1/offices/{office}/requests/{ticket}/submission',
          'POST /o/:office/permohonan/:ticket/balikkan',
          'POST /api/v1/offices/{office}/requests/{ticket}/reversal',
        ],
      },
      {
        who: ['operator'],
        routes: [
          'POST /o/:office/permohonan/:ticket/narahubung-pergi',
          'POST /api/v1/offices/{office}/requests/{ticket}/contacts-left',
        ],
      },
      {
        who: releasers,
        routes: [
          'POST /o/:office/permohonan/:ticket/berkas/:document/bebaskan',
          'POST /api/v1/offices/{office}/requests/{ticket}/documents/{document}/release',
        ],
      },
      {
        who: deskReaders,
        routes: [
          'GET /o/:office/permohonan/:ticket/lembar-disposisi',
          'GET /api/v1/offices/{office}/requests/{ticket}/disposition-sheet',
        ],
      },
      {
        who: deskRoles,
        routes: ['GET /o/:office/kotak-masuk', 'GET /api/v1/offices/{office}/requests/{ticket}/plan'],
      },
    ],
  },
  {
    area: 'services',
    lines: [
      {
        who: 'member',
        routes: [
          'GET /o/:office/layanan',
          'GET /o/:office/layanan/jatuh-tempo',
          'GET /api/v1/offices/{office}/services',
          'GET /o/:office/layanan/:service',
          'GET /api/v1/offices/{office}/services/{service}',
          'GET /api/v1/offices/{office}/services/{service}/records',
          'GET /o/:office/layanan/:service/keamanan',
          'GET /api/v1/offices/{office}/services/{service}/security-checklist',
          'POST /o/:office/layanan/:service/berkas',
          'POST /api/v1/offices/{office}/services/{service}/deployments',
          'POST /o/:office/layanan/:service/kredensial',
          'POST /api/v1/offices/{office}/services/{service}/credentials',
          'POST /api/v1/offices/{office}/reveals/{reveal}',
        ],
      },
      {
        who: checklistWriters,
        routes: [
          'POST /o/:office/layanan/:service/keamanan',
          'PUT /api/v1/offices/{office}/services/{service}/security-checklist',
          'POST /o/:office/layanan/:service/keamanan/lihat',
          'POST /api/v1/offices/{office}/services/{service}/security-checklist/looks',
        ],
      },
      {
        who: checklistWaivers,
        routes: [
          'POST /o/:office/layanan/:service/keamanan/kecualikan',
          'POST /api/v1/offices/{office}/services/{service}/security-checklist/waivers',
        ],
      },
      {
        who: noticeWriters,
        routes: [
          'GET /o/:office/layanan/:service/pemberitahuan',
          'POST /o/:office/layanan/:service/pemberitahuan',
          'POST /api/v1/offices/{office}/services/{service}/deactivation-notices',
        ],
      },
      {
        who: 'public',
        routes: [
          'GET /serah-terima/:reveal',
          'POST /serah-terima/:reveal',
          'POST /api/v1/public/reveals/{reveal}/codes',
          'POST /api/v1/public/reveals/{reveal}/openings',
        ],
      },
    ],
  },
  {
    area: 'archive',
    lines: [
      {
        who: deskReaders,
        routes: [
          'GET /o/:office/arsip',
          'GET /api/v1/offices/{office}/records',
          'GET /o/:office/arsip/berkas/:record',
          'GET /api/v1/offices/{office}/records/{record}',
          'GET /o/:office/arsip/jadwal',
          'GET /api/v1/offices/{office}/retention-schedule',
          'GET /o/:office/arsip/usul',
          'GET /api/v1/offices/{office}/disposals',
          'GET /o/:office/arsip/usul/:disposal',
          'GET /api/v1/offices/{office}/disposals/{disposal}',
        ],
      },
      {
        who: archivists,
        routes: [
          'POST /o/:office/arsip/usul',
          'POST /api/v1/offices/{office}/disposals',
          'POST /o/:office/arsip/usul/:disposal/musnahkan',
          'POST /api/v1/offices/{office}/disposals/{disposal}/destruction',
          'POST /o/:office/arsip/usul/:disposal/berita-acara',
          'POST /api/v1/offices/{office}/disposals/{disposal}/record',
        ],
      },
      {
        who: disposalApprovers,
        routes: [
          'POST /o/:office/arsip/usul/:disposal/setujui',
          'POST /api/v1/offices/{office}/disposals/{disposal}/approval',
        ],
      },
      {
        who: disposalKeepers,
        routes: [
          'POST /o/:office/arsip/usul/:disposal/simpan',
          'POST /api/v1/offices/{office}/disposals/{disposal}/kept-records',
          'POST /o/:office/arsip/usul/:disposal/batalkan',
          'POST /api/v1/offices/{office}/disposals/{disposal}/drop',
        ],
      },
      {
        who: recordHolders,
        routes: [
          'POST /o/:office/arsip/berkas/:record/tahan',
          'PUT /api/v1/offices/{office}/records/{record}/hold',
          'POST /o/:office/arsip/berkas/:record/lepas',
          'DELETE /api/v1/offices/{office}/records/{record}/hold',
        ],
      },
      {
        who: administrators,
        routes: [
          'POST /o/:office/arsip/jadwal/sahkan',
          'POST /api/v1/offices/{office}/retention-schedule/confirmation',
          'POST /o/:office/arsip/jadwal/impor',
          'POST /api/v1/offices/{office}/retention-schedule/imports',
          'GET /o/:office/arsip/jadwal/baru',
          'POST /o/:office/arsip/jadwal/baru',
          'POST /api/v1/offices/{office}/retention-schedule',
          'GET /o/:office/arsip/jadwal/:line',
          'POST /o/:office/arsip/jadwal/:line',
          'PUT /api/v1/offices/{office}/retention-schedule/{line}',
          'POST /o/:office/arsip/jadwal/:line/hapus',
          'DELETE /api/v1/offices/{office}/retention-schedule/{line}',
        ],
      },
    ],
  },
  {
    area: 'letters',
    lines: [
      {
        who: deskReaders,
        routes: [
          'GET /o/:office/surat',
          'GET /api/v1/offices/{office}/letters',
          'GET /api/v1/offices/{office}/incoming-letters',
          'GET /o/:office/surat/:letter',
          'GET /api/v1/offices/{office}/letters/{letter}',
          'GET /o/:office/register/:book',
          'GET /api/v1/offices/{office}/register-books/{book}',
          'GET /o/:office/surat/:letter/pdf',
          'GET /api/v1/offices/{office}/letters/{letter}/file',
        ],
      },
      {
        who: voiders,
        routes: ['POST /o/:office/surat/:letter', 'POST /api/v1/offices/{office}/letters/{letter}/void'],
      },
      {
        who: deskRoles,
        routes: [
          'POST /o/:office/surat/:letter/arsip',
          'PUT /api/v1/offices/{office}/letters/{letter}/archive-reference',
          'GET /o/:office/tanda-tangan',
          'GET /api/v1/offices/{office}/signatures',
          'GET /o/:office/tanda-tangan/:letter/konsep',
          'GET /api/v1/offices/{office}/letters/{letter}/unsigned-file',
          'GET /o/:office/tanda-tangan/:letter',
          'POST /o/:office/tanda-tangan/:letter',
          'PUT /api/v1/offices/{office}/letters/{letter}/signature',
          'POST /o/:office/tanda-tangan/:letter/kembalikan',
          'POST /api/v1/offices/{office}/letters/{letter}/decline',
          'POST /o/:office/surat/:letter/stempel',
          'POST /api/v1/offices/{office}/letters/{letter}/time-stamp',
        ],
      },
      {
        who: reassigners,
        routes: [
          'POST /o/:office/surat/:letter/pejabat',
          'POST /api/v1/offices/{office}/letters/{letter}/reassign',
        ],
      },
      {
        who: signatoryReaders,
        routes: ['GET /o/:office/penanda-tangan', 'GET /api/v1/offices/{office}/signatories'],
      },
      {
        who: administrators,
        routes: [
          'POST /o/:office/penanda-tangan/baru',
          'POST /api/v1/offices/{office}/signatories',
          'POST /o/:office/penanda-tangan/:signatory/akhiri',
          'POST /api/v1/offices/{office}/signatories/{signatory}/end',
        ],
      },
    ],
  },
  {
    area: 'logbook',
    lines: [
      {
        who: deskReaders,
        routes: [
          'GET /o/:office/buku-log',
          'GET /api/v1/offices/{office}/logbook',
          'GET /api/v1/offices/{office}/logbook/head',
          'GET /o/:office/buku-log/periksa',
          'GET /api/v1/offices/{office}/logbook/verdict',
          'GET /o/:office/buku-log/saksi',
          'GET /api/v1/offices/{office}/logbook/witnesses',
          'GET /o/:office/buku-log/:seq/tanda-terima',
          'GET /api/v1/offices/{office}/logbook/{seq}/receipt',
        ],
      },
      {
        who: administrators,
        routes: [
          'POST /o/:office/buku-log/saksi',
          'POST /api/v1/offices/{office}/logbook/witnesses',
          'POST /o/:office/buku-log/saksi/:witness/akhiri',
          'POST /api/v1/offices/{office}/logbook/witnesses/{witness}/end',
          'POST /o/:office/buku-log/saksi/ganti-kunci',
          'POST /api/v1/offices/{office}/logbook/key-renewal',
        ],
      },
      {
        who: exporters,
        routes: [
          'GET /o/:office/buku-log/ekspor',
          'GET /api/v1/offices/{office}/logbook/export',
          'GET /o/:office/buku-log/register',
          'POST /o/:office/buku-log/register',
          'GET /api/v1/offices/{office}/logbook/register',
        ],
      },
    ],
  },
  {
    area: 'zones',
    lines: [
      {
        who: deskReaders,
        routes: [
          'GET /o/:office/perbedaan-dns',
          'GET /api/v1/offices/{office}/zone-findings',
          'GET /api/v1/offices/{office}/zone-comparisons',
          'GET /o/:office/perbedaan-dns/:finding',
          'GET /api/v1/offices/{office}/zone-findings/{finding}/impact',
          'GET /o/:office/domain/:zone',
          'GET /api/v1/offices/{office}/zones/{zone}/records',
          'GET /api/v1/offices/{office}/zones/{zone}/take-over',
        ],
      },
      {
        who: comparers,
        routes: [
          'POST /o/:office/perbedaan-dns/bandingkan',
          'POST /api/v1/offices/{office}/zones/{zone}/comparison',
        ],
      },
      {
        who: findingProposers,
        routes: [
          'POST /o/:office/perbedaan-dns/:finding/usulkan',
          'POST /api/v1/offices/{office}/zone-findings/{finding}/proposal',
        ],
      },
      {
        who: findingConfirmers,
        routes: [
          'POST /o/:office/perbedaan-dns/:finding/setujui',
          'POST /api/v1/offices/{office}/zone-findings/{finding}/confirmation',
        ],
      },
      {
        who: findingRefusers,
        routes: [
          'POST /o/:office/perbedaan-dns/:finding/tolak',
          'POST /api/v1/offices/{office}/zone-findings/{finding}/refusal',
        ],
      },
      {
        who: importers,
        routes: [
          'POST /o/:office/domain/:zone/ambil-alih',
          'POST /api/v1/offices/{office}/zones/{zone}/take-over',
        ],
      },
    ],
  },
] as const satisfies readonly Area[]
