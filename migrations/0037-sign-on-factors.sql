-- Whose second factor counts when people come from the office's identity provider: ours, the provider's when its token says
-- that there was one, or always the provider's. Whoever named an acr value, or said "always", said so already.
alter table identity_providers add column second_factor text not null default 'portal'
  check (second_factor in ('portal', 'said', 'always'));
update identity_providers
  set second_factor = case when always_strong then 'always' when strong_acr is not null then 'said' else 'portal' end;
alter table identity_providers alter column second_factor drop default, drop column always_strong;
-- The office whose provider opened a session: without a second factor of ours it opens that office alone.
alter table auth_session add column "signedOnOffice" uuid references offices (id);
