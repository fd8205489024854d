create table business_units (
  id uuid primary key,
  slug text not null unique,
  name text not null,
  site text not null default '',
  people int,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1
);
create index business_units_name on business_units (lower(name), id);
comment on table business_units is 'Who is hurt, and who must be told: a trading desk, a branch, an operations team.';

create table services (
  id uuid primary key,
  slug text not null unique,
  name text not null,
  kind text not null check (kind in ('business', 'technical')),
  description text not null default '',
  tier smallint not null default 3 check (tier between 1 and 4),
  environments text[] not null default '{prod}',
  owner_team_id uuid references teams,
  calendar_id uuid references calendars,
  cost_per_hour bigint,
  currency text,
  archived_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1,
  check (cost_per_hour is null or currency is not null)
);
create index services_name on services (lower(name), id);
create index services_team on services (owner_team_id);
create index services_calendar on services (calendar_id);
comment on table services is 'What is supported: business services as the business names them, technical services that they run on.';
comment on column services.tier is 'Criticality: 1 is the most critical.';
comment on column services.cost_per_hour is 'Cost of downtime in whole units of the currency, where known.';

create table hosts (
  id uuid primary key,
  name text not null,
  environment text not null check (environment in ('prod', 'uat', 'test', 'dev')),
  site text not null default '',
  team_id uuid references teams,
  description text not null default '',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1
);
create unique index hosts_name on hosts (lower(name));
create index hosts_team on hosts (team_id);
comment on table hosts is 'Machines that services run on. Their names are the same in any case.';

create table dependencies (
  id uuid primary key,
  service_id uuid not null references services on delete cascade,
  depends_on_service_id uuid references services on delete cascade,
  depends_on_host_id uuid references hosts on delete cascade,
  check (num_nonnulls(depends_on_service_id, depends_on_host_id) = 1)
);
create unique index dependencies_service on dependencies (service_id, depends_on_service_id) where depends_on_service_id is not null;
create unique index dependencies_host on dependencies (service_id, depends_on_host_id) where depends_on_host_id is not null;
create index dependencies_of_service on dependencies (depends_on_service_id);
create index dependencies_of_host on dependencies (depends_on_host_id);
comment on table dependencies is 'service → service or service → host; the direction is "depends on". Never a cycle.';

create table service_business_units (
  service_id uuid not null references services on delete cascade,
  business_unit_id uuid not null references business_units on delete cascade,
  primary key (service_id, business_unit_id)
);
create index service_business_units_unit on service_business_units (business_unit_id);
comment on table service_business_units is 'Which business units use a service.';

create table cut_offs (
  id uuid primary key,
  service_id uuid not null references services on delete cascade,
  name text not null,
  at_time text not null check (at_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  zone text not null,
  days smallint[] not null default '{1,2,3,4,5}'
);
create index cut_offs_service on cut_offs (service_id);
comment on table cut_offs is 'Time of day, in a zone, by which a service must be ready or done. Days: Monday = 1.';
