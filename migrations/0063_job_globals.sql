-- The log of a scheduler tells them as well, as it tells holds.
alter table chain_globals rename to job_globals;
