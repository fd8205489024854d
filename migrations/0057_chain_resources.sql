-- How much there is of what jobs need while they run: with it, the prediction lets them wait for one another.
create table chain_resources (
  name text primary key,
  units int not null check (units between 0 and 1000000),
  updated_at timestamptz not null
);
comment on table chain_resources is 'Units of a resource, by the name that jobs call it by; of one without a row nobody waits for another.';
