-- Take-overs: what a parent domain has already, brought into the registry from its name server or a zone file.

create table zone_imports (
  id uuid primary key,
  office_id uuid not null references offices (id),
  zone_id uuid not null references zones (id),
  source text not null check (source in ('transfer', 'file')),
  -- only until it was read
  file bytea,
  status text not null check (status in ('running', 'done', 'failed')),
  total integer,
  done integer not null default 0,
  added integer,
  trouble jsonb,
  asked_by text not null references auth_user (id),
  created_at timestamptz not null,
  ended_at timestamptz
);
create unique index zone_imports_one on zone_imports (zone_id) where status = 'running';
create index zone_imports_list on zone_imports (zone_id, created_at desc);
alter table zone_imports enable row level security;
create policy office_only on zone_imports to ranah_app
  using (office_id = current_office()) with check (office_id = current_office());
grant select, insert, update on zone_imports to ranah_app;
