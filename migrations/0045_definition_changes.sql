-- What waits for what is kept in memory and read anew when it has changed. To look at a hundred thousand jobs for that costs
-- too much for each prediction, and times do not tell: two changes may have the same, and what commits last may have the
-- earlier one. So each transaction that changes such a thing leaves a mark.
create table chain_changes (
  tx xid8 primary key,
  n int not null default 1,
  at timestamptz not null default clock_timestamp()
);
comment on table chain_changes is 'Transactions that changed what waits for what, by the triggers chain_changed of the tables that say it. What is old is forgotten: it only matters whether the rows are other ones.';
comment on column chain_changes.n is 'How many statements of it did.';

create function chain_changed() returns trigger language plpgsql as $$
begin
  insert into chain_changes as c (tx) values (pg_current_xact_id()) on conflict (tx) do update set n = c.n + 1;
  return null;
end $$;
comment on function chain_changed is 'Marks the transaction as one that changed what waits for what.';

create trigger chain_changed after insert or delete
  or update of slug, name, team_id, service_id, environment, schedule, archived_at on jobs
  for each statement execute function chain_changed();
create trigger chain_changed after insert or delete or update on job_waits for each statement execute function chain_changed();
create trigger chain_changed after insert or delete or update on job_origins for each statement execute function chain_changed();
create trigger chain_changed after insert or delete or update on chain_edges for each statement execute function chain_changed();
create trigger chain_changed after insert or delete or update of job_id on chain_deadlines
  for each statement execute function chain_changed();
create trigger chain_changed after update of name on teams for each statement execute function chain_changed();
create trigger chain_changed after update of name on services for each statement execute function chain_changed();
