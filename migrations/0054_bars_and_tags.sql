-- A list shows the last twenty runs of each of its jobs. Sought among the pings of a hundred jobs, month by month, they were
-- most of what a list took; they stand in the state now, which is written with the end of each run anyhow. Null by a change
-- of the catalog alone, and filled behind the first start: of many jobs that takes minutes.
alter table job_states add column bars bytea;
alter table job_states alter column bars set default '';
comment on column job_states.bars is 'Its last runs that ended, the newest first, at most 20, of 35 bytes each: id of the run, outcome (0 success, 1 fail, 2 lost), and in six bytes each when it ended, how long it took and how late it was, in milliseconds; -2^47 where that is not known. They stay when their pings are no longer kept. null: not filled yet since the column came.';

-- Of a tag the first hundred by name, as of a service or a team: those of one tag lie together in the alphabet, or far
-- apart, and the order of all names leads to them by way of all others.
create table job_tags (
  tag text not null,
  sort text not null,
  job_id uuid not null references jobs on delete cascade,
  primary key (tag, sort, job_id)
);
create index job_tags_job on job_tags (job_id);
comment on table job_tags is 'Jobs by tag, in the order of lists. Follows jobs.tags and jobs.name.';
comment on column job_tags.sort is 'lower(jobs.name)';
insert into job_tags (tag, sort, job_id) select distinct tag, lower(name), id from jobs, unnest(tags) tag;
analyze job_tags;
