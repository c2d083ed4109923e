-- Certificates of services: wanted, signed, in use, ended. Keys are on the site host and never here.

create table certificates (
  id uuid primary key,
  office_id uuid not null references offices (id),
  service_id uuid not null references services (id),
  ca_id uuid not null references servers (id),
  names text[] not null,
  -- waiting: for its turn, for the authority, or to be installed
  status text not null check (status in ('waiting', 'live', 'replaced', 'dropped', 'revoking', 'revoked')),
  replaces_id uuid references certificates (id),
  -- where the authority keeps the order; found again after a crash
  order_url text,
  chain text,
  issuer text,
  serial text,
  not_before timestamptz,
  not_after timestamptz,
  -- a renewal that the authority counts against nothing (RFC 9773)
  is_exempt boolean not null default false,
  signed_at timestamptz,
  -- when the authority wants it renewed, and when to ask it again
  window_start timestamptz,
  window_end timestamptz,
  ask_window_at timestamptz,
  -- why it still waits, and when it is tried next
  attempts integer not null default 0,
  expected_at timestamptz,
  trouble jsonb,
  created_at timestamptz not null,
  live_at timestamptz,
  ended_at timestamptz,
  check ((chain is null) = (signed_at is null)),
  check (status not in ('live', 'revoking', 'revoked') or chain is not null)
);
create unique index certificates_one_waiting on certificates (service_id) where status = 'waiting';
create unique index certificates_one_live on certificates (service_id) where status = 'live';
create index certificates_signed on certificates (office_id, signed_at);
alter table certificates enable row level security;
create policy office_only on certificates to ranah_app
  using (office_id = current_office()) with check (office_id = current_office());
grant select, insert, update on certificates to ranah_app;
