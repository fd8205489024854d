create table alert_hours (
  at timestamptz not null,
  source_id uuid not null,
  alerts int not null,
  primary key (at, source_id)
);
comment on table alert_hours is 'How many alerts each source began in each hour (UTC): the noise of weeks, without reading the alerts. Kept for 400 days.';

create table alert_rollups (
  one boolean primary key default true check (one),
  done_until timestamptz not null
);
comment on table alert_rollups is 'Up to which hour the alerts are counted.';
