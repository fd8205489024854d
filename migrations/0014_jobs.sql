create table jobs (
  id uuid primary key,
  slug text not null unique,
  name text not null,
  description text not null default '',
  service_id uuid references services,
  environment text not null default 'prod' check (environment in ('prod', 'uat', 'test', 'dev')),
  team_id uuid references teams,
  schedule jsonb not null,
  grace_seconds int not null check (grace_seconds between 0 and 31622400),
  max_run_seconds int check (max_run_seconds between 1 and 31622400),
  pings_per_second int not null default 50 check (pings_per_second between 1 and 100000),
  paused_at timestamptz,
  archived_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1
);
create index jobs_name on jobs (lower(name), id);
create index jobs_service on jobs (service_id);
comment on table jobs is 'Scheduled work that we expect to hear from.';
comment on column jobs.id is 'Also the address of its pings: whoever knows it may ping.';
comment on column jobs.schedule is 'When it is expected: {kind: period, seconds} or {kind: cron or oncalendar, expression, zone}.';
comment on column jobs.grace_seconds is 'How late it may be before somebody is told.';
comment on column jobs.max_run_seconds is 'How long a run may take before somebody is told; null for no limit.';
comment on column jobs.archived_at is 'Kept for its history; its pings are refused.';

create table job_states (
  job_id uuid primary key references jobs on delete cascade,
  outcome text check (outcome in ('success', 'fail')),
  last_at timestamptz,
  last_run uuid,
  last_ms bigint,
  last_exit smallint,
  last_ping_at timestamptz,
  last_late_ms bigint,
  pings bigint not null default 0,
  open jsonb not null default '[]',
  is_long boolean not null default false,
  due_at timestamptz,
  missed_at timestamptz,
  unheard_at timestamptz,
  look_at timestamptz,
  told_fail_at timestamptz,
  flip int not null default 0
) with (fillfactor = 50);
create index job_states_look on job_states (look_at) where look_at is not null;
comment on table job_states is 'The newest state of each job, updated with each batch of pings.';
comment on column job_states.outcome is 'Of the last run that ended; null while none has.';
comment on column job_states.last_at is 'When that run ended, by the clock of the job where it was told late.';
comment on column job_states.last_late_ms is 'How much later than due it came; negative when earlier, null where nothing was due.';
comment on column job_states.open is 'Runs that have started and not ended: [{run, rid, at, due, long}].';
comment on column job_states.is_long is 'One of the open runs takes longer than it may.';
comment on column job_states.due_at is 'When it is expected next; null when never.';
comment on column job_states.missed_at is 'When it was last expected and did not come; null when it came.';
comment on column job_states.unheard_at is 'When it was expected and Watchfloor itself was not listening, so that nobody knows whether it ran.';
comment on column job_states.look_at is 'When to look whether something has not come. Never later than that deadline, often earlier: a ping that puts the deadline off leaves it, so that the index is not written for each ping.';
comment on column job_states.told_fail_at is 'When a failure was last told, so that a job that fails in a loop is not told for each run.';
comment on column job_states.flip is 'Number of the last change that is told.';

create table job_told (
  job_id uuid not null references jobs on delete cascade,
  kind text not null check (kind in ('miss', 'failure', 'long', 'unheard')),
  flip int not null,
  primary key (job_id, kind)
);
comment on table job_told is 'Number of the newest change of each kind that was told; an older one does nothing any more.';

create table pings (
  job_id uuid not null,
  at timestamptz not null,
  id uuid not null,
  kind text not null check (kind in ('start', 'success', 'fail', 'log', 'lost')),
  happened_at timestamptz not null,
  run_id uuid not null,
  rid uuid,
  exit_status smallint,
  started_at timestamptz,
  due_at timestamptz,
  host text,
  remote text,
  method text,
  user_agent text,
  output text,
  output_bytes bigint not null default 0,
  note text,
  primary key (job_id, at, id)
) partition by range (at);
create table pings_default partition of pings default;
create index pings_run on pings (job_id, run_id);
comment on table pings is 'Every ping, in the order of arrival. One that ends a run stands for that run.';
comment on column pings.at is 'When it was received.';
comment on column pings.kind is 'lost: a run that started and whose end was never told.';
comment on column pings.happened_at is 'When it happened: earlier than received where it was told late.';
comment on column pings.run_id is 'The run it belongs to: what the sender called it (rid), else the id of the ping that began it.';
comment on column pings.started_at is 'Of an end: when that run started, where it is known.';
comment on column pings.due_at is 'Of an end: when that run was expected, where it was.';
comment on column pings.output is 'The end of what was sent with it, as text.';
comment on column pings.output_bytes is 'How much was sent.';
comment on column pings.note is 'What was wrong with its times, in a sentence.';

create table ping_ids (
  job_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  primary key (job_id, id)
);
create index ping_ids_at on ping_ids (at);
comment on table ping_ids is 'Ids that senders gave to their pings, so that one that comes twice counts once; kept for longer than a ping may be late.';
