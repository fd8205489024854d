alter table tickets add column held text;
comment on column tickets.held is 'Why it cannot be resolved yet, in a sentence: an approval or a step of its checklist is missing.';
alter table tickets drop constraint tickets_pending_reason_check;
alter table tickets add constraint tickets_pending_reason_check check (pending_reason in ('user', 'vendor', 'change', 'scheduled', 'approval'));
-- Clocks of the policies that there are stand still for an approval, as they do for the rest.
update sla_policies set rules = jsonb_set(rules, '{pauseReasons}', (rules->'pauseReasons') || '["approval"]')
where not rules->'pauseReasons' ? 'approval';

create table business_unit_people (
  business_unit_id uuid not null references business_units on delete cascade,
  user_id uuid not null references users on delete cascade,
  primary key (business_unit_id, user_id)
);
create index business_unit_people_user on business_unit_people (user_id);
comment on table business_unit_people is 'Who works in which business unit. A person may be in several, or in none.';

create table request_types (
  id uuid primary key,
  slug text not null unique,
  name text not null,
  description text not null default '',
  category text not null,
  icon text not null,
  team_id uuid not null references teams,
  service_id uuid references services,
  priority smallint not null default 4 check (priority between 1 and 5),
  business_unit_ids uuid[] not null default '{}',
  current_version int not null default 1,
  retired_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1
);
create index request_types_catalogue on request_types (lower(category), lower(name), id);
comment on table request_types is 'What can be asked for: a form, a checklist, approvals, and the team that fulfils it.';
comment on column request_types.business_unit_ids is 'Who may ask: people of these business units; everybody when it is empty.';
comment on column request_types.priority is 'Target priority of its tickets, in place of impact and urgency.';
comment on column request_types.current_version is 'Number of the version of form, checklist and approvals that new requests are filled with.';

create table request_type_versions (
  type_id uuid not null references request_types on delete cascade,
  number int not null,
  form json not null,
  checklist json not null,
  approvals json not null,
  created_at timestamptz not null,
  primary key (type_id, number)
);
comment on table request_type_versions is 'Form, checklist and approvals of a request type. They never change: a change makes the next version, and a request keeps the one it was filled with.';
comment on column request_type_versions.form is 'JSON Schema of the answers, in the subset of contract/requests/form.ts. As text, because the order of its fields is the order of the form.';
comment on column request_type_versions.approvals is 'Stages in order: who is asked, whether one is enough, and after how many hours it reminds and expires.';

create table requests (
  id uuid primary key,
  ticket_id uuid not null unique references tickets on delete cascade,
  type_id uuid not null,
  type_version int not null,
  requester_id uuid references users,
  answers jsonb not null,
  state text not null check (state in ('waiting', 'approved', 'refused', 'expired', 'withdrawn', 'free')),
  stage int not null default 0,
  created_at timestamptz not null,
  decided_at timestamptz,
  foreign key (type_id, type_version) references request_type_versions (type_id, number)
);
create index requests_type on requests (type_id, created_at desc);
comment on table requests is 'What was answered in the form of a request type, and where its approval stands. The ticket is the desk''s.';
comment on column requests.state is 'Of the approval: free means that none is needed; withdrawn that the ticket was cancelled meanwhile.';
comment on column requests.stage is 'The stage of the approvals that is asked now, from 0.';
comment on column requests.requester_id is 'Who asks, also when somebody filled the form for him; never an approver.';

create table request_approvals (
  id uuid primary key,
  request_id uuid not null references requests on delete cascade,
  stage int not null,
  seat uuid not null,
  user_id uuid references users,
  state text not null check (state in ('asked', 'approved', 'refused', 'passed_on', 'left', 'expired', 'not_needed', 'nobody')),
  why text not null,
  reason text,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  remind_hours int,
  reminders int not null default 0,
  decided_at timestamptz,
  by_link boolean not null default false
);
create unique index request_approvals_asked on request_approvals (request_id, stage, user_id) where state = 'asked';
create index request_approvals_request on request_approvals (request_id, stage, asked_at);
create index request_approvals_mine on request_approvals (user_id, asked_at desc, id desc);
create index request_approvals_open on request_approvals (user_id) where state = 'asked';
comment on table request_approvals is 'Who was asked to approve a request, why, and what was answered. A decision is one conditional update of a row that is still asked.';
comment on column request_approvals.seat is 'One of those whose word counts in a stage. Whoever stands in for somebody has the same seat, and one word from a seat is enough.';
comment on column request_approvals.user_id is 'Null when there was nobody to ask.';
comment on column request_approvals.why is 'Why this person is asked, in words.';
comment on column request_approvals.reason is 'What the approver said; always there when it was refused.';

create table request_steps (
  id uuid primary key,
  request_id uuid not null references requests on delete cascade,
  position int not null,
  title text not null,
  help text not null default '',
  required boolean not null,
  done_at timestamptz,
  done_by uuid references users,
  done_by_name text
);
create index request_steps_request on request_steps (request_id, position);
comment on table request_steps is 'The checklist of a request: what is to be done to fulfil it, in order, and who ticked what when.';
comment on column request_steps.done_by_name is 'As it was then; a key that ticks has a name and is no user.';
