-- What a token of the API may do of what its owner may. Null limits nothing: that is what tokens were before.

alter table api_tokens
  add column scopes text[],
  add column names text[],
  add column record_types text[],
  add column networks text[],
  -- uses that were refused: from another network, outside its scope, or after its end
  add column refused_uses integer not null default 0,
  add column refused_at timestamptz;
