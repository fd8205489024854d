create table scheduler_actions (
  id uuid primary key,
  name text not null,
  act text not null check (act in ('rerun', 'hold', 'release', 'kill')),
  kind text not null,
  config jsonb not null,
  secrets text,
  team_id uuid references teams,
  scheduler text,
  tags text[] not null default '{}',
  environments text[] not null default '{}',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1
);
create unique index scheduler_actions_name on scheduler_actions (lower(name));
create index scheduler_actions_secrets on scheduler_actions (left(secrets, 12));
comment on table scheduler_actions is 'What a person may let a scheduler do with a job, and how it is told: a program of this machine or a request over HTTP.';
comment on column scheduler_actions.act is 'rerun: run it again; hold: do not start it; release: let it start; kill: end its run.';
comment on column scheduler_actions.config is 'As its kind wants it, with a mark in the place of each secret.';
comment on column scheduler_actions.secrets is 'All of the config, sealed, where it holds a secret.';
comment on column scheduler_actions.team_id is 'For the jobs of this team; null: for those of all.';
comment on column scheduler_actions.scheduler is 'For jobs that were imported from this kind of scheduler, such as jil; null: for all.';
comment on column scheduler_actions.tags is 'For jobs with one of these tags; empty: for all.';
comment on column scheduler_actions.environments is 'For jobs of one of these environments; empty: for all.';

create table job_acts (
  id uuid primary key,
  job_id uuid not null references jobs on delete cascade,
  action_id uuid references scheduler_actions on delete set null,
  action_version int not null,
  action_name text not null,
  act text not null check (act in ('rerun', 'hold', 'release', 'kill')),
  kind text not null,
  plan jsonb not null,
  words text not null,
  reason text not null,
  run_id uuid,
  business_date date not null,
  by_kind text not null,
  by_id text,
  by_name text not null,
  state text not null default 'asked' check (state in ('asked', 'doing', 'done', 'failed', 'unknown')),
  asked_at timestamptz not null,
  began_at timestamptz,
  ended_at timestamptz,
  exit_status int,
  http_status int,
  detail text not null default '',
  output text not null default '',
  output_bytes bigint not null default 0
);
create index job_acts_job on job_acts (job_id, asked_at desc, id desc);
create unique index job_acts_one on job_acts (job_id, act) where state in ('asked', 'doing');
create index job_acts_action on job_acts (action_id);
comment on table job_acts is 'What people let a scheduler do with a job: who, when, why, on which business date, and what it answered.';
comment on column job_acts.action_version is 'The version of the action that was confirmed: another one is not carried out in its place.';
comment on column job_acts.plan is 'What is carried out, with all placeholders filled; never a secret.';
comment on column job_acts.words is 'The same, as it was confirmed: the command line, or the method and the address.';
comment on column job_acts.run_id is 'The run that went on when it was asked, else the last one.';
comment on column job_acts.state is 'asked: not yet begun; doing: under way; failed: it was not taken; unknown: it may have been taken, and nobody knows.';
comment on column job_acts.output is 'The end of what it answered, with secrets masked.';
comment on column job_acts.output_bytes is 'How much it answered in all, as far as that was read.';

create table job_hand_overs (
  job_id uuid primary key references jobs on delete cascade,
  note text not null,
  by_id text,
  by_name text not null,
  at timestamptz not null
);
create index job_hand_overs_at on job_hand_overs (at desc, job_id);
comment on table job_hand_overs is 'Jobs that the next shift must know of, until somebody takes the mark away.';

create table job_held_runs (
  job_id uuid primary key references jobs on delete cascade,
  run_id uuid not null,
  reason text not null,
  by_name text not null,
  at timestamptz not null
);
comment on table job_held_runs is 'Runs of which nobody is told anything, because a person knows of them.';
comment on column job_held_runs.run_id is 'That run alone: the next one is told of as ever.';
