-- The calendar of runs shows the worst of each day, also of a job that ran a thousand times on it: what is to be noted is found
-- without reading the rest. Most runs are not in it, so that a ping which is as it should be does not write it.
create index pings_noted on pings (job_id, at) where kind in ('fail', 'lost') or verdicts is not null;

-- What a run has printed beyond the part that its row keeps lies in the data folder, as attachments do.
create table run_outputs (
  id uuid primary key,
  job_id uuid not null,
  at timestamptz not null,
  kept boolean not null default false,
  taken bigint not null default 0
);
create index run_outputs_at on run_outputs (at);
create index run_outputs_job on run_outputs (job_id);
comment on table run_outputs is 'Outputs of runs that lie in the data folder, each a file by its id. The row comes before the file, so that no file is forgotten; both go with the run.';
comment on column run_outputs.kept is 'A ping was kept with it. What was begun and never kept is removed after a day.';
comment on column run_outputs.taken is 'So many bytes of what was sent lie there, from its beginning; secrets in it are masked.';
alter table pings add column output_id uuid;
comment on column pings.output_id is 'The row of run_outputs that has all of what was sent; null: output has all of it, or there was no room.';
