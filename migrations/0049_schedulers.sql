create table job_sights (
  id uuid primary key,
  name text not null,
  before_to timestamptz,
  from_at timestamptz not null,
  to_at timestamptz not null,
  blind_since timestamptz
);
comment on table job_sights is 'What tells us of jobs by itself, such as a connection to their scheduler, and how far it has told all.';
comment on column job_sights.before_to is 'The end of what was known before the last gap.';
comment on column job_sights.from_at is 'Since when all is known, without a gap.';
comment on column job_sights.to_at is 'Until when: nothing is missing that should have happened before it.';
comment on column job_sights.blind_since is 'Since when nothing is known, while it cannot be read; null while it can.';

create table job_sight_jobs (
  job_id uuid primary key references jobs on delete cascade,
  sight_id uuid not null references job_sights on delete cascade
);
create index job_sight_jobs_sight on job_sight_jobs (sight_id);
comment on table job_sight_jobs is 'Jobs of which a sight tells: each of one alone, so that no run counts twice.';

create table schedulers (
  id uuid primary key,
  name text not null,
  kind text not null,
  config jsonb not null,
  secrets text,
  address text not null,
  host text not null default '',
  team_id uuid references teams,
  interval_seconds int not null,
  enabled boolean not null default true,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index schedulers_name on schedulers (lower(name), id);
create index schedulers_sealed on schedulers (left(secrets, 12));
comment on table schedulers is 'Connections to schedulers, which are asked how their jobs run.';
comment on column schedulers.config is 'As the kind wants it, with a mark in the place of each secret.';
comment on column schedulers.secrets is 'Sealed: the config with its secrets.';
comment on column schedulers.address is 'What of the config is shown as its address.';
comment on column schedulers.host is 'The host that was named when its jobs were imported: it is part of what they are known by.';
comment on column schedulers.team_id is 'Whose jobs it tells of; null: of those of all teams.';

create table scheduler_states (
  scheduler_id uuid primary key references schedulers on delete cascade,
  cursor jsonb,
  about text,
  looked_at timestamptz,
  read_at timestamptz,
  failing_since timestamptz,
  problem text,
  lost_since timestamptz,
  next_at timestamptz,
  runs bigint not null default 0
);
comment on table scheduler_states is 'How a connection fares.';
comment on column scheduler_states.cursor is 'Where the next look goes on, in the words of the kind; null: from the beginning.';
comment on column scheduler_states.about is 'What it answers that it is, such as its version.';
comment on column scheduler_states.read_at is 'When it was last read as a whole.';
comment on column scheduler_states.failing_since is 'Since when it cannot be read, with the problem; null while it can.';
comment on column scheduler_states.lost_since is 'Since when people are told that it cannot be read.';
comment on column scheduler_states.runs is 'Starts and ends of runs of our jobs that it has told.';

create table scheduler_strangers (
  scheduler_id uuid not null references schedulers on delete cascade,
  name text not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (scheduler_id, name)
);
comment on table scheduler_strangers is 'Jobs that a scheduler tells of and that we do not have, by what an import would know them by.';

create table scheduler_estimates (
  scheduler_id uuid not null references schedulers on delete cascade,
  name text not null,
  job text not null,
  service text not null,
  expected_end timestamptz,
  due timestamptz,
  status text not null,
  said jsonb not null,
  at timestamptz not null,
  primary key (scheduler_id, name)
);
create index scheduler_estimates_job on scheduler_estimates (job);
comment on table scheduler_estimates is 'By when a scheduler itself expects its services to end.';
comment on column scheduler_estimates.name is 'The service and its date.';
comment on column scheduler_estimates.job is 'The last job of the service, by what an import knows it by.';
comment on column scheduler_estimates.at is 'When it said so last.';
