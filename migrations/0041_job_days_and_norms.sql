comment on column jobs.schedule is
  'When it is expected: {kind: period, seconds}, {kind: cron or oncalendar, expression, zone}, {kind: business, calendars, day, times, zone …} or {kind: after, job, when, seconds}.';
create index jobs_by_calendar on jobs using gin ((schedule -> 'calendars')) where schedule ->> 'kind' = 'business';
create index jobs_following on jobs ((schedule ->> 'job')) where schedule ->> 'kind' = 'after';

alter table jobs add column tell_unusual boolean not null default false;
comment on column jobs.tell_unusual is 'Somebody is told when a run ended well and took unusually long or short, or reports an unusual volume.';

alter table pings add column volumes jsonb, add column verdicts text[];
comment on column pings.volumes is 'Of an end: what the run says it has worked through, by name: {"rows": 12345}.';
comment on column pings.verdicts is 'Of an end: what was wrong with the run by the limits of then: late, long, short, failed, tolerated, often, overlapping.';

create table job_norms (
  job_id uuid primary key references jobs on delete cascade,
  judged_run uuid,
  judged_at timestamptz,
  unusual text[] not null default '{}',
  norms jsonb,
  normed_at timestamptz
);
comment on table job_norms is 'What is usual of a job, and how far its runs have been compared with it.';
comment on column job_norms.judged_run is 'Its last run that was compared.';
comment on column job_norms.judged_at is 'When the end of the last run that was compared was received.';
comment on column job_norms.unusual is 'In what the last compared run that ended well was unusual: duration, or the name of a volume.';
comment on column job_norms.norms is 'By measure and class of day: {"duration": {"monday": {n, median, p10, p90, low, high, of, exact}}}.';
create index job_norms_unusual on job_norms (job_id) where unusual <> '{}';

create table unusual_runs (
  job_id uuid not null references jobs on delete cascade,
  run_id uuid not null,
  measure text not null,
  at timestamptz not null,
  value double precision not null,
  low double precision not null,
  high double precision not null,
  n int not null,
  day_class text not null,
  primary key (job_id, run_id, measure)
);
comment on table unusual_runs is 'Runs that ended well and were unusual, with what was usual then.';
comment on column unusual_runs.measure is 'duration (in milliseconds), or the name of a volume.';
comment on column unusual_runs.low is 'From low to high was usual, of n runs on days of the class day_class.';
create index unusual_runs_at on unusual_runs (at);

alter table job_told drop constraint job_told_kind_check,
  add constraint job_told_kind_check check (kind in ('miss', 'failure', 'long', 'unheard', 'often', 'unusual'));
