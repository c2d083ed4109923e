-- Who signs for an office and when, letters that wait for a signature, and where the national archive has a letter.

create table signatories (
  id uuid primary key,
  office_id uuid not null references offices (id),
  person_id text not null references auth_user (id),
  acting text check (acting in ('Plt.', 'Plh.', 'a.n.')),
  post text not null,
  name text not null,
  rank text,
  nip text,
  from_day date not null,
  until_day date,
  -- null: signs by hand
  server_id uuid references servers (id),
  certificate_name text,
  -- sealed under the installation's key and bound to this row
  sealed_nik bytea,
  created_at timestamptz not null,
  check (until_day is null or until_day >= from_day),
  check ((server_id is null) = (certificate_name is null))
);
create index signatories_office on signatories (office_id, from_day);
alter table signatories enable row level security;
create policy office_only on signatories to ranah_app
  using (office_id = current_office()) with check (office_id = current_office());
grant select, insert, update on signatories to ranah_app;

alter table letters add column signatory_id uuid references signatories (id);
alter table letters add column certificate jsonb;
alter table letters add column signed_at timestamptz;
alter table letters add column archive_number text;
alter table letters add column archive_date date;
alter table letters add column archive_link text;
alter table letters drop constraint letters_status_check;
alter table letters add constraint letters_status_check check (status in ('numbered', 'awaiting', 'issued', 'voided'));

-- Exactly what the signatory was shown, until it is signed. `attempt` is a decision to sign whose end is not recorded.
create table signings (
  letter_id uuid primary key references letters (id),
  office_id uuid not null references offices (id),
  signatory_id uuid not null references signatories (id),
  pdf bytea not null,
  sha256 text not null,
  attempt uuid,
  decided_at timestamptz,
  lease_until timestamptz,
  remote_id text,
  created_at timestamptz not null,
  check ((attempt is null) = (decided_at is null) and (attempt is null) = (lease_until is null))
);
create index signings_signatory on signings (signatory_id);
alter table signings enable row level security;
create policy office_only on signings to ranah_app
  using (office_id = current_office()) with check (office_id = current_office());
grant select, insert, update, delete on signings to ranah_app;

alter table servers drop constraint servers_kind_check;
alter table servers add constraint servers_kind_check check (kind in ('dns', 'host', 'ca', 'signature'));
