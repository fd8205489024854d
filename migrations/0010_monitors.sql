create table monitors (
  id uuid primary key,
  name text not null,
  kind text not null,
  config jsonb not null,
  secrets text,
  address text not null,
  service_id uuid references services,
  environment text not null default 'prod' check (environment in ('prod', 'uat', 'test', 'dev')),
  team_id uuid references teams,
  interval_seconds int not null check (interval_seconds between 5 and 86400),
  timeout_seconds int not null check (timeout_seconds between 1 and 120),
  down_after int not null default 3 check (down_after between 1 and 20),
  of_looks int not null default 3 check (of_looks between 1 and 20),
  up_after int not null default 1 check (up_after between 1 and 20),
  degraded_ms int,
  enabled boolean not null default true,
  shard int not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1,
  check (down_after <= of_looks)
);
create index monitors_name on monitors (lower(name), id);
create index monitors_shard on monitors (shard) where enabled;
create index monitors_service on monitors (service_id);
comment on table monitors is 'Checks that repeat.';
comment on column monitors.secrets is 'Secret fields of the config, encrypted.';
comment on column monitors.shard is '0 to 63; processes share the shards by lease.';

create table monitor_states (
  monitor_id uuid primary key references monitors on delete cascade,
  state text not null default 'unknown' check (state in ('up', 'degraded', 'down', 'unknown')),
  since timestamptz not null,
  flip int not null default 0,
  looks jsonb not null default '[]',
  last_at timestamptz,
  last_outcome text,
  last_ms double precision,
  last_message text,
  last_result jsonb,
  last_failure jsonb
) with (fillfactor = 50);
create index monitor_states_trouble on monitor_states (state) where state <> 'up';
comment on table monitor_states is 'The newest state of each monitor, upserted with each batch of results.';
comment on column monitor_states.looks is 'Outcomes of the last looks, newest last, as many as the n-of-m rule needs.';
comment on column monitor_states.flip is 'Number of the last change of state.';

create table results (
  monitor_id uuid not null,
  at timestamptz not null,
  outcome text not null check (outcome in ('ok', 'degraded', 'failed', 'blind')),
  ms real,
  code text,
  message text,
  timings jsonb,
  primary key (monitor_id, at)
) partition by range (at);
create table results_default partition of results default;
comment on table results is 'Every look.';

create table monitor_spans (
  monitor_id uuid not null,
  from_at timestamptz not null,
  to_at timestamptz,
  state text not null check (state in ('up', 'degraded', 'down', 'unknown', 'unobserved')),
  message text,
  primary key (monitor_id, from_at)
);
create unique index monitor_spans_open on monitor_spans (monitor_id) where to_at is null;
comment on table monitor_spans is 'States over time, for strips and uptime. Unobserved: Watchfloor itself was not looking; counted neither as up nor as down.';

create table shard_leases (
  shard int primary key,
  process uuid,
  lease_until timestamptz
);
insert into shard_leases (shard) select generate_series(0, 63);
comment on table shard_leases is 'Which process looks after which shard of the monitors; leases on the database''s real time.';
