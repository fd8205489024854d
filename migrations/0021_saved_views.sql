create table saved_views (
  id uuid primary key,
  owner_id uuid not null references users on delete cascade,
  team_id uuid references teams on delete cascade,
  name text not null,
  filter text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1
);
create index saved_views_owner on saved_views (owner_id, name);
create index saved_views_team on saved_views (team_id, name) where team_id is not null;
comment on table saved_views is 'Filters of the queue under a name: of one person, or of a team.';
comment on column saved_views.filter is 'As it is typed: state:open team:mine priority:<=2.';
comment on column saved_views.team_id is 'Whose members see it as well; null: its owner alone.';
