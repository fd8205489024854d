-- The desk's daily tools: leads and managers told by the clock, macros and canned replies, leaving for later, presence.
create table hierarchy_rules (
  team_id uuid unique references teams,
  managers uuid[] not null default '{}',
  rules jsonb not null,
  updated_at timestamptz not null,
  version int not null default 1
);
create unique index hierarchy_rules_all on hierarchy_rules ((team_id is null)) where team_id is null;
comment on table hierarchy_rules is 'When the leads and the managers of a team are told of a ticket by the clock. Without a row: the rules for all, and without that one the defaults.';
comment on column hierarchy_rules.team_id is 'Null: for all teams that have no rules of their own.';
comment on column hierarchy_rules.managers is 'Who is told after the leads.';

create table hierarchy_steps (
  ticket_id uuid not null references tickets on delete cascade,
  step text not null,
  at timestamptz not null,
  told uuid[] not null,
  primary key (ticket_id, step)
);
comment on table hierarchy_steps is 'The steps of hierarchical escalation that were taken: nobody is told twice of the same.';

create table macros (
  id uuid primary key,
  team_id uuid references teams,
  name text not null,
  acts jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1
);
create index macros_by_name on macros (lower(name), id);
create unique index macros_name on macros (coalesce(team_id, '00000000-0000-0000-0000-000000000000'), lower(name));
comment on table macros is 'Named lists of acts on a ticket, done as one.';
comment on column macros.team_id is 'Null: for all teams.';

create table macro_runs (
  id uuid primary key,
  ticket_id uuid not null references tickets on delete cascade,
  macro_name text not null,
  undos jsonb not null,
  ticket_version int not null,
  at timestamptz not null,
  undone_at timestamptz
);
create index macro_runs_ticket on macro_runs (ticket_id);
comment on table macro_runs is 'Macros that were run, with what takes each back.';
comment on column macro_runs.ticket_version is 'The version that the run left: a ticket that has changed since is not taken back.';

create table canned_replies (
  id uuid primary key,
  team_id uuid references teams,
  name text not null,
  body text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1
);
create index canned_replies_by_name on canned_replies (lower(name), id);
create unique index canned_replies_name on canned_replies (coalesce(team_id, '00000000-0000-0000-0000-000000000000'), lower(name));
comment on table canned_replies is 'Texts for replies and notes, with fields such as {{ticket.number}} that are replaced by what the ticket says.';

create table snoozes (
  user_id uuid not null references users on delete cascade,
  ticket_id uuid not null references tickets on delete cascade,
  until timestamptz not null,
  primary key (user_id, ticket_id)
);
create index snoozes_ticket on snoozes (ticket_id);
comment on table snoozes is 'Tickets that somebody does not want in his lists until a time. Clocks go on; something that happens on the ticket ends it.';

create unlogged table presences (
  ticket_id uuid not null,
  user_id uuid not null,
  seen_at timestamptz not null,
  typing text check (typing in ('reply', 'note')),
  primary key (ticket_id, user_id)
);
comment on table presences is 'Who of the desk looks at a ticket just now. Not worth a log: it is over after 30 s.';
