-- A difference between a zone and the registry is decided by two people: one proposes, another one confirms.

alter table zone_findings
  -- what was proposed and waits for the second person; `reason` is the proposer's
  add column proposal text check (proposal in ('adopt', 'revert')),
  add column proposed_by text references auth_user (id),
  add column proposed_at timestamptz;
create index zone_findings_proposed on zone_findings (office_id) where status = 'open' and proposal is not null;

-- Record sets of the zone when it was compared last: what the share of a change is taken of.
alter table zones add column live_sets integer;
