-- An office's own identity provider (OpenID Connect), and which of its subjects is which account.
create table identity_providers (
  office_id uuid primary key references offices (id),
  label text not null,
  issuer text not null,
  client_id text not null,
  -- sealed under the installation's key and bound to this office
  client_secret bytea not null,
  -- what the provider calls a sign-in with two factors; without it only its amr counts
  strong_acr text,
  changed_at timestamptz not null
);
create table sign_on_links (
  office_id uuid not null references offices (id),
  issuer text not null,
  subject text not null,
  person_id text not null references auth_user (id) on delete cascade,
  linked_at timestamptz not null,
  primary key (office_id, issuer, subject)
);
create index sign_on_links_person on sign_on_links (person_id);
alter table identity_providers enable row level security;
create policy office_only on identity_providers to ranah_app
  using (office_id = current_office()) with check (office_id = current_office());
alter table sign_on_links enable row level security;
create policy office_only on sign_on_links to ranah_app
  using (office_id = current_office()) with check (office_id = current_office());
grant select, insert, update, delete on identity_providers, sign_on_links to ranah_app;
