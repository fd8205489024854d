create table job_waits (
  job_id uuid primary key references jobs on delete cascade,
  is_box boolean not null,
  box text,
  condition jsonb,
  condition_text text,
  window_from text check (window_from ~ '^\d\d:\d\d$'),
  window_to text check (window_to ~ '^\d\d:\d\d$'),
  hold text not null check (hold in ('none', 'held', 'iced', 'bypassed')),
  resources jsonb not null,
  retries int not null check (retries between 0 and 100),
  kill_after_seconds int check (kill_after_seconds between 1 and 34560000),
  typical_seconds int check (typical_seconds between 1 and 34560000),
  names text[] not null,
  check ((window_from is null) = (window_to is null))
);
create index job_waits_names on job_waits using gin (names);
create index job_waits_box on job_waits (box) where box is not null;
comment on table job_waits is 'What a job waits for beside its schedule: its place in the graph. A job without a row waits for nothing.';
comment on column job_waits.is_box is 'It runs nothing of its own: it begins with its first member and ends with its last.';
comment on column job_waits.box is 'The box whose member it is. Here and in conditions a job is named by its id, by what its scheduler calls it (then it is one of the same origin), or by its slug (then it is one of the same team).';
comment on column job_waits.condition is 'As contract/jobs/waits.ts has it; null: none.';
comment on column job_waits.condition_text is 'The same as its scheduler writes it.';
comment on column job_waits.window_from is 'It starts only between these times, in the zone of its schedule; may cross midnight.';
comment on column job_waits.hold is 'held: does not start; iced: counts as done for those who wait for it; bypassed: ends at once as succeeded.';
comment on column job_waits.resources is 'What it needs of what is scarce while it runs: [{name, units}].';
comment on column job_waits.typical_seconds is 'What its scheduler says a run usually takes: used until there are runs of our own.';
comment on column job_waits.names is 'Every job that its condition names, as it names them: answers who waits for a job.';

alter table job_origins add column deadlines jsonb not null default '[]';
comment on column job_origins.deadlines is 'By when its scheduler says that it must be done: [{kind: by, name, time, days} or {kind: in, name, seconds}].';
