-- What was seen in a PDF when it was taken in: the pages it states (null: not readable, or taken in before this
-- was looked at), and what it carries beside them.
alter table documents add column pages integer check (pages > 0);
alter table documents add column carries text[] not null default '{}';
