-- Under which licence, and with which words about its source, an office gives its open lists away; what is left out
-- follows src/domain/office/open-data.ts.
alter table offices add column open_data jsonb not null default '{}';
