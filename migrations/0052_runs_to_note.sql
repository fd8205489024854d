-- The calendar of runs shows the worst of each day, also of a job that ran a thousand times on it: what is to be noted is found
-- without reading the rest. Most runs are not in it, so that a ping which is as it should be does not write it.
create index pings_noted on pings (job_id, at) where kind in ('fail', 'lost') or verdicts is not null;
