-- When a session began and was last used, by the portal's own clock; from both follows when it is over.
alter table auth_session
  add column "startedAt" timestamptz not null default now(),
  add column "usedAt" timestamptz not null default now();
