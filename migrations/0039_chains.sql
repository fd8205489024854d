create table chain_deadlines (
  id uuid primary key,
  slug text not null unique,
  name text not null,
  job_id uuid references jobs on delete set null,
  due jsonb not null,
  weekdays smallint[] not null check (weekdays <@ '{1,2,3,4,5,6,7}'),
  calendar_id uuid references calendars,
  cut text check (cut ~ '^\d\d:\d\d$'),
  tell_from text not null check (tell_from in ('at_risk', 'predicted_late', 'late')),
  consequence text not null,
  audience text not null,
  cost text not null,
  team_id uuid references teams,
  service_id uuid references services,
  held_until timestamptz,
  held_reason text not null default '',
  said jsonb,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1
);
create index chain_deadlines_name on chain_deadlines (lower(name), id);
create index chain_deadlines_job on chain_deadlines (job_id);
comment on table chain_deadlines is 'By when a job must be done with all that it waits for, and who is hurt when it is not.';
comment on column chain_deadlines.job_id is 'The last job of the chain; null: it was deleted, and nothing is predicted any more.';
comment on column chain_deadlines.due is '{kind: by, time, days after the business date, zone} or {kind: in, seconds after the chain began, zone}.';
comment on column chain_deadlines.weekdays is 'Business dates on which it holds: 1 Monday to 7 Sunday.';
comment on column chain_deadlines.calendar_id is 'It holds only on dates on which this calendar is open at some time; null: on all.';
comment on column chain_deadlines.cut is 'When a new business date begins, in the zone of the deadline; null: as that zone has it.';
comment on column chain_deadlines.tell_from is 'From which state on an alert is raised.';
comment on column chain_deadlines.consequence is 'What happens to the business when it slips.';
comment on column chain_deadlines.held_until is 'Until then no alert is raised; the prediction goes on.';
comment on column chain_deadlines.said is 'Of one that was imported: as its scheduler says it ({origin, name, due}); what has not changed there since is left as people have it here.';

create table chain_cuts (
  zone text primary key,
  cut text not null check (cut ~ '^\d\d:\d\d$'),
  updated_at timestamptz not null
);
comment on table chain_cuts is 'When a new business date begins, by zone; 17:00 where nothing is said.';

create table chain_extensions (
  deadline_id uuid not null references chain_deadlines on delete cascade,
  business_date date not null,
  due_at timestamptz not null,
  reason text not null,
  by_name text not null,
  at timestamptz not null,
  primary key (deadline_id, business_date)
);
comment on table chain_extensions is 'Another time for one business date, and why.';

create table chain_edges (
  id uuid primary key,
  from_job_id uuid not null references jobs on delete cascade,
  to_job_id uuid not null references jobs on delete cascade,
  outcome text not null check (outcome in ('succeeded', 'failed', 'done', 'terminated', 'not-running')),
  reach jsonb not null,
  reason text not null,
  by_name text not null,
  at timestamptz not null,
  unique (from_job_id, to_job_id),
  check (from_job_id <> to_job_id)
);
create index chain_edges_to on chain_edges (to_job_id);
comment on table chain_edges is 'One job waits for another, as a person has drawn it: between schedulers, where neither knows. Kept apart from what an import says.';
comment on column chain_edges.reach is 'Which run of the other job counts, as `within` of a condition.';

create table chain_nights (
  deadline_id uuid not null references chain_deadlines on delete cascade,
  business_date date not null,
  due_at timestamptz not null,
  state text not null check (state in ('planned', 'on_time', 'at_risk', 'predicted_late', 'late', 'blocked', 'no_statistics',
    'unknown', 'done', 'done_late')),
  since timestamptz not null,
  settled boolean not null default false,
  told boolean not null default false,
  odds double precision,
  ends_at timestamptz,
  done_at timestamptz,
  slack_ms bigint,
  culprit_id uuid,
  predicted_at timestamptz not null,
  primary key (deadline_id, business_date)
);
create index chain_nights_open on chain_nights (due_at) where not settled;
comment on table chain_nights is 'A deadline on one business date, with its latest prediction.';
comment on column chain_nights.settled is 'Nothing of it is predicted any more: its job is done, or nobody can know.';
comment on column chain_nights.told is 'An alert was raised for it and has not ended.';
comment on column chain_nights.odds is 'That it is missed, 0 to 1; null where nobody can say.';
comment on column chain_nights.ends_at is 'When it is expected to end; null when it does not end as things are.';
comment on column chain_nights.culprit_id is 'The job to act on.';

create table chain_forecasts (
  deadline_id uuid not null,
  at timestamptz not null,
  business_date date not null,
  state text not null,
  odds double precision,
  p50 timestamptz,
  p80 timestamptz,
  p95 timestamptz,
  due_at timestamptz not null,
  culprit_id uuid,
  primary key (deadline_id, at)
) partition by range (at);
create table chain_forecasts_default partition of chain_forecasts default;
create index chain_forecasts_night on chain_forecasts (deadline_id, business_date, at);
comment on table chain_forecasts is 'What was predicted when: once in five minutes, and at each change of state.';

create table chain_feeds (
  user_id uuid primary key references users on delete cascade,
  hash text not null unique,
  created_at timestamptz not null
);
comment on table chain_feeds is 'Addresses of calendars of deadlines: whoever knows one may read it. Only the hash of its secret is kept.';

create table chain_runs (
  job_id uuid not null,
  at timestamptz not null,
  run_id uuid not null,
  started_at timestamptz,
  ended_at timestamptz not null,
  outcome text not null check (outcome in ('succeeded', 'failed')),
  exit_status smallint,
  host text,
  primary key (job_id, at, run_id)
);
create index chain_runs_at on chain_runs using brin (at);
comment on table chain_runs is 'Runs of the jobs of chains in few words, kept for 800 days: pings go sooner, and a quarter ends four times a year.';
comment on column chain_runs.at is 'When its end was received.';
