-- How a session proved a second factor; null where a password alone opened it.
alter table auth_session add column "provenBy" text
  check ("provenBy" in ('code', 'recovery-code', 'passkey', 'provider'));
-- Nobody knows it of sessions from before, so everybody signs in again.
delete from auth_session;
-- Of two that begin at once to set up an app, one key must be the one that counts.
delete from auth_two_factor t using auth_two_factor other
  where t."userId" = other."userId" and (other.verified, other.id) > (t.verified, t.id);
drop index auth_two_factor_user;
create unique index auth_two_factor_user on auth_two_factor ("userId");
-- After an administrator took all factors away, a new one is set up through a link that was mailed.
alter table auth_user
  add column "enrolmentHash" text,
  add column "enrolmentUntil" timestamptz;
-- A token acts with the strength of the session that made it.
alter table api_tokens add column proven_by text
  check (proven_by in ('code', 'recovery-code', 'passkey', 'provider'));
update api_tokens set proven_by = 'code'
  where person_id in (select id from auth_user where "twoFactorEnabled");
-- Staff always need a second factor; an office may ask it of the people of agencies too.
alter table offices add column applicants_need_factor boolean not null default false;
-- The administrator knows that the provider lets nobody in with a password alone, though it does not say so.
alter table identity_providers add column always_strong boolean not null default false;
