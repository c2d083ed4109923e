-- Servers of an office that Ranah changes or asks: name servers, site hosts and certificate authorities.
-- A zone or a service without one lies on the embedded server.

create table servers (
  id uuid primary key,
  office_id uuid not null references offices (id),
  kind text not null check (kind in ('dns', 'host', 'ca')),
  driver text not null,
  name text not null,
  settings jsonb not null,
  -- sealed under the installation's key and bound to this row
  secret bytea,
  -- takes what is new; at most one of a kind
  is_default boolean not null default false,
  check_result jsonb,
  checked_at timestamptz,
  created_at timestamptz not null,
  archived_at timestamptz,
  unique (office_id, name)
);
create unique index servers_default on servers (office_id, kind) where is_default and archived_at is null;
alter table servers enable row level security;
create policy office_only on servers to ranah_app
  using (office_id = current_office()) with check (office_id = current_office());
grant select, insert, update on servers to ranah_app;

alter table zones add column server_id uuid references servers (id);
alter table zones drop column driver, drop column settings;
alter table services add column host_id uuid references servers (id);
