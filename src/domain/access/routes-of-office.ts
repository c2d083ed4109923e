import {
  administrators,
  agencyEditors,
  appointmentReaders,
  deskReaders,
  inviters,
  serverReaders,
  serverTesters,
} from './duties.ts'
import type { Area } from './who.ts'

/** The addresses with which an office is set up and kept: SOPs, calendar, registry, servers, people, settings. */
export const routesOfOffice = [
  {
    area: 'SOPs',
    lines: [
      {
        who: deskReaders,
        routes: [
          'GET /o/:office/sop',
          'GET /api/v1/offices/{office}/sops',
          'GET /o/:office/sop/:sop',
          'GET /o/:office/sop/:sop/versi/:version',
          'GET /o/:office/sop/:sop/versi/:version/berkas',
          'GET /api/v1/offices/{office}/sops/{sop}/versions/{version}',
          'GET /o/:office/sop/:sop/versi/:version/pdf',
          'GET /api/v1/offices/{office}/sops/{sop}/versions/{version}/pdf',
          'GET /o/:office/sop/:sop/versi/:version/bpmn',
          'GET /api/v1/offices/{office}/sops/{sop}/versions/{version}/bpmn',
        ],
      },
      {
        who: administrators,
        routes: [
          'GET /o/:office/sop/bawaan/:sop',
          'POST /o/:office/sop/bawaan/:sop',
          'GET /api/v1/offices/{office}/shipped-sops',
          'GET /api/v1/offices/{office}/shipped-sops/{sop}',
          'POST /api/v1/offices/{office}/shipped-sops/{sop}',
          'GET /o/:office/sop/baru',
          'POST /o/:office/sop/baru',
          'POST /api/v1/offices/{office}/sops',
          'POST /o/:office/sop/:sop/versi/:version/terbitkan',
          'POST /api/v1/offices/{office}/sops/{sop}/versions/{version}/publish',
          'POST /o/:office/sop/:sop/hentikan',
          'PUT /api/v1/offices/{office}/sops/{sop}/retired',
          'GET /o/:office/sop/:sop/pelaksana',
          'POST /o/:office/sop/:sop/pelaksana',
          'PUT /api/v1/offices/{office}/sops/{sop}/actors',
        ],
      },
    ],
  },
  {
    area: 'calendar',
    lines: [
      { who: deskReaders, routes: ['GET /o/:office/kalender'] },
      { who: 'member', routes: ['GET /api/v1/offices/{office}/calendar'] },
      {
        who: administrators,
        routes: [
          'POST /o/:office/kalender/jam-kerja',
          'POST /o/:office/kalender/ramadan',
          'PUT /api/v1/offices/{office}/calendar/rules',
          'POST /o/:office/kalender/hari-libur',
          'POST /api/v1/offices/{office}/calendar/holidays',
          'DELETE /api/v1/offices/{office}/calendar/holidays/{date}',
          'POST /o/:office/kalender/impor',
          'POST /api/v1/offices/{office}/calendar/imports',
        ],
      },
    ],
  },
  {
    area: 'registry',
    lines: [
      {
        who: deskReaders,
        routes: ['GET /o/:office/perangkat-daerah', 'GET /api/v1/offices/{office}/agencies'],
      },
      {
        who: agencyEditors,
        routes: [
          'GET /o/:office/perangkat-daerah/baru',
          'POST /o/:office/perangkat-daerah/baru',
          'POST /api/v1/offices/{office}/agencies',
          'GET /o/:office/perangkat-daerah/:agency',
          'POST /o/:office/perangkat-daerah/:agency',
          'PUT /api/v1/offices/{office}/agencies/{agency}',
        ],
      },
      {
        who: administrators,
        routes: [
          'GET /o/:office/impor',
          'POST /o/:office/impor',
          'POST /api/v1/offices/{office}/imports/{kind}',
        ],
      },
    ],
  },
  {
    area: 'servers',
    lines: [
      {
        who: serverReaders,
        routes: [
          'GET /o/:office/server',
          'GET /o/:office/server/:server',
          'GET /api/v1/offices/{office}/servers',
        ],
      },
      {
        who: administrators,
        routes: [
          'GET /o/:office/server/baru',
          'POST /o/:office/server/baru',
          'POST /api/v1/offices/{office}/servers',
          'POST /o/:office/server/:server',
          'PUT /api/v1/offices/{office}/servers/{server}',
          'POST /o/:office/server/:server/lepas',
          'DELETE /api/v1/offices/{office}/servers/{server}',
          'POST /o/:office/server/:server/domain',
          'PUT /api/v1/offices/{office}/zones/{zone}/server',
        ],
      },
      {
        who: serverTesters,
        routes: [
          'POST /o/:office/server/:server/uji',
          'POST /api/v1/offices/{office}/servers/{server}/check',
        ],
      },
    ],
  },
  {
    area: 'people',
    lines: [
      {
        who: administrators,
        routes: [
          'GET /o/:office/pengguna',
          'GET /api/v1/offices/{office}/people',
          'POST /o/:office/pengguna/:person/peran',
          'PUT /api/v1/offices/{office}/people/{person}/roles',
          'POST /o/:office/pengguna/:person/status',
          'POST /o/:office/pengguna/:person/verifikasi',
          'DELETE /api/v1/offices/{office}/people/{person}/second-factors',
          'PUT /api/v1/offices/{office}/people/{person}/active',
          'POST /o/:office/pengguna/:person/hapus',
          'POST /api/v1/offices/{office}/people/{person}/erasure',
        ],
      },
      {
        who: 'member',
        routes: [
          'GET /o/:office/pengguna/:person/data',
          'GET /o/:office/pengguna/:person/data/json',
          'GET /api/v1/offices/{office}/people/{person}/data',
        ],
      },
      {
        who: appointmentReaders,
        routes: [
          'GET /o/:office/penugasan',
          'GET /api/v1/offices/{office}/appointments',
          'GET /o/:office/penugasan/:appointment',
          'GET /api/v1/offices/{office}/appointments/{appointment}',
          'GET /o/:office/penugasan/:appointment/surat',
          'GET /api/v1/offices/{office}/appointments/{appointment}/scan',
        ],
      },
      {
        who: inviters,
        routes: [
          'GET /o/:office/penugasan/baru',
          'POST /o/:office/penugasan/baru',
          'POST /api/v1/offices/{office}/appointments',
          'POST /o/:office/penugasan/:appointment/akhiri',
          'POST /api/v1/offices/{office}/appointments/{appointment}/end',
          'POST /o/:office/penugasan/:appointment/surat',
          'PUT /api/v1/offices/{office}/appointments/{appointment}/scan',
          'GET /o/:office/undangan',
          'GET /api/v1/offices/{office}/invitations',
          'POST /o/:office/undangan',
          'POST /api/v1/offices/{office}/invitations',
          'POST /o/:office/undangan/:invitation/kirim-ulang',
          'POST /api/v1/offices/{office}/invitations/{invitation}/renewal',
          'POST /o/:office/undangan/:invitation/cabut',
          'DELETE /api/v1/offices/{office}/invitations/{invitation}',
          'GET /o/:office/pendaftaran',
          'GET /api/v1/offices/{office}/registrations',
          'POST /o/:office/pendaftaran/:registration',
          'POST /api/v1/offices/{office}/registrations/{registration}/decision',
        ],
      },
      {
        who: 'member',
        routes: [
          'GET /o/:office/token',
          'GET /api/v1/offices/{office}/tokens',
          'POST /o/:office/token',
          'POST /api/v1/offices/{office}/tokens',
          'POST /o/:office/token/:token/cabut',
          'DELETE /api/v1/offices/{office}/tokens/{token}',
        ],
      },
    ],
  },
  {
    area: 'office',
    lines: [
      {
        who: administrators,
        routes: [
          'GET /o/:office/masuk-tunggal',
          'POST /o/:office/masuk-tunggal',
          'POST /o/:office/masuk-tunggal/lepas',
          'GET /api/v1/offices/{office}/identity-provider',
          'PUT /api/v1/offices/{office}/identity-provider',
          'DELETE /api/v1/offices/{office}/identity-provider',
          'GET /o/:office/pengaturan',
          'GET /api/v1/offices/{office}/settings',
          'POST /o/:office/pengaturan',
          'PUT /api/v1/offices/{office}/settings',
          'POST /o/:office/pengaturan/data-terbuka',
          'PUT /api/v1/offices/{office}/open-data',
          'POST /o/:office/pengaturan/masuk',
          'PUT /api/v1/offices/{office}/sign-in-rules',
          'POST /o/:office/pengaturan/logo',
          'PUT /api/v1/offices/{office}/logo',
          'POST /o/:office/pengaturan/penomoran',
          'PUT /api/v1/offices/{office}/registers',
          'POST /o/:office/pengaturan/domain',
          'POST /api/v1/offices/{office}/zones',
          'GET /o/:office/kantor-baru',
          'POST /o/:office/kantor-baru',
          'POST /api/v1/offices/{office}/offices',
        ],
      },
    ],
  },
] as const satisfies readonly Area[]
