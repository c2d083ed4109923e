-- One certificate for several sites of a host, and one count for all offices under a registered domain.

-- the wish whose certificate this one is, too: its key is on the same host
alter table certificates add column shared_from uuid references certificates (id);
-- signing it together with others was refused: from then on it goes by itself
alter table certificates add column alone boolean not null default false;

-- What counts under a registered domain, of every office: authorities count them together. Of another office only
-- the domain is told, not the names. What stands in trouble holds up nobody who comes after it.
create function certificates_under(domain text, since timestamptz)
  returns table (
    id uuid, own boolean, names text[], serial text, is_exempt boolean, signed_at timestamptz,
    waits boolean, created_at timestamptz
  )
  language sql stable security definer set search_path = public
  as $$
    select c.id, c.office_id = current_office(),
      case when c.office_id = current_office() then c.names else array[domain] end,
      c.serial, c.is_exempt, c.signed_at,
      c.status = 'waiting' and c.chain is null and c.shared_from is null and c.trouble is null, c.created_at
    from certificates c
    where (c.signed_at > since or (c.status = 'waiting' and c.chain is null and c.shared_from is null))
      and exists (
        select from unnest(c.names) as n(name)
        where n.name = domain or right(n.name, length(domain) + 1) = '.' || domain
      )
  $$;
revoke all on function certificates_under(text, timestamptz) from public;
grant execute on function certificates_under(text, timestamptz) to ranah_app;
