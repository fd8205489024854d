-- The page of a host lists the jobs that run on it. Pings come by the thousand and have no index by host; where a job ran
-- last stands in its state, which is written with them anyway, and whose index is written only when it moves.
alter table job_states add column ran_on text;
comment on column job_states.ran_on is
  'The host of its last ping that named one, in small letters and without domain and port; null while none has.';

update job_states s set ran_on = (
  select case when lower(split_part(p.host, ':', 1)) ~ '^[0-9.]+$' then split_part(p.host, ':', 1)
    else split_part(lower(split_part(p.host, ':', 1)), '.', 1) end
  from (select host, at, id from pings where job_id = s.job_id order by at desc, id desc limit 20) p
  where p.host is not null order by p.at desc, p.id desc limit 1);

create index job_states_ran_on on job_states (ran_on, job_id) where ran_on is not null;
