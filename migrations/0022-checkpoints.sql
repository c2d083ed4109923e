-- The Merkle tree over the entries of each logbook, and the checkpoints of it that the office signs
-- (docs/logbook-format.md). Both grow behind the entries, by a job, and never change.

-- Roots of full subtrees: level 0 are the leaves, which are entries in their order from index 0.
create table logbook_nodes (
  office_id uuid not null references offices (id),
  level smallint not null,
  index bigint not null,
  hash bytea not null check (octet_length(hash) = 32),
  primary key (office_id, level, index)
);

-- Under which name and key an office signs. A name is never used for a second history: after a restore, or when
-- entries that were signed are gone, it ends, and the office goes on under another.
create table logbook_keys (
  origin text primary key,
  office_id uuid not null references offices (id),
  vkey text not null,
  -- the private key, sealed under the installation's key and bound to the name; gone when the name ends
  sealed bytea,
  since timestamptz not null,
  -- entries that the office had when it began
  entries bigint not null,
  ended_at timestamptz,
  end_reason text check (end_reason in ('restored', 'entries-lost', 'renewed')),
  trouble jsonb,
  check ((ended_at is null) = (end_reason is null) and (ended_at is null) = (sealed is not null))
);
create unique index logbook_keys_in_use on logbook_keys (office_id) where ended_at is null;

create table logbook_checkpoints (
  office_id uuid not null references offices (id),
  size bigint not null check (size > 0),
  origin text not null references logbook_keys (origin),
  root bytea not null,
  -- text and signature line, as they are published
  note text not null,
  at timestamptz not null,
  primary key (office_id, size)
);

do $$
declare
  name text;
begin
  foreach name in array array['logbook_nodes', 'logbook_keys', 'logbook_checkpoints'] loop
    execute format('alter table %I enable row level security', name);
    execute format(
      'create policy office_only on %I to ranah_app using (office_id = current_office()) with check (office_id = current_office())',
      name);
    execute format('grant select, insert on %I to ranah_app', name);
  end loop;
end $$;
grant update on logbook_keys to ranah_app;
