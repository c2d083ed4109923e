-- Times by which lists are read page by page are kept in milliseconds, which is what a cursor carries: rows written in
-- one transaction, or by the clock of the database, are neither passed over nor told twice.
alter table self_registrations alter column created_at type timestamptz(3);
alter table api_tokens alter column created_at type timestamptz(3);
alter table auth_session alter column "startedAt" type timestamptz(3);
alter table appointments alter column created_at type timestamptz(3);
alter table zone_findings alter column found_at type timestamptz(3);
alter table invitations alter column created_at type timestamptz(3);
alter table messages alter column at type timestamptz(3);
alter table documents alter column created_at type timestamptz(3);
alter table disposals alter column proposed_at type timestamptz(3);
