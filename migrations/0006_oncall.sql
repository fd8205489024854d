create table schedules (
  id uuid primary key,
  slug text not null unique,
  name text not null,
  team_id uuid not null references teams,
  zone text not null,
  layers jsonb not null,
  archived_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1
);
create index schedules_team on schedules (team_id);
comment on table schedules is 'Who is on call when: layers of rotations, in a zone.';
comment on column schedules.layers is 'Rotations with their versions, so that adding people does not reshuffle the past; see oncall/rotation.ts.';

create table overrides (
  id uuid primary key,
  schedule_id uuid not null references schedules on delete cascade,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  add_user_id uuid references users,
  remove_user_id uuid references users,
  reason text not null default '',
  created_by uuid references users,
  created_at timestamptz not null,
  check (ends_at > starts_at),
  check (num_nonnulls(add_user_id, remove_user_id) > 0)
);
create index overrides_schedule on overrides (schedule_id, ends_at);
comment on table overrides is 'Exceptions to a schedule: add somebody, remove somebody, or both, which replaces.';

create table escalation_policies (
  id uuid primary key,
  slug text not null unique,
  name text not null,
  team_id uuid references teams,
  steps jsonb not null,
  repeats int not null default 0 check (repeats between 0 and 9),
  ack_timeout_minutes int,
  archived_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1
);
comment on table escalation_policies is 'Whom to page, in which order, with which delays.';
comment on column escalation_policies.steps is '[{delayMinutes (before this step), targets: [{kind: schedule|user|team, id}]}]';
comment on column escalation_policies.ack_timeout_minutes is 'An acknowledged page that is not done after this many minutes starts again.';

create table service_policies (
  service_id uuid primary key references services on delete cascade,
  policy_id uuid not null references escalation_policies
);
create index service_policies_policy on service_policies (policy_id);
comment on table service_policies is 'Which escalation policy a service has.';

create table pages (
  id uuid primary key,
  subject text not null,
  policy_id uuid references escalation_policies,
  policy jsonb not null,
  team_id uuid,
  urgency text not null check (urgency in ('high', 'low')),
  brief jsonb not null,
  state text not null check (state in ('paging', 'acknowledged', 'done', 'exhausted')),
  step int not null default 0,
  round int not null default 0,
  started_at timestamptz not null,
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  done_at timestamptz
);
create unique index pages_open on pages (subject) where state in ('paging', 'acknowledged', 'exhausted');
create index pages_subject on pages (subject, started_at);
create index pages_paging on pages (started_at desc) where state in ('paging', 'exhausted');
comment on table pages is 'The act of getting a human for something (subject): paging → acknowledged → done; exhausted when the policy ran out and nobody answered.';
comment on column pages.policy is 'The policy as it stood when the page began.';
comment on column pages.brief is 'Title, lines and links of what is told; refreshed by its owner, each step sends the latest.';

create table page_targets (
  id uuid primary key,
  page_id uuid not null references pages on delete cascade,
  round int not null,
  step int not null,
  user_id uuid,
  at timestamptz not null,
  why jsonb not null
);
create index page_targets_page on page_targets (page_id, at);
create index page_targets_user on page_targets (user_id, at desc);
create unique index page_targets_once on page_targets (page_id, round, step, user_id) where user_id is not null;
comment on table page_targets is 'Every person a step turned to, or nobody, with the reason from the facts of that moment: why me, why now, why nobody.';
