-- What happens to a service after its hand-over: codes for the one-time page, and archives put online.

-- A contact without an account proves by a mailed code that the address is theirs.
create table reveal_codes (
  reveal_id uuid primary key references credential_reveals (id),
  office_id uuid not null references offices (id),
  code_hash text not null,
  expires_at timestamptz not null,
  tries integer not null default 0
);

-- The bytes stay only until the site host has taken or refused them.
create table site_deployments (
  id uuid primary key,
  office_id uuid not null references offices (id),
  service_id uuid not null references services (id),
  uploaded_by text not null references auth_user (id),
  filename text not null,
  size integer not null,
  sha256 text not null,
  bytes bytea,
  status text not null check (status in ('queued', 'live', 'refused')),
  outcome jsonb,
  created_at timestamptz not null,
  done_at timestamptz
);
create index site_deployments_service on site_deployments (service_id, created_at desc);

alter table reveal_codes enable row level security;
create policy office_only on reveal_codes to ranah_app
  using (office_id = current_office()) with check (office_id = current_office());
grant select, insert, update, delete on reveal_codes to ranah_app;
alter table site_deployments enable row level security;
create policy office_only on site_deployments to ranah_app
  using (office_id = current_office()) with check (office_id = current_office());
grant select, insert, update on site_deployments to ranah_app;
