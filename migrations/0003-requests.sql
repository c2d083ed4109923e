-- Entities that outlive requests, and the requests that change them.

create table electronic_systems (
  id uuid primary key,
  office_id uuid not null references offices (id),
  agency_id uuid not null references agencies (id),
  name text not null,
  data jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table services (
  id uuid primary key,
  office_id uuid not null references offices (id),
  agency_id uuid not null references agencies (id),
  system_id uuid references electronic_systems (id),
  zone_id uuid not null references zones (id),
  fqdn text not null,
  has_record boolean not null,
  has_site boolean not null,
  records jsonb not null default '[]',
  status text not null check (status in ('live', 'closed')),
  administrative_contact jsonb not null,
  technical_contact jsonb not null,
  registered_until date,
  imported boolean not null default false,
  live_at timestamptz not null,
  closed_at timestamptz
);
create unique index services_live_name on services (fqdn) where status = 'live';

create table requests (
  id uuid primary key,
  office_id uuid not null references offices (id),
  ticket text not null unique,
  kind text not null,
  fulfilment text not null,
  sop_id uuid not null references sops (id),
  sop_version integer not null,
  agency_id uuid not null references agencies (id),
  applicant_id text references auth_user (id),
  created_by text not null references auth_user (id),
  at_counter boolean not null default false,
  zone_id uuid references zones (id),
  fqdn text,
  service_id uuid references services (id),
  form jsonb not null default '{}',
  state jsonb not null,
  phase text not null,
  step integer,
  stage text not null,
  visit integer not null,
  holder text,
  -- who must act now: 'applicant', 'office', 'outside' or 'system'; null when nobody must
  turn text,
  actor text,
  due_at timestamptz,
  trouble jsonb,
  created_at timestamptz not null,
  submitted_at timestamptz,
  step_since timestamptz,
  ended_at timestamptz,
  updated_at timestamptz not null,
  foreign key (sop_id, sop_version) references sop_versions (sop_id, version)
);
create index requests_inbox on requests (office_id, phase, actor, due_at);
create index requests_agency on requests (office_id, agency_id, created_at desc);

-- A name belongs to one request or service at a time: the index decides every race.
create table held_names (
  id uuid primary key,
  office_id uuid not null references offices (id),
  fqdn text not null,
  request_id uuid references requests (id),
  service_id uuid references services (id),
  held_at timestamptz not null,
  released_at timestamptz
);
create unique index held_names_one on held_names (fqdn) where released_at is null;

create table request_events (
  id bigint generated always as identity primary key,
  office_id uuid not null references offices (id),
  request_id uuid not null references requests (id),
  at timestamptz not null,
  type text not null,
  step integer,
  visit integer not null,
  person_id text references auth_user (id),
  data jsonb not null default '{}'
);
create index request_events_request on request_events (request_id, id);

create table documents (
  id uuid primary key,
  office_id uuid not null references offices (id),
  request_id uuid references requests (id),
  kind text not null,
  filename text not null,
  media_type text not null,
  size integer not null,
  sha256 text not null,
  bytes bytea not null,
  uploaded_by text references auth_user (id),
  created_at timestamptz not null
);
create index documents_request on documents (request_id, created_at);

create table messages (
  id uuid primary key,
  office_id uuid not null references offices (id),
  request_id uuid not null references requests (id),
  author_id text not null references auth_user (id),
  side text not null check (side in ('applicant', 'office')),
  body text not null,
  at timestamptz not null
);
create index messages_request on messages (request_id, at);

-- One row per warning sent, so that a warning is sent once.
create table time_warnings (
  office_id uuid not null references offices (id),
  request_id uuid not null references requests (id),
  visit integer not null,
  percent integer not null,
  at timestamptz not null,
  primary key (request_id, visit, percent)
);
create table registration_reminders (
  office_id uuid not null references offices (id),
  service_id uuid not null references services (id),
  registered_until date not null,
  days_before integer not null,
  at timestamptz not null,
  primary key (service_id, registered_until, days_before)
);
