-- An e-mail address that a person wants for their account, until the link sent there is used: one for each person, and
-- only the hash of the link's token. It belongs to the account and not to an office.
create table email_changes (
  person_id text primary key references auth_user (id) on delete cascade,
  email text not null,
  token_hash text not null,
  expires_at timestamptz not null
);
grant select, insert, update, delete on email_changes to ranah_app;
