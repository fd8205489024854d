-- A list of a hundred thousand jobs puts what needs somebody first. How a job stands is said by its state, by whether it is
-- paused and by the time; what of that stands in its state is written beside it, so that the few that need somebody are
-- found by an index, and an ordinary ping, which changes nothing of it, writes none.
alter table job_states
  add column standing text generated always as (case when is_long then 'running_long' when missed_at is not null then 'missing'
    when outcome = 'fail' then 'failed' when unheard_at is not null then 'unknown' when outcome is null then 'new' else 'ok' end) stored,
  add column running boolean generated always as (open <> '[]' and open -> 0 -> 'over' is null) stored,
  add column due_about timestamptz generated always as
    (date_bin('10 minutes', due_at, timestamptz '2000-01-01 00:00Z')) stored;
comment on column job_states.standing is 'How it stands, whether or not it runs, is late or is paused.';
comment on column job_states.running is 'One of its runs has not ended.';
comment on column job_states.due_about is 'The ten minutes in which it is due: those that are late are found by it, and a job that pings each second writes the index once in ten minutes.';
create index job_states_standing on job_states (standing) where standing <> 'ok';
create index job_states_running on job_states (job_id) where running;
create index job_states_due on job_states (due_about);
create index job_states_unheard on job_states (unheard_at) where unheard_at is not null;
create index jobs_paused on jobs (lower(name), id) where paused_at is not null;
create index jobs_archived on jobs (lower(name), id) where archived_at is not null;
drop index jobs_service;
create index jobs_service on jobs (service_id, lower(name), id);
create index jobs_team on jobs (team_id, lower(name), id);
create index jobs_words on jobs using gin (name gin_trgm_ops, slug gin_trgm_ops);

alter table jobs add column unique_key text;
create index jobs_unique_key on jobs (unique_key);
create index jobs_without_key on jobs (id) where unique_key is null;
comment on column jobs.unique_key is 'What a reader of the API of healthchecks without the right to write knows it by: SHA-1 of the first half of its id. null: it was made before, and is given one at the next start.';

-- Of a job that runs each minute, those of its runs with which something was wrong.
create index pings_wrong on pings (job_id, at desc, id desc) where verdicts is not null or kind = 'fail';

-- Lists are asked for before anything has changed so much that they would be analyzed by themselves.
analyze jobs, job_states;
