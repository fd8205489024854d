-- A line of a scheduler's log that is sent again, or late, must not put a job on hold that was taken off since.
alter table jobs add column hold_told_at timestamptz;
comment on column jobs.hold_told_at is 'When, by the clock of its scheduler, that last put it on hold or took it off; null: it has not said.';
