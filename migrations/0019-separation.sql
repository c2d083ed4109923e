-- Maker is not checker: the database itself refuses it, whatever the application's code lets through. The same rule in
-- words for people is src/domain/requests/separation.ts. Errors carry the code RA001. The triggers are for whoever writes
-- within an office, which the application always does; a backup of older days is restored as it was.

-- Who acts for the applicant does no step of the office on the same request, and nobody acts in two columns of an SOP
-- where one of them decides. What one SOP gives to one column stays with one person; a letter that was entered at the
-- counter is the agency's, so its clerk may go on in the operators' column.
create function refuse_own_part(r requests, sop jsonb, person text, no integer, deciding boolean, parts jsonb)
  returns void language plpgsql as $$
declare
  step jsonb := jsonb_path_query_first(sop, '$.steps[*] ? (@.no == $n)', jsonb_build_object('n', no));
  col jsonb := jsonb_path_query_first(sop, '$.actors[*] ? (@.id == $a)', jsonb_build_object('a', step->>'actor'));
  part record;
  other jsonb;
  other_col jsonb;
begin
  if step is null then return; end if;
  if col->>'party' <> 'applicant' and not r.at_counter and person in (r.applicant_id, r.created_by) then
    raise exception 'request %: % applied for it and does no step of the office on it', r.ticket, person
      using errcode = 'RA001';
  end if;
  for part in select key::integer as no from jsonb_each_text(parts) where value = person loop
    other := jsonb_path_query_first(sop, '$.steps[*] ? (@.no == $n)', jsonb_build_object('n', part.no));
    other_col := jsonb_path_query_first(sop, '$.actors[*] ? (@.id == $a)', jsonb_build_object('a', other->>'actor'));
    continue when other is null or other->>'actor' = step->>'actor';
    if r.at_counter and (col->>'party' = 'applicant' and other_col->>'role' = 'operator'
      or col->>'role' = 'operator' and other_col->>'party' = 'applicant') then
      continue;
    end if;
    if (other_col->>'party' = 'applicant') <> (col->>'party' = 'applicant')
      or deciding or step ? 'decision' or other ? 'decision' then
      raise exception 'request %: % acted in column % and not in column % as well',
        r.ticket, person, other->>'actor', step->>'actor' using errcode = 'RA001';
    end if;
  end loop;
end $$;

create function sop_of(r requests) returns jsonb language sql stable as $$
  select document from sop_versions where sop_id = r.sop_id and version = r.sop_version $$;

create function requests_separate() returns trigger language plpgsql as $$
declare
  before jsonb := '{}';
  part record;
  sop jsonb;
begin
  if tg_op = 'UPDATE' then
    if new.at_counter <> old.at_counter or new.created_by <> old.created_by
      or new.applicant_id is distinct from old.applicant_id then
      raise exception 'request %: who applied for it does not change', old.ticket using errcode = 'RA001';
    end if;
    before := old.state->'doneBy';
  end if;
  if new.state->'doneBy' is not distinct from before then return new; end if;
  sop := sop_of(new);
  for part in select key::integer as no, value as person from jsonb_each_text(new.state->'doneBy') loop
    continue when before->>(part.no::text) = part.person;
    perform refuse_own_part(new, sop, part.person, part.no, false, new.state->'doneBy');
  end loop;
  return new;
end $$;
create trigger requests_separate before insert or update of state, at_counter, created_by, applicant_id on requests
  for each row when (current_office() is not null) execute function requests_separate();

-- The acts that leave no trace in `doneBy`, and a plan that touches much of a zone: who lets it run does not run it.
create function request_events_separate() returns trigger language plpgsql as $$
declare
  r requests;
begin
  if new.person_id is null or new.step is null
    or new.type not in ('completed', 'returned', 'refused', 'waived', 'plan-allowed') then
    return new;
  end if;
  select * into r from requests where id = new.request_id;
  if new.type = 'plan-allowed' then
    if not r.at_counter and new.person_id in (r.applicant_id, r.created_by) then
      raise exception 'request %: % applied for it and lets no plan of it run', r.ticket, new.person_id
        using errcode = 'RA001';
    end if;
    return new;
  end if;
  perform refuse_own_part(r, sop_of(r), new.person_id, new.step, new.type = 'refused', r.state->'doneBy');
  if exists (select from request_events where request_id = new.request_id and type = 'plan-allowed'
    and step = new.step and visit = new.visit and person_id = new.person_id) then
    raise exception 'request %: % let the plan run and does not run it', r.ticket, new.person_id
      using errcode = 'RA001';
  end if;
  return new;
end $$;
create trigger request_events_separate before insert on request_events
  for each row when (current_office() is not null) execute function request_events_separate();

-- A difference between a zone and the registry: one proposes, another one confirms, and the proposal stays what it was.
create function zone_findings_separate() returns trigger language plpgsql as $$
begin
  if new.proposed_by is null or new.decided_by is null or new.decided_by = new.proposed_by
    or new.proposed_by is distinct from old.proposed_by or new.proposal is distinct from old.proposal then
    raise exception 'difference %: one person proposes and another one confirms', old.id using errcode = 'RA001';
  end if;
  return new;
end $$;
create trigger zone_findings_separate before update of status on zone_findings
  for each row when (current_office() is not null and old.status = 'open' and new.status in ('reverting', 'adopted'))
  execute function zone_findings_separate();

-- Nobody signs the answer to their own application.
create function signings_separate() returns trigger language plpgsql as $$
begin
  if exists (select from letters l join requests r on r.id = l.request_id join signatories s on s.id = new.signatory_id
    where l.id = new.letter_id and not r.at_counter and s.person_id in (r.applicant_id, r.created_by)) then
    raise exception 'letter %: its signatory applied for it', new.letter_id using errcode = 'RA001';
  end if;
  return new;
end $$;
create trigger signings_separate before insert or update of attempt, signatory_id on signings
  for each row when (current_office() is not null and new.attempt is not null) execute function signings_separate();

-- Nobody lets themselves in.
create function self_registrations_separate() returns trigger language plpgsql as $$
begin
  if exists (select from auth_user where id = new.decided_by and lower(email) = lower(new.email)) then
    raise exception 'registration %: it is the decider''s own', new.id using errcode = 'RA001';
  end if;
  return new;
end $$;
create trigger self_registrations_separate before insert or update on self_registrations
  for each row when (current_office() is not null and new.decided_by is not null) execute function self_registrations_separate();
