-- Provisioning with its plan and evidence, one-time credentials, letters.

create table provisionings (
  id uuid primary key,
  office_id uuid not null references offices (id),
  request_id uuid not null references requests (id),
  visit integer not null,
  plan jsonb not null,
  status text not null check (status in ('planned', 'undoing', 'recorded', 'undone')),
  evidence jsonb,
  trouble jsonb,
  attempts integer not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (request_id, visit)
);

-- Credentials are sealed at once under the installation's key, opened once, then erased.
create table credential_reveals (
  id uuid primary key,
  office_id uuid not null references offices (id),
  service_id uuid not null references services (id),
  request_id uuid references requests (id),
  contact_email text not null,
  sealed bytea,
  status text not null check (status in ('ready', 'revealed', 'expired', 'rotated')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revealed_at timestamptz,
  check ((status = 'ready') = (sealed is not null))
);
create unique index credential_reveals_ready on credential_reveals (service_id) where status = 'ready';

create table letters (
  id uuid primary key,
  office_id uuid not null references offices (id),
  request_id uuid references requests (id),
  visit integer,
  kind text not null,
  register text not null,
  year integer not null,
  seq integer not null,
  number text not null,
  dated date not null,
  data jsonb not null,
  verification_code text not null unique,
  document_id uuid references documents (id),
  sha256 text,
  status text not null check (status in ('numbered', 'issued', 'voided')),
  logbook_seq bigint,
  logbook_head text,
  created_at timestamptz not null,
  issued_at timestamptz,
  voided_at timestamptz,
  void_reason text,
  unique (office_id, register, year, seq),
  unique (request_id, visit)
);
