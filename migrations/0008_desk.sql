create sequence ticket_numbers_incident start 1;
create sequence ticket_numbers_request start 1;
create sequence ticket_numbers_problem start 1;
create sequence ticket_numbers_change start 1;

create table tickets (
  id uuid primary key,
  number text not null unique,
  kind text not null check (kind in ('incident', 'request', 'problem', 'change')),
  title text not null,
  description text not null default '',
  state text not null check (state in ('new', 'in_progress', 'pending', 'resolved', 'closed', 'cancelled')),
  open boolean not null generated always as (state in ('new', 'in_progress', 'pending')) stored,
  pending_reason text check (pending_reason in ('user', 'vendor', 'change', 'scheduled')),
  pending_until timestamptz,
  impact text not null check (impact in ('high', 'medium', 'low')),
  urgency text not null check (urgency in ('high', 'medium', 'low')),
  priority smallint not null check (priority between 1 and 5),
  priority_reason text not null,
  priority_basis jsonb not null default '{}',
  priority_overridden boolean not null default false,
  service_id uuid references services,
  environment text not null default 'prod' check (environment in ('prod', 'uat', 'test', 'dev')),
  team_id uuid references teams,
  assignee_id uuid references users,
  requester_id uuid references users,
  opened_via text not null check (opened_via in ('alert', 'portal', 'phone', 'mail', 'chat', 'api', 'desk')),
  opened_by jsonb not null,
  opened_at timestamptz not null,
  handled_at timestamptz,
  first_response_at timestamptz,
  first_response_due_at timestamptz,
  resolution_due_at timestamptz,
  due_at timestamptz,
  sla jsonb not null default '{}',
  resolved_at timestamptz,
  resolution text,
  closed_at timestamptz,
  reopened int not null default 0,
  marks jsonb not null default '{}',
  updated_at timestamptz not null,
  version int not null default 1
);
create index tickets_queue on tickets (priority, coalesce(due_at, 'infinity'::timestamptz), id) where open;
create index tickets_team_queue on tickets (team_id, priority, coalesce(due_at, 'infinity'::timestamptz), id) where open;
create index tickets_unassigned on tickets (priority, coalesce(due_at, 'infinity'::timestamptz), id) where open and assignee_id is null;
create index tickets_assignee on tickets (assignee_id, priority) where open;
create index tickets_requester on tickets (requester_id, opened_at desc, id desc);
create index tickets_service on tickets (service_id, opened_at desc, id desc);
create index tickets_recent on tickets (opened_at desc, id desc);
create index tickets_updated on tickets (updated_at desc, id desc);
create index tickets_title on tickets using gin (title gin_trgm_ops) with (fastupdate = off);
comment on table tickets is 'A piece of work with a number: incident, request, problem or change.';
comment on column tickets.due_at is 'The next clock to run out: first response, then resolution. Null when none runs.';
comment on column tickets.sla is 'How the due times were computed: policy, calendar, start, minutes.';
comment on column tickets.marks is 'Small facts that features to the right push for lists, by name.';
comment on column tickets.handled_at is 'When a person last decided its state, team or assignee. What a machine decided before that does not undo it.';
comment on column tickets.priority_basis is 'For impact and urgency each: by whom (rule or person), and because of what.';
comment on column tickets.priority_reason is 'How the priority came about, in words.';

create table messages (
  id uuid primary key,
  ticket_id uuid not null references tickets on delete cascade,
  kind text not null check (kind in ('public', 'internal')),
  via text not null default 'web',
  author_kind text not null,
  author_id text,
  author_name text not null,
  body text not null,
  at timestamptz not null
);
create index messages_ticket on messages (ticket_id, at, id);
comment on table messages is 'What was said on a ticket: public replies and internal notes.';

create table watchers (
  ticket_id uuid not null references tickets on delete cascade,
  user_id uuid not null references users on delete cascade,
  primary key (ticket_id, user_id)
);
create index watchers_user on watchers (user_id);
comment on table watchers is 'People who follow a ticket.';
