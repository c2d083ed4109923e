-- The age key that a person gave for themselves: credentials for them are encrypted to it. It belongs to the account
-- and not to an office, as the second factor does.
create table age_recipients (
  person_id text primary key references auth_user (id) on delete cascade,
  recipient text not null check (recipient ~ '^age1[ac-hj-np-z02-9]{58}$'),
  since timestamptz not null
);
grant select, insert, update, delete on age_recipients to ranah_app;

-- To which age key the credentials were encrypted when they were made; null when the installation's key alone seals them.
alter table credential_reveals add column recipient text;
