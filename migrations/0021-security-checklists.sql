-- The checklist of BSSN 4/2021 article 27 for the system behind a service: what its agency answered, what a look from
-- outside saw, and what the head of division waived. Who said what and when before stands in the logbook.
create table security_checklists (
  service_id uuid primary key references services (id),
  office_id uuid not null references offices (id),
  answers jsonb not null default '{}',
  answered_at timestamptz,
  findings jsonb not null default '[]',
  looked_at timestamptz,
  waivers jsonb not null default '{}'
);
alter table security_checklists enable row level security;
create policy office_only on security_checklists to ranah_app
  using (office_id = current_office()) with check (office_id = current_office());
grant select, insert, update on security_checklists to ranah_app;
