-- How long papers are kept, by archive class: the office's records retention schedule (Jadwal Retensi Arsip), and what
-- was done with a paper when its time was over. Bytes may go; digest, number, dates and the logbook stay.

create table retention_lines (
  id uuid primary key,
  office_id uuid not null references offices (id),
  code text not null,
  title text not null,
  -- the event from which the years count
  starts text not null check (starts in ('filed', 'request-ended', 'service-ended', 'appointment-ended')),
  active_years integer not null check (active_years between 0 and 100),
  inactive_years integer not null check (inactive_years between 0 and 100),
  fate text not null check (fate in ('destroy', 'permanent', 'review')),
  -- null: as Ranah came with it; the office has not said yet that its own schedule has it so
  confirmed_at timestamptz,
  unique (office_id, code, title)
);
-- Which line a kind of paper goes by: one, or none.
create table retention_papers (
  office_id uuid not null references offices (id),
  paper text not null check (paper in
    ('application', 'reply', 'hand-over-note', 'deactivation-notice', 'appointment', 'destruction-record')),
  line_id uuid not null references retention_lines (id),
  primary key (office_id, paper)
);
create index retention_papers_line on retention_papers (line_id);

alter table documents alter column bytes drop not null;
alter table documents
  add column destroyed_at timestamptz,
  -- kept beyond its time: a dispute, an audit, an order of a court
  add column held_at timestamptz,
  add column held_reason text,
  -- what an appraisal came to (dinilai kembali): kept until a day, or for good
  add column kept_until date,
  add column kept_for_good boolean not null default false,
  -- set by the nightly look, so that the desk can count without reading everything
  add column due_since date,
  add check ((bytes is null) = (destroyed_at is not null)),
  add check ((held_at is null) = (held_reason is null));
create index documents_due on documents (office_id) where due_since is not null and destroyed_at is null;
create index documents_digest on documents (office_id, sha256);
create index letters_document on letters (document_id) where document_id is not null;
create index appointments_document on appointments (document_id) where document_id is not null;

-- What is proposed to be destroyed (daftar arsip usul musnah), approved by another person, and carried out.
create table disposals (
  id uuid primary key,
  office_id uuid not null references offices (id),
  status text not null check (status in ('proposed', 'approved', 'destroyed', 'dropped')),
  proposed_by text not null references auth_user (id),
  proposed_at timestamptz not null,
  -- the written consent that the law asks for: of the regent, mayor or governor, or of the national archive
  consent text,
  consent_date date,
  approved_by text references auth_user (id),
  -- `Kepala Dinas`, `Plh. Kepala Dinas`: as what
  approved_as text,
  approved_at timestamptz,
  destroyed_by text references auth_user (id),
  destroyed_at timestamptz,
  letter_id uuid references letters (id),
  dropped_by text references auth_user (id),
  dropped_at timestamptz,
  drop_reason text,
  check (status not in ('approved', 'destroyed') or (approved_by is not null and approved_by <> proposed_by
    and approved_at is not null and approved_as is not null and consent is not null and consent_date is not null)),
  check ((status = 'destroyed') = (destroyed_at is not null)),
  check ((status = 'dropped') = (dropped_at is not null))
);
create index disposals_office on disposals (office_id, proposed_at desc);
create table disposal_items (
  disposal_id uuid not null references disposals (id),
  document_id uuid not null references documents (id),
  office_id uuid not null references offices (id),
  -- how the list describes it, fixed when it was proposed
  number text not null,
  name text not null,
  paper text not null,
  code text not null,
  title text not null,
  fate text not null,
  years integer not null,
  filed_on date not null,
  due_on date not null,
  state text not null check (state in ('proposed', 'kept', 'destroyed', 'dropped')),
  kept_reason text,
  kept_by text references auth_user (id),
  primary key (disposal_id, document_id),
  check (state <> 'kept' or kept_reason is not null)
);
-- No paper stands in two proposals, and none is destroyed twice.
create unique index disposal_items_once on disposal_items (document_id) where state in ('proposed', 'destroyed');

do $$
declare
  name text;
begin
  foreach name in array array['retention_lines', 'retention_papers', 'disposals', 'disposal_items'] loop
    execute format('alter table %I enable row level security', name);
    execute format(
      'create policy office_only on %I to ranah_app using (office_id = current_office()) with check (office_id = current_office())',
      name);
  end loop;
end $$;
grant select, insert, update, delete on retention_lines, retention_papers to ranah_app;
grant select, insert, update on disposals, disposal_items to ranah_app;

-- Every paper of the office in scope with its class, its days and where it stands on a day. Copies with one digest are
-- one paper: it is in use as long as one of them is, and its time is over when the last of them is.
create function archive_items(today date, only_request uuid default null) returns table (
  document_id uuid, paper text, filed_on date, line_id uuid, code text, title text, fate text, confirmed boolean,
  years integer, in_use text, started_on date, active_until date, inactive_until date, is_over boolean, standing text)
  language sql stable as $$
  with facts as (
    select d.id, d.sha256, d.destroyed_at, d.held_at, d.kept_until, d.kept_for_good,
      case when d.kind = 'appointment' then 'appointment' when l.id is not null then l.kind else 'application' end as paper,
      coalesce(l.dated, (d.created_at at time zone o.timezone)::date) as filed_on,
      (r.ended_at at time zone o.timezone)::date as request_ended,
      (coalesce(s.closed_at, n.closed_at) at time zone o.timezone)::date as service_ended,
      a.ended_on as appointment_ended,
      case
        when d.destroyed_at is not null then null
        when r.phase <> 'ended' or exists (select from requests other
          where other.service_id = r.service_id and other.phase <> 'ended') then 'request-running'
        when s.status = 'live' or n.lives then 'service-live'
        when a.endless or a.ended_on >= today then 'appointment-valid'
      end as in_use
    from documents d
    join offices o on o.id = d.office_id
    left join letters l on l.document_id = d.id
    left join requests r on r.id = d.request_id
    left join services s on s.id = r.service_id
    -- a notice is about a service and about no request
    left join lateral (select bool_or(of_name.status = 'live') as lives, max(of_name.closed_at) as closed_at
      from services of_name where l.request_id is null and of_name.fqdn = l.data ->> 'fqdn') n on true
    left join lateral (select bool_or(until_day is null and revoked_at is null) as endless,
        max(least(until_day, (revoked_at at time zone o.timezone)::date)) as ended_on
      from appointments where document_id = d.id) a on true
    where d.office_id = current_office() and (only_request is null or d.sha256 in
      (select sha256 from documents where request_id = only_request and office_id = current_office()))),
  begun as (
    select f.*, line.id as line_id, line.code, line.title, line.confirmed_at is not null as confirmed,
      case when f.kept_for_good then 'permanent' else line.fate end as fate, line.active_years, line.inactive_years,
      case line.starts
        when 'filed' then f.filed_on
        when 'request-ended' then coalesce(f.request_ended, f.filed_on)
        when 'service-ended' then coalesce(f.service_ended, f.request_ended, f.filed_on)
        when 'appointment-ended' then coalesce(f.appointment_ended, f.filed_on)
      end as begins,
      max(f.in_use) over copies as used_for, bool_or(f.held_at is not null) over copies as held
    from facts f
    left join retention_papers p on p.paper = f.paper and p.office_id = current_office()
    left join retention_lines line on line.id = p.line_id
    window copies as (partition by f.sha256)),
  dated as (
    select b.*, case when used_for is null then begins end as started,
      case when used_for is null then
        least((begins + make_interval(years => active_years))::date, date '9999-12-31') end as active_end,
      case when used_for is null then least(max(greatest(
        (begins + make_interval(years => active_years + inactive_years))::date, kept_until))
        over (partition by sha256), date '9999-12-31') end as inactive_end
    from begun b)
  select id, d.paper, d.filed_on, d.line_id, d.code, d.title, d.fate, coalesce(d.confirmed, false),
    d.active_years + d.inactive_years, d.used_for, d.started, d.active_end, d.inactive_end,
    coalesce(d.destroyed_at is null and not d.held and d.fate <> 'permanent' and d.confirmed
      and today > d.inactive_end, false),
    case
      when d.destroyed_at is not null then 'destroyed'
      when exists (select from disposal_items i where i.document_id = d.id and i.state = 'proposed') then 'proposed'
      when d.held then 'held'
      when d.line_id is null then 'unclassed'
      when d.used_for is not null or today <= d.active_end then 'active'
      when today <= d.inactive_end then 'inactive'
      when d.fate = 'permanent' then 'permanent'
      else 'due'
    end
  from dated d $$;

-- Whoever proposed does not approve, whatever the application lets through; who did what does not change afterwards.
create function disposals_separate() returns trigger language plpgsql as $$
begin
  if new.proposed_by <> old.proposed_by or new.approved_by = new.proposed_by
    or old.approved_by is not null and new.approved_by is distinct from old.approved_by
    or new.status = 'destroyed' and old.status not in ('approved', 'destroyed')
    or old.status in ('destroyed', 'dropped') and new.status <> old.status then
    raise exception 'disposal %: one person proposes and another one approves', old.id using errcode = 'RA001';
  end if;
  return new;
end $$;
create trigger disposals_separate before update on disposals
  for each row when (current_office() is not null) execute function disposals_separate();

-- No octet of a paper goes, and none changes, but by an approved proposal that names it.
create function documents_kept() returns trigger language plpgsql as $$
begin
  if new.sha256 <> old.sha256 or old.bytes is null or new.bytes is not null or not exists (
    select from disposal_items i join disposals p on p.id = i.disposal_id
    where i.document_id = old.id and i.state = 'proposed' and p.status = 'approved') then
    raise exception 'document %: it is kept until an approved proposal names it', old.id using errcode = 'RA001';
  end if;
  return new;
end $$;
create trigger documents_kept before update of bytes, sha256 on documents
  for each row when (current_office() is not null) execute function documents_kept();

-- What offices begin with. Classes after Permendagri 83/2022; each line waits for the office to confirm it.
with lines as (
  insert into retention_lines (id, office_id, code, title, starts, active_years, inactive_years, fate)
  select gen_random_uuid(), o.id, d.code, d.title, d.starts, d.active, d.inactive, d.fate
  from offices o cross join (values
    ('500.12', 'Permohonan subdomain dan hosting beserta lampirannya', 'service-ended', 2, 3, 'destroy'),
    ('500.12', 'Surat balasan dan pemberitahuan layanan subdomain dan hosting', 'service-ended', 2, 3, 'destroy'),
    ('500.12', 'Berita acara serah terima subdomain dan hosting', 'service-ended', 2, 8, 'review'),
    ('800.1.11.1', 'Surat tugas dan keputusan petugas layanan', 'appointment-ended', 2, 3, 'review'),
    ('000.5', 'Berita acara pemusnahan arsip beserta daftarnya', 'filed', 2, 8, 'permanent')
  ) as d (code, title, starts, active, inactive, fate)
  returning id, office_id, title)
insert into retention_papers (office_id, paper, line_id)
select l.office_id, p.paper, l.id from lines l join (values
  ('Permohonan subdomain dan hosting beserta lampirannya', 'application'),
  ('Surat balasan dan pemberitahuan layanan subdomain dan hosting', 'reply'),
  ('Surat balasan dan pemberitahuan layanan subdomain dan hosting', 'deactivation-notice'),
  ('Berita acara serah terima subdomain dan hosting', 'hand-over-note'),
  ('Surat tugas dan keputusan petugas layanan', 'appointment'),
  ('Berita acara pemusnahan arsip beserta daftarnya', 'destruction-record')
) as p (title, paper) on p.title = l.title;
