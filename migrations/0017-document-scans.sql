-- What the malware scanner said about a document that came from outside. 'off': there was no scanner when it was taken
-- in, or the office wrote it itself. A document that waits or was found cannot be downloaded by anybody.
alter table documents add column scan text not null default 'off' check (scan in ('off', 'waiting', 'clean', 'found'));
alter table documents add column scan_finding text;
alter table documents add check ((scan = 'found') = (scan_finding is not null));
create index documents_waiting on documents (office_id) where scan = 'waiting';
