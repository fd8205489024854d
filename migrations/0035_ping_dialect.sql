alter table jobs drop constraint jobs_slug_key;
create index jobs_slug on jobs (team_id, slug);
create index jobs_of_slug on jobs (slug);
alter table jobs
  add column rules text not null default 'own' check (rules in ('own', 'healthchecks')),
  add column tags text[] not null default '{}',
  add column filters jsonb not null default '{}',
  add column resumes_by_hand boolean not null default false,
  add column min_run_seconds int check (min_run_seconds between 1 and 31622400),
  add column min_gap_seconds int check (min_gap_seconds between 1 and 31622400),
  add column failures_in_a_row int not null default 1 check (failures_in_a_row between 1 and 100),
  add column badge uuid not null default gen_random_uuid();
create unique index jobs_badge on jobs (badge);
create index jobs_tags on jobs using gin (tags);
comment on column jobs.slug is 'What it is called in commands, files and the address of its pings. Several jobs may have the same; then it names none of them.';
comment on column jobs.rules is 'healthchecks: its grace is also how long a run may take, one run counts at a time, and a failure is over with the next success only. own: each run has a clock of its own.';
comment on column jobs.filters is 'What of its pings counts: {post, httpBody, subject, body, start, success, failure, otherwise}.';
comment on column jobs.resumes_by_hand is 'While it is paused, its pings do not begin it anew.';
comment on column jobs.badge is 'Address of its badge, which anybody may read; it says nothing about the address of its pings.';

comment on column jobs.min_run_seconds is 'A run that ends well sooner counts as failed; null for no limit.';
comment on column jobs.min_gap_seconds is 'A run that begins sooner after the one before is one too many; null for no limit.';
comment on column jobs.failures_in_a_row is 'So many runs must fail one after the other before somebody is told.';

alter table job_states
  add column fails int not null default 0,
  add column last_start timestamptz,
  add column often boolean not null default false;
comment on column job_states.fails is 'Runs that failed since the last good one.';
comment on column job_states.last_start is 'When its last run began, as far as it is known.';
comment on column job_states.often is 'It is told that it runs too often.';
alter table job_told drop constraint job_told_kind_check;
alter table job_told add constraint job_told_kind_check check (kind in ('miss', 'failure', 'long', 'unheard', 'often'));

alter table pings drop constraint pings_kind_check;
alter table pings add constraint pings_kind_check check (kind in ('start', 'success', 'fail', 'log', 'lost', 'ignored')) not valid;
alter table pings add column number bigint, add column scheme text;
comment on column pings.kind is 'lost: a run that started and whose end was never told. ignored: the filters of the job say that it means nothing.';
comment on column pings.number is 'How many pings of the job there were with it.';
comment on column pings.scheme is 'http, https or email.';

create table ping_keys (
  team_id uuid primary key references teams on delete cascade,
  ping_key text,
  ping_hash text unique,
  write_hash text unique,
  write_hint text,
  read_hash text unique,
  read_hint text,
  badge_key text not null unique,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1
);
create index ping_keys_sealed on ping_keys (left(ping_key, 12));
comment on table ping_keys is 'What a team’s senders and programs of healthchecks use in place of a project: a key for pings by slug, and keys for its API.';
comment on column ping_keys.ping_key is 'Sealed; shown to whoever may change the jobs of the team. null: it has none.';
comment on column ping_keys.write_hash is 'Of the key of 32 characters that may change the team’s jobs by the API of healthchecks; null while there is none.';
comment on column ping_keys.read_hash is 'Of the one that may read them.';
comment on column ping_keys.badge_key is 'Part of the address of the team’s badges, which anybody may read.';

create table job_turns (
  id bigint generated always as identity primary key,
  job_id uuid not null references jobs on delete cascade,
  at timestamptz not null,
  up boolean not null,
  reason text not null check (reason in ('', 'fail', 'timeout', 'pause', 'resume'))
);
create index job_turns_job on job_turns (job_id, at, id);
create index job_turns_at on job_turns (at);
comment on table job_turns is 'When a job went up and down; kept for 400 days.';
comment on column job_turns.reason is 'fail: it said so. timeout: it did not come, or took too long. pause, resume: somebody did that.';

alter table jobs
  add column late_until timestamptz,
  add column late_reason text not null default '';
comment on column jobs.late_until is 'Somebody has said that it will be late: until then nobody is told that it did not come.';
