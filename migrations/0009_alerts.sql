create table sources (
  id uuid primary key,
  kind text not null,
  slug text not null unique,
  name text not null,
  team_id uuid references teams,
  service_id uuid references services,
  environment text not null default 'prod' check (environment in ('prod', 'uat', 'test', 'dev')),
  opens_incident boolean not null default true,
  enabled boolean not null default true,
  per_second int not null default 2000 check (per_second between 1 and 100000),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1
);
comment on table sources is 'Tools that send us events, each with its own key. The monitors are a source of their own.';
comment on column sources.service_id is 'The service of its alerts when a signal names none.';
comment on column sources.opens_incident is 'Whether its alerts open incidents; else they are only shown.';
comment on column sources.per_second is 'How many requests a second one key may send to one process.';
create index sources_name on sources (lower(name), id);

create table source_keys (
  id uuid primary key,
  source_id uuid not null references sources on delete cascade,
  hash text not null unique,
  hint text not null,
  created_at timestamptz not null,
  revoked_at timestamptz
);
create index source_keys_source on source_keys (source_id);
comment on table source_keys is 'Keys for intake alone, hashed; two may be valid at once.';

create table source_stats (
  source_id uuid not null,
  slot smallint not null,
  last_at timestamptz not null,
  signals bigint not null default 0,
  problems bigint not null default 0,
  last_problem text,
  last_problem_at timestamptz,
  rate double precision not null default 0,
  primary key (source_id, slot)
) with (fillfactor = 50);
comment on table source_stats is 'Counters of intake, upserted with each batch.';
comment on column source_stats.slot is 'A source counts in several rows, so that batches do not wait for each other; their sum counts.';
comment on column source_stats.rate is 'Signals a second at last_at, as a moving average over five minutes.';

create table journal (
  source_id uuid not null,
  at timestamptz not null,
  id uuid not null,
  content_type text not null,
  headers jsonb not null,
  body bytea not null,
  outcome text not null check (outcome in ('read', 'unreadable')),
  problem text,
  signals int not null default 0,
  primary key (source_id, at, id)
) partition by range (at);
create table journal_default partition of journal default;
comment on table journal is 'Raw bytes and headers of all that tools sent, as received, keys masked. What could not be read is kept here and can be replayed.';

create table signals (
  source_id uuid not null,
  at timestamptz not null,
  id uuid not null,
  dedup_key text not null,
  kind text not null check (kind in ('firing', 'resolved', 'acknowledged', 'comment', 'blind', 'change', 'heartbeat')),
  happened_at timestamptz not null,
  severity text,
  summary text not null,
  body jsonb not null,
  journal_id uuid,
  primary key (source_id, dedup_key, at, id)
) partition by range (at);
create table signals_default partition of signals default;
comment on table signals is 'Normalised events, one row each. at: received; happened_at: as the sender says.';
comment on column signals.journal_id is 'What it was read from; null for the signals of our own monitors.';

create table alert_keys (
  source_id uuid not null,
  dedup_key text not null,
  state text not null default 'resolved' check (state in ('firing', 'resolved', 'blind')),
  severity text not null default 'medium',
  flip int not null default 0,
  fired_flip int not null default 0,
  fired_at timestamptz,
  fired_before bigint not null default 0,
  ended_at timestamptz,
  last_firing_at timestamptz,
  last_resolved_at timestamptz,
  last_signal_at timestamptz not null,
  shown_at timestamptz,
  shown_id uuid,
  occurrences bigint not null default 0,
  turn bigint not null default 0,
  primary key (source_id, dedup_key)
) with (fillfactor = 70);
comment on table alert_keys is 'The newest known state of each (source, dedup key), upserted with each batch of signals; a change of state or severity is a flip with a number.';
comment on column alert_keys.fired_flip is 'The flip at which it last began to fire; higher than the flip of the alert means another alert.';
comment on column alert_keys.turn is 'Counts writes: who writes checks that nobody has written since he read.';
comment on column alert_keys.fired_before is 'Occurrences when it last began to fire.';
comment on column alert_keys.last_firing_at is 'The sender''s time of the latest firing, null where it gave none to go by; a resolve that is older closes nothing.';
comment on column alert_keys.last_resolved_at is 'The sender''s time of the latest resolve, null where it gave none to go by; a firing that is older opens nothing.';
comment on column alert_keys.shown_id is 'With shown_at: the row in signals that says what the alert shows.';

create table alerts (
  id uuid primary key,
  source_id uuid not null,
  dedup_key text not null,
  status text not null check (status in ('firing', 'resolved', 'expired', 'blind')),
  flip int not null,
  severity text not null,
  title text not null,
  summary text not null default '',
  labels jsonb not null default '{}',
  links jsonb not null default '[]',
  service_id uuid,
  host text,
  environment text not null default 'prod',
  team_id uuid,
  priority smallint,
  route jsonb not null default '{}',
  ticket_id uuid,
  held jsonb,
  previous_id uuid,
  occurrences_before bigint not null default 0,
  occurrences_end bigint,
  started_at timestamptz not null,
  ended_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by jsonb,
  updated_at timestamptz not null,
  version int not null default 1
);
create unique index alerts_open on alerts (source_id, dedup_key) where status in ('firing', 'blind');
create index alerts_list on alerts (started_at desc, id desc);
create index alerts_firing on alerts (started_at desc, id desc) where status in ('firing', 'blind');
create index alerts_service on alerts (service_id, started_at desc);
create index alerts_ticket on alerts (ticket_id);
create index alerts_key on alerts (source_id, dedup_key, flip desc);
create index alerts_source on alerts (source_id, started_at desc, id desc);
create index alerts_source_open on alerts (source_id) where status in ('firing', 'blind');
create index alerts_host on alerts (source_id, host) where host is not null and service_id is null;
create index alerts_health on alerts (service_id, environment, severity) where status in ('firing', 'blind');
create index alerts_held on alerts ((held->>'id')) where held is not null and status in ('firing', 'blind');
create index alerts_title on alerts using gin (title gin_trgm_ops);
comment on table alerts is 'The stateful thing that signals are about: one open alert per (source, dedup key). A firing after a resolve is a new alert that links to the last.';
comment on column alerts.held is 'Why it was held back: {kind: silence|maintenance, id, reason, until}. Suppresses telling and opening, never resolving.';
comment on column alerts.route is 'How service, team, priority and policy were found, in words and facts.';
comment on column alerts.occurrences_before is 'Occurrences of the key when this alert began; the count of this alert is the difference.';
comment on column alerts.occurrences_end is 'Occurrences of the key when this alert ended; null while it is open.';
comment on column alerts.flip is 'The newest flip of its key that was applied to it.';

create table silences (
  id uuid primary key,
  matchers jsonb not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  reason text not null,
  created_by jsonb not null,
  team_id uuid references teams,
  created_at timestamptz not null,
  ended_at timestamptz,
  version int not null default 1,
  check (ends_at > starts_at)
);
create index silences_open on silences (ends_at, id) where ended_at is null;
create index silences_list on silences (created_at desc, id desc);
create index silences_team on silences (team_id);
comment on table silences is 'Until a time, for what the matchers say, with author and reason. Holds back telling, never watching, never resolving.';
comment on column silences.team_id is 'Covers the alerts of this team alone; null covers all.';
comment on column silences.ended_at is 'When it was over, by its time or by hand.';

create table maintenance_windows (
  id uuid primary key,
  name text not null,
  service_ids uuid[] not null default '{}',
  hosts text[] not null default '{}',
  environments text[] not null default '{}',
  starts_at timestamptz not null,
  ends_at timestamptz,
  recurrence jsonb,
  reason text not null,
  team_id uuid references teams,
  created_by jsonb not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  version int not null default 1,
  check (ends_at > starts_at),
  check (ends_at is not null or recurrence is not null)
);
create index maintenance_windows_open on maintenance_windows (id) where ended_at is null;
create index maintenance_windows_list on maintenance_windows (created_at desc, id desc);
create index maintenance_windows_team on maintenance_windows (team_id);
comment on table maintenance_windows is 'Planned work: what it covers is not told about while it lasts.';
comment on column maintenance_windows.team_id is 'Covers the alerts of this team alone; null covers all.';
comment on column maintenance_windows.recurrence is 'Null for once, or {zone, weekdays, from: "HH:MM", minutes}; it recurs between starts_at and ends_at, for ever without.';
comment on column maintenance_windows.ended_at is 'When it was over for good, by its time or by hand.';

create table service_health (
  service_id uuid not null,
  environment text not null,
  state text not null check (state in ('ok', 'degraded', 'down', 'unknown')),
  since timestamptz not null,
  firing int not null default 0,
  primary key (service_id, environment)
);
comment on table service_health is 'Health of services out of their open alerts. Without a row nothing watches the service there.';

create table service_health_spans (
  service_id uuid not null,
  environment text not null,
  state text not null check (state in ('ok', 'degraded', 'down', 'unknown')),
  from_at timestamptz not null,
  to_at timestamptz,
  primary key (service_id, environment, from_at)
);
comment on table service_health_spans is 'States of services over time, for the strips; an open end is the present state.';

create table observed_spans (
  from_at timestamptz primary key,
  to_at timestamptz not null
);
comment on table observed_spans is 'When Watchfloor was running. What lies between two rows was not observed and counts as neither fine nor broken.';
