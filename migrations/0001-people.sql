-- Sign-in tables in the form that better-auth reads, people and what they may be in which office.
-- The application connects as ranah_app: neither owner nor superuser.

grant usage on schema public to ranah_app;
create schema pgboss authorization ranah_app;

create table auth_user (
  id text primary key,
  name text not null,
  email text not null unique,
  "emailVerified" boolean not null default false,
  image text,
  "twoFactorEnabled" boolean not null default false,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create table auth_session (
  id text primary key,
  token text not null unique,
  "userId" text not null references auth_user (id) on delete cascade,
  "expiresAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index auth_session_user on auth_session ("userId");
create table auth_account (
  id text primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references auth_user (id) on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index auth_account_user on auth_account ("userId");
create table auth_verification (
  id text primary key,
  identifier text not null,
  value text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index auth_verification_identifier on auth_verification (identifier);
create table auth_two_factor (
  id text primary key,
  secret text not null,
  "backupCodes" text not null,
  verified boolean not null default false,
  "failedVerificationCount" integer not null default 0,
  "lockedUntil" timestamptz,
  "userId" text not null references auth_user (id) on delete cascade
);
create index auth_two_factor_user on auth_two_factor ("userId");
create index auth_two_factor_secret on auth_two_factor (secret);

-- A code of a second factor works once: whoever inserts it first uses it.
create table used_codes (
  person_id text not null references auth_user (id) on delete cascade,
  code text not null,
  used_at timestamptz not null,
  primary key (person_id, code)
);
-- Failed tries, counted per account and network together, so that nobody can lock out somebody elsewhere.
create table tries (
  key text primary key,
  count integer not null,
  since timestamptz not null
);
grant select, insert, update, delete
  on auth_user, auth_session, auth_account, auth_verification, auth_two_factor, used_codes, tries to ranah_app;

-- One row: what the installation as a whole knows.
create table installation (
  only_row boolean primary key default true check (only_row),
  created_at timestamptz not null default now(),
  first_office uuid
);
insert into installation default values;
grant select, update on installation to ranah_app;

-- Offices are public facts (name, region, address), so this table is readable across offices.
create table offices (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9]{2,16}$'),
  government text not null,
  name text not null,
  unit text,
  region text not null,
  place text not null,
  timezone text not null check (timezone in ('Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura')),
  paper text not null default 'A4' check (paper in ('A4', 'F4')),
  letterhead jsonb not null default '{}',
  logo bytea,
  created_at timestamptz not null
);
grant select, insert, update on offices to ranah_app;

create function current_office() returns uuid
  language sql stable parallel safe
  as $$ select nullif(current_setting('ranah.office', true), '')::uuid $$;
create function current_person() returns text
  language sql stable parallel safe
  as $$ select nullif(current_setting('ranah.person', true), '') $$;

create table agencies (
  id uuid primary key,
  office_id uuid not null references offices (id),
  name text not null,
  short_name text,
  address text,
  email text,
  head_post text,
  created_at timestamptz not null,
  archived_at timestamptz,
  unique (office_id, name)
);

create table memberships (
  office_id uuid not null references offices (id),
  person_id text not null references auth_user (id),
  role text not null check (role in
    ('applicant', 'operator', 'head-of-division', 'head-of-office', 'auditor', 'administrator')),
  agency_id uuid references agencies (id),
  active boolean not null default true,
  since timestamptz not null,
  primary key (office_id, person_id, role),
  check ((role = 'applicant') = (agency_id is not null))
);
create index memberships_person on memberships (person_id);

create table invitations (
  id uuid primary key,
  office_id uuid not null references offices (id),
  email text not null,
  name text not null,
  role text not null,
  agency_id uuid references agencies (id),
  token_hash text not null unique,
  invited_by text references auth_user (id),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz
);

create table self_registrations (
  id uuid primary key,
  office_id uuid not null references offices (id),
  name text not null,
  email text not null,
  post text not null,
  agency_name text not null,
  reason text not null,
  status text not null check (status in ('pending', 'approved', 'refused')),
  decided_by text references auth_user (id),
  decided_at timestamptz,
  decision_text text,
  created_at timestamptz not null
);
create unique index self_registrations_pending on self_registrations (office_id, lower(email)) where status = 'pending';

create table api_tokens (
  id uuid primary key,
  office_id uuid not null references offices (id),
  person_id text not null references auth_user (id),
  name text not null,
  token_hash text not null unique,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  last_used_at timestamptz
);

create table idempotency_keys (
  office_id uuid not null,
  person_id text not null,
  key text not null,
  fingerprint text not null,
  status integer,
  body jsonb,
  created_at timestamptz not null,
  primary key (office_id, person_id, key)
);
