create table alert_routes (
  id uuid primary key,
  position int not null,
  name text not null,
  condition text not null,
  service_id uuid references services,
  team_id uuid references teams,
  environment text check (environment in ('prod', 'uat', 'test', 'dev')),
  priority smallint check (priority between 1 and 5),
  opens_incident boolean,
  enabled boolean not null default true,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1
);
comment on table alert_routes is 'Rules over alerts, tried in order; the first whose condition holds decides. What it leaves open stays as the default route has it.';
comment on column alert_routes.condition is 'A CEL expression that is true or false.';
comment on column alert_routes.opens_incident is 'Null: as the source is set.';
create index alert_routes_position on alert_routes (position, id);
