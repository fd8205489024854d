create table calendars (
  id uuid primary key,
  slug text not null unique,
  name text not null,
  kind text not null check (kind in ('support', 'market', 'settlement')),
  zone text not null,
  weekly jsonb not null,
  exceptions jsonb not null default '[]',
  valid_through date,
  provenance text not null default '',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1
);
create index calendars_name on calendars (lower(name), id);
comment on table calendars is 'Weekly open hours in a zone, plus exceptions.';
comment on column calendars.kind is 'support drives SLA clocks, market holds venue sessions, settlement banking days; never mixed.';
comment on column calendars.weekly is '[{day: 1..7 (Monday = 1), from: "HH:MM", to: "HH:MM"}]';
comment on column calendars.exceptions is '[{date, open: [{from, to}], name}]; an empty open list is a holiday.';
comment on column calendars.valid_through is 'The last day for which the exceptions are known; beyond it the product says that it does not know.';
comment on column calendars.provenance is 'Where the exceptions come from, in words.';
