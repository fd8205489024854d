-- Programs of others hear of what changes: each webhook reads the log from a place of its own.
create table webhooks (
  id uuid primary key,
  name text not null,
  host text not null,
  config text not null,
  about text[] not null check (about <> '{}' and about <@ array['deadline', 'job']),
  team_id uuid references teams on delete cascade,
  place text not null,
  delivered_at timestamptz,
  failing_since timestamptz,
  problem text,
  failures int not null default 0,
  created_at timestamptz not null
);
create index webhooks_sealed on webhooks (left(config, 12));
create index webhooks_team on webhooks (team_id) where team_id is not null;
comment on table webhooks is 'Addresses to which changes of deadlines and jobs are posted.';
comment on column webhooks.host is 'Of its address, to be shown.';
comment on column webhooks.config is 'Its address and the secret that signs, sealed.';
comment on column webhooks.team_id is 'Only what belongs to this team; null: what belongs to anybody.';
comment on column webhooks.place is 'The last event of the log that it was told of or has passed over: transaction and sequence number.';
comment on column webhooks.failing_since is 'Since when it has taken nothing.';
comment on column webhooks.failures is 'Tries in a row that were not taken.';
