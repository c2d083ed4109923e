-- What a parent domain has beside the records of services, and where its name server says otherwise.

alter table zones
  add column compare_asked_at timestamptz,
  -- the last comparison that was tried; `compared_at` is the last one in which the server answered
  add column compare_tried_at timestamptz,
  add column compared_at timestamptz,
  add column compare_trouble jsonb;

-- Record sets that belong to no service: the office's own, and those that nobody has claimed yet.
create table zone_records (
  office_id uuid not null references offices (id),
  zone_id uuid not null references zones (id),
  name text not null,
  type text not null,
  ttl integer not null,
  "values" jsonb not null,
  primary key (zone_id, name, type)
);
alter table zone_records enable row level security;
create policy office_only on zone_records to ranah_app
  using (office_id = current_office()) with check (office_id = current_office());
grant select, insert, update, delete on zone_records to ranah_app;

create table zone_findings (
  id uuid primary key,
  office_id uuid not null references offices (id),
  zone_id uuid not null references zones (id),
  name text not null,
  type text not null,
  kind text not null check (kind in ('missing', 'unexpected', 'differs')),
  live jsonb,
  registered jsonb,
  found_at timestamptz not null,
  -- gone: it was no longer there when the zone was compared again
  status text not null check (status in ('open', 'reverting', 'adopted', 'reverted', 'gone')),
  -- why the last attempt to revert it did not go through
  trouble jsonb,
  reason text,
  decided_by text references auth_user (id),
  decided_at timestamptz,
  ended_at timestamptz
);
create unique index zone_findings_one on zone_findings (zone_id, name, type) where status in ('open', 'reverting');
create index zone_findings_list on zone_findings (office_id, status, found_at desc);
alter table zone_findings enable row level security;
create policy office_only on zone_findings to ranah_app
  using (office_id = current_office()) with check (office_id = current_office());
grant select, insert, update on zone_findings to ranah_app;
