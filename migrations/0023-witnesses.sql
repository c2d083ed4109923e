-- Other organisations that cosign the checkpoints of an office's logbook, and the newest cosignature of each under each
-- checkpoint. A witness that ended stays known by its cosignatures.

create table logbook_witnesses (
  id uuid primary key,
  office_id uuid not null references offices (id),
  organisation text not null,
  vkey text not null,
  since timestamptz not null,
  ended_at timestamptz
);
create unique index logbook_witnesses_in_use on logbook_witnesses (office_id, vkey) where ended_at is null;

create table logbook_cosignatures (
  office_id uuid not null references offices (id),
  size bigint not null,
  witness_id uuid not null references logbook_witnesses (id),
  line text not null,
  -- as the witness says
  at timestamptz not null,
  primary key (office_id, size, witness_id),
  foreign key (office_id, size) references logbook_checkpoints (office_id, size)
);

do $$
declare
  name text;
begin
  foreach name in array array['logbook_witnesses', 'logbook_cosignatures'] loop
    execute format('alter table %I enable row level security', name);
    execute format(
      'create policy office_only on %I to ranah_app using (office_id = current_office()) with check (office_id = current_office())',
      name);
    execute format('grant select, insert, update on %I to ranah_app', name);
  end loop;
end $$;
