-- SOPs as data, who acts in them, the office's calendar, zones and number registers.

create table sops (
  id uuid primary key,
  office_id uuid not null references offices (id),
  slug text not null,
  name text not null,
  current_version integer,
  created_at timestamptz not null,
  retired_at timestamptz,
  unique (office_id, slug)
);

-- A published version never changes: running requests keep the one they started with.
create table sop_versions (
  office_id uuid not null references offices (id),
  sop_id uuid not null references sops (id),
  version integer not null check (version > 0),
  source text not null,
  document jsonb not null,
  sha256 text not null,
  status text not null check (status in ('draft', 'published')),
  created_by text references auth_user (id),
  created_at timestamptz not null,
  published_at timestamptz,
  primary key (sop_id, version)
);

create table sop_actors (
  office_id uuid not null references offices (id),
  sop_id uuid not null references sops (id),
  actor text not null,
  person_id text not null references auth_user (id),
  primary key (sop_id, actor, person_id)
);

create table calendars (
  office_id uuid primary key references offices (id),
  rules jsonb not null,
  version integer not null default 1,
  updated_at timestamptz not null
);
create table holidays (
  office_id uuid not null references offices (id),
  date date not null,
  name text not null,
  kind text not null check (kind in ('nasional', 'cuti-bersama', 'daerah')),
  source text not null check (source in ('import', 'manual')),
  primary key (office_id, date)
);

create table zones (
  id uuid primary key,
  office_id uuid not null references offices (id),
  name text not null unique,
  driver text not null,
  settings jsonb not null default '{}',
  status text not null check (status in ('creating', 'ready')),
  created_at timestamptz not null
);

-- Gap-free: the next number is taken under the row lock of its register, in the transaction of its letter.
create table registers (
  office_id uuid not null references offices (id),
  code text not null check (code in ('incoming', 'outgoing', 'hand-over')),
  pattern text not null,
  class text not null default '',
  primary key (office_id, code)
);
create table register_years (
  office_id uuid not null references offices (id),
  code text not null,
  year integer not null,
  last_seq integer not null default 0,
  primary key (office_id, code, year)
);
