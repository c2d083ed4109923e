-- A role is worth what the paper behind it says: Surat Tugas or SK with number, date and days; for an applicant the SK
-- of the agency's head, or the head's letter. A role without one that is valid on the day stops the act.

create table appointments (
  id uuid primary key,
  office_id uuid not null references offices (id),
  person_id text not null references auth_user (id),
  role text not null check (role in
    ('applicant', 'operator', 'head-of-division', 'head-of-office', 'auditor', 'administrator')),
  agency_id uuid references agencies (id),
  basis text not null check (basis in ('surat-tugas', 'sk', 'surat-kuasa', 'before-recording')),
  number text,
  dated date,
  -- a substitute (Plt., Plh., a.n.), and for whom
  acting text check (acting in ('Plt.', 'Plh.', 'a.n.')),
  principal_id text references auth_user (id),
  from_day date not null,
  until_day date,
  document_id uuid references documents (id),
  -- null: by the system
  recorded_by text references auth_user (id),
  created_at timestamptz not null,
  revoked_at timestamptz,
  check (until_day is null or until_day >= from_day),
  check ((role = 'applicant') = (agency_id is not null)),
  check ((basis = 'before-recording') = (number is null) and (number is null) = (dated is null)),
  check (acting is null or (role <> 'applicant' and until_day is not null)),
  check (principal_id is null or (acting is not null and principal_id <> person_id)),
  check (basis in ('sk', 'surat-kuasa') or until_day is not null)
);
create index appointments_person on appointments (person_id);
create index appointments_office on appointments (office_id, created_at desc);
alter table appointments enable row level security;
create policy office_only on appointments to ranah_app
  using (office_id = current_office()) with check (office_id = current_office());
create policy own_appointments on appointments for select to ranah_app using (person_id = current_person());
grant select, insert, update on appointments to ranah_app;

-- One row for each warning that an appointment ends, so that it is sent once.
create table appointment_warnings (
  office_id uuid not null references offices (id),
  appointment_id uuid not null references appointments (id),
  until_day date not null,
  days_before integer not null,
  at timestamptz not null,
  primary key (appointment_id, until_day, days_before)
);
alter table appointment_warnings enable row level security;
create policy office_only on appointment_warnings to ranah_app
  using (office_id = current_office()) with check (office_id = current_office());
grant select, insert on appointment_warnings to ranah_app;

-- What an invitation already knows of the paper behind the role.
alter table invitations add column appointment jsonb;

-- Nobody is lost: who is something today has 90 days until the paper must be recorded.
insert into appointments (id, office_id, person_id, role, agency_id, basis, from_day, until_day, created_at)
  select gen_random_uuid(), office_id, person_id, role, agency_id, 'before-recording', least(since::date, current_date),
    current_date + 90, date_trunc('milliseconds', now())
  from memberships where active;

-- Whether somebody holds a role in an office by an appointment of their own. It sees past row-level security and tells
-- nothing but that.
create function holds_role(office uuid, person text, the_role text, at timestamptz) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select from memberships m join offices o on o.id = m.office_id
      join appointments a on a.office_id = m.office_id and a.person_id = m.person_id and a.role = m.role
    where m.office_id = office and m.person_id = person and m.role = the_role and m.active
      and a.acting is null and a.revoked_at is null
      and (at at time zone o.timezone)::date between a.from_day and coalesce(a.until_day, 'infinity'))
  $$;
revoke execute on function holds_role from public;
grant execute on function holds_role to ranah_app;

-- Whether an office has an administrator beside this person.
create function has_other_administrator(office uuid, person text, at timestamptz) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from memberships m where m.office_id = office and m.person_id <> person
    and m.role = 'administrator' and holds_role(office, m.person_id, 'administrator', at))
  $$;
revoke execute on function has_other_administrator from public;
grant execute on function has_other_administrator to ranah_app;

-- When the act happens that the transaction is for, by the application's clock.
create function act_time() returns timestamptz language sql stable as
  $$ select coalesce(nullif(current_setting('ranah.at', true), '')::timestamptz, now()) $$;

-- What everybody is at an instant: by an appointment of their own (`holds`), not any more or not yet, or as substitute.
create function standings(at timestamptz) returns table (
  office_id uuid, person_id text, role text, agency_id uuid, acting text, principal_id text, holds boolean,
  until_day date, ended_on date, since timestamptz)
  language sql stable as $$
  select m.office_id, m.person_id, m.role, m.agency_id, null::text, null::text, now_valid.id is not null,
    now_valid.until_day, past.until_day, m.since
  from memberships m join offices o on o.id = m.office_id
  left join lateral (
    select a.id, a.until_day from appointments a
    where a.office_id = m.office_id and a.person_id = m.person_id and a.role = m.role and a.acting is null
      and a.revoked_at is null and a.agency_id is not distinct from m.agency_id
      and (at at time zone o.timezone)::date between a.from_day and coalesce(a.until_day, 'infinity')
    order by a.until_day desc nulls first limit 1) now_valid on true
  left join lateral (
    select max(a.until_day) as until_day from appointments a
    where a.office_id = m.office_id and a.person_id = m.person_id and a.role = m.role and a.revoked_at is null
      and a.until_day < (at at time zone o.timezone)::date) past on true
  where m.active
  union all
  select a.office_id, a.person_id, a.role, null::uuid, a.acting, a.principal_id, true, a.until_day, null::date, a.created_at
  from appointments a join offices o on o.id = a.office_id
  where a.acting is not null and a.revoked_at is null
    and (at at time zone o.timezone)::date between a.from_day and a.until_day
    and exists (select from memberships m where m.office_id = a.office_id and m.person_id = a.person_id and m.active
      and m.role <> 'applicant')
    and (a.principal_id is null or holds_role(a.office_id, a.principal_id, a.role, at))
  $$;
