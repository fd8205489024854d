alter table pings add column cpu_ms bigint, add column peak_kb bigint;
comment on column pings.cpu_ms is 'Of an end: the processor time that the run took, of user and system together, where its sender measured it.';
comment on column pings.peak_kb is 'Of an end: the most memory that one of its processes held, where its sender measured it.';
