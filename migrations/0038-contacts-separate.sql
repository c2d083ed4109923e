-- Whoever is named in an application as a contact decides nothing on it in a column of heads: it is about what they answer for
-- themselves. The same rule in words for people is src/domain/requests/separation.ts.
create function contact_events_separate() returns trigger language plpgsql as $$
declare
  r requests;
  sop jsonb;
  step jsonb;
  col jsonb;
begin
  select * into r from requests where id = new.request_id;
  if not exists (select from auth_user where id = new.person_id and lower(email) in
    (lower(r.form->'administrative'->>'email'), lower(r.form->'technical'->>'email'))) then
    return new;
  end if;
  sop := sop_of(r);
  step := jsonb_path_query_first(sop, '$.steps[*] ? (@.no == $n)', jsonb_build_object('n', new.step));
  col := jsonb_path_query_first(sop, '$.actors[*] ? (@.id == $a)', jsonb_build_object('a', step->>'actor'));
  if col->>'party' = 'office' and coalesce(col->>'role', '') <> 'operator'
    and (new.type = 'refused' or step ? 'decision') then
    raise exception 'request %: % is named as its contact and does not decide', r.ticket, new.person_id
      using errcode = 'RA001';
  end if;
  return new;
end $$;
create trigger contact_events_separate before insert on request_events
  for each row when (current_office() is not null and new.person_id is not null and new.step is not null
    and new.type in ('completed', 'returned', 'refused')) execute function contact_events_separate();
