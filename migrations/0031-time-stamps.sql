-- What stamps the time of a letter's signature. A letter that was signed while no time stamp could be had is kept with
-- its signature until one comes: it is not signed again.
alter table letters add column time_stamp jsonb;
alter table signings add column signed_pdf bytea;
alter table signings add constraint signings_signed_decided check (signed_pdf is null or attempt is not null);
