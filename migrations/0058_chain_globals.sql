-- What variables of schedulers are now: conditions go by them, where somebody has said it.
create table chain_globals (
  name text primary key,
  value text not null,
  updated_at timestamptz not null
);
comment on table chain_globals is 'Global variables, by the name that conditions call them by; one without a row is taken to be as wanted.';
