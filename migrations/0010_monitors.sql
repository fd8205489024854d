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
  timeout_seconds double precision not null check (timeout_seconds between 0.1 and 120),
  down_after int not null default 3 check (down_after between 1 and 20),
  of_looks int not null default 3 check (of_looks between 1 and 20),
  up_after int not null default 1 check (up_after between 1 and 20),
  enabled boolean not null default true,
  shard int not null check (shard between 0 and 63),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1,
  check (down_after <= of_looks)
);
create index monitors_name on monitors (lower(name), id);
create index monitors_shard on monitors (shard) where enabled;
create index monitors_service on monitors (service_id);
comment on table monitors is 'Checks that repeat.';
comment on column monitors.config is 'Of the kind''s own schema; each secret is replaced by a mark.';
comment on column monitors.secrets is 'The whole config with its secrets, encrypted; null when it has none.';
comment on column monitors.address is 'What is looked at, in a few words, for lists and search.';
comment on column monitors.timeout_seconds is 'Copied out of the config, for sentences and statements.';
comment on column monitors.shard is '0 to 63; processes share the shards by lease.';

create table monitor_shards (
  shard int primary key check (shard between 0 and 63),
  changes bigint not null default 0
);
insert into monitor_shards (shard) select generate_series(0, 63);
comment on table monitor_shards is 'Counts the changes to the monitors of a shard, so that those who look see cheaply when to load them anew.';

create table monitor_states (
  monitor_id uuid primary key references monitors on delete cascade,
  state text not null default 'unknown' check (state in ('up', 'degraded', 'down', 'unknown')),
  decided boolean not null default false,
  since timestamptz not null,
  reason text,
  flip int not null default 0,
  applied_flip int not null default 0,
  looks jsonb not null default '[]',
  term bigint not null default 0,
  seq bigint not null default 0,
  span text check (span in ('up', 'degraded', 'down', 'unknown', 'unobserved')),
  span_from timestamptz,
  watched_until timestamptz,
  last_at timestamptz,
  last_outcome text,
  last_ms double precision,
  last_message text,
  last_result jsonb,
  last_failure jsonb
) with (fillfactor = 50);
create index monitor_states_trouble on monitor_states (state) where state <> 'up';
comment on table monitor_states is 'The newest state of each monitor, updated with each batch of looks.';
comment on column monitor_states.decided is 'False until the first looks after creation or a pause have decided.';
comment on column monitor_states.flip is 'Number of the last change of state.';
comment on column monitor_states.applied_flip is 'Number of the newest change that was reported; an older one does nothing any more.';
comment on column monitor_states.looks is 'Outcomes of the last looks, newest last, as many as the n-of-m rule needs.';
comment on column monitor_states.term is 'Term of the shard''s lease under which the last look was made; with seq it puts looks in order whatever the clocks say.';
comment on column monitor_states.span is 'State of the open row of monitor_spans; null when there is none.';
comment on column monitor_states.watched_until is 'How long the last look speaks for the monitor; later than that nobody was looking.';

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
comment on column results.message is 'Null where all is fine.';

create table result_hours (
  monitor_id uuid not null,
  at timestamptz not null,
  looks int not null,
  failures int not null,
  blind int not null,
  avg_ms real,
  p95_ms real,
  max_ms real,
  primary key (monitor_id, at)
) partition by range (at);
create table result_hours_default partition of result_hours default;
comment on table result_hours is 'Looks of each hour in figures, for charts over weeks; times are of looks that got an answer.';

create table result_rollups (
  one boolean primary key default true check (one),
  done_until timestamptz not null
);
comment on table result_rollups is 'Up to which hour the looks are rolled up.';

create table monitor_spans (
  monitor_id uuid not null,
  from_at timestamptz not null,
  to_at timestamptz,
  state text not null check (state in ('up', 'degraded', 'down', 'unknown', 'unobserved')),
  message text,
  primary key (monitor_id, from_at)
);
create unique index monitor_spans_open on monitor_spans (monitor_id) where to_at is null;
create index monitor_spans_over on monitor_spans (to_at) where to_at is not null;
comment on table monitor_spans is 'States over time, for strips and uptime. Unobserved: Watchfloor itself was not looking; counted neither as up nor as down.';

create table shard_leases (
  shard int primary key,
  process uuid,
  lease_until timestamptz,
  term bigint not null default 0
);
insert into shard_leases (shard) select generate_series(0, 63);
comment on table shard_leases is 'Which process looks after which shard of the monitors; leases on the database''s real time.';
comment on column shard_leases.term is 'Rises with each change of hands; looks made under an older term no longer decide.';

create table monitor_processes (
  process uuid primary key,
  lease_until timestamptz not null
);
comment on table monitor_processes is 'Processes that could look after monitors, so that each knows its fair share.';
