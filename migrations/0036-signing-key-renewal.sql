-- An administrator may have the signing key of the logbook replaced. The name before hands over to the next one by a note
-- that its own key signs (docs/logbook-format.md, section 8); it is kept with the name that it hands over to.
alter table logbook_keys
  add column renewal_asked_at timestamptz,
  add column handover text;
