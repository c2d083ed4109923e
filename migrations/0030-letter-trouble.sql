-- Why a numbered letter that belongs to no request could not be set yet: a sentence for the desk. A letter of a request
-- says it there.
alter table letters add column trouble jsonb;
