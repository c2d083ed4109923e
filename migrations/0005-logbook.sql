-- The logbook: append-only, one hash chain per office over stored canonical text (docs/logbook-format.md).

create table logbook_heads (
  office_id uuid primary key references offices (id),
  seq bigint not null,
  prev text not null,
  hash text not null
);
create table logbook_entries (
  office_id uuid not null references offices (id),
  seq bigint not null,
  at timestamptz not null,
  act text not null,
  subject text not null,
  text text not null,
  prev text not null,
  hash text not null,
  primary key (office_id, seq)
);
create index logbook_entries_subject on logbook_entries (office_id, subject, seq);

-- What a salted commitment in an entry stands for. Erasing a row here leaves every proof valid.
create table logbook_openings (
  office_id uuid not null references offices (id),
  seq bigint not null,
  field text not null,
  salt text not null,
  value text not null,
  primary key (office_id, seq, field),
  foreign key (office_id, seq) references logbook_entries (office_id, seq)
);

-- Every tenant table: row-level security by the office that the transaction set.
do $$
declare
  name text;
begin
  for name in
    select c.table_name from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and c.column_name = 'office_id' and t.table_type = 'BASE TABLE'
  loop
    execute format('alter table %I enable row level security', name);
    execute format(
      'create policy office_only on %I to ranah_app using (office_id = current_office()) with check (office_id = current_office())',
      name);
    execute format('grant select, insert, update, delete on %I to ranah_app', name);
  end loop;
end $$;

-- A person finds the offices they belong to before any office is chosen.
create policy own_memberships on memberships for select to ranah_app using (person_id = current_person());

-- Nothing in the logbook changes or goes; openings may be erased.
revoke update, delete on logbook_entries from ranah_app;
revoke update on logbook_openings from ranah_app;
revoke delete on logbook_heads, requests, request_events, letters, documents from ranah_app;
