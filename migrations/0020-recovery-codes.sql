-- Recovery codes of a person, for the day the second factor is lost: only their hashes, each used once. They belong to
-- the account and not to an office.
create table recovery_codes (
  person_id text not null references auth_user (id) on delete cascade,
  code_hash text not null,
  made_at timestamptz not null,
  used_at timestamptz,
  primary key (person_id, code_hash)
);
grant select, insert, update, delete on recovery_codes to ranah_app;
-- The earlier codes could be read back with the installation's key; they end here, and the account page says so.
update auth_two_factor set "backupCodes" = '';
