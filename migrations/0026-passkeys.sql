-- Passkeys of a person (WebAuthn). They belong to the account and not to an office; only public keys are kept.
create table passkeys (
  id text primary key,
  person_id text not null references auth_user (id) on delete cascade,
  name text not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  made_at timestamptz not null,
  used_at timestamptz
);
create index passkeys_person on passkeys (person_id);
-- A challenge is signed and not kept; that it was used is kept until it would be over anyway.
create table used_challenges (
  challenge_hash text primary key,
  expires_at timestamptz not null
);
grant select, insert, update, delete on passkeys, used_challenges to ranah_app;
