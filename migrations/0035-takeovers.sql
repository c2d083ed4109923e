-- A service whose contacts have all left is taken over by a new officer of the agency. The old contacts are warned and may
-- object for some days, unless the office confirms that they left; whoever confirms does not decide.

create table service_takeovers (
  request_id uuid primary key references requests (id),
  office_id uuid not null references offices (id),
  service_id uuid not null references services (id),
  opened_at timestamptz not null,
  object_until timestamptz not null,
  confirmed_by text references auth_user (id),
  confirmed_at timestamptz,
  confirmed_reason text,
  check ((confirmed_by is null) = (confirmed_at is null) and (confirmed_at is null) = (confirmed_reason is null))
);
create index service_takeovers_service on service_takeovers (service_id);
alter table service_takeovers enable row level security;
create policy office_only on service_takeovers to ranah_app
  using (office_id = current_office()) with check (office_id = current_office());
grant select, insert, update on service_takeovers to ranah_app;

-- One row for each old contact: the link in their mail is known by its hash only.
create table takeover_warnings (
  office_id uuid not null references offices (id),
  request_id uuid not null references service_takeovers (request_id),
  email text not null,
  name text not null,
  token_hash text not null unique,
  sent_at timestamptz not null,
  objected_at timestamptz,
  objection text,
  primary key (request_id, email),
  check ((objected_at is null) = (objection is null))
);
alter table takeover_warnings enable row level security;
create policy office_only on takeover_warnings to ranah_app
  using (office_id = current_office()) with check (office_id = current_office());
grant select, insert, update on takeover_warnings to ranah_app;

-- Whoever says that the old contacts left neither applied for it nor decides on it.
create function takeovers_separate() returns trigger language plpgsql as $$
declare
  r requests;
begin
  select * into r from requests where id = new.request_id;
  if new.confirmed_by in (r.applicant_id, r.created_by) then
    raise exception 'request %: % applied for it and confirms nothing of it', r.ticket, new.confirmed_by
      using errcode = 'RA001';
  end if;
  return new;
end $$;
create trigger takeovers_separate before insert or update of confirmed_by on service_takeovers
  for each row when (current_office() is not null and new.confirmed_by is not null) execute function takeovers_separate();

create function takeover_events_separate() returns trigger language plpgsql as $$
declare
  r requests;
begin
  if not exists (select from service_takeovers where request_id = new.request_id and confirmed_by = new.person_id) then
    return new;
  end if;
  select * into r from requests where id = new.request_id;
  if jsonb_path_exists(sop_of(r), '$.steps[*] ? (@.no == $n && @.activity != "check-completeness" && exists(@.decision.outcomes))',
    jsonb_build_object('n', new.step)) then
    raise exception 'request %: % confirmed that the contacts left and does not decide', r.ticket, new.person_id
      using errcode = 'RA001';
  end if;
  return new;
end $$;
create trigger takeover_events_separate before insert on request_events
  for each row when (current_office() is not null and new.person_id is not null and new.step is not null
    and new.type in ('completed', 'returned', 'refused')) execute function takeover_events_separate();
