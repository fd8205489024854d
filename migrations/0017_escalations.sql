alter table tickets add column escalated_to uuid references teams;
create index tickets_escalated on tickets (escalated_to, priority, coalesce(due_at, 'infinity'::timestamptz), id) where open and escalated_to is not null;
comment on column tickets.escalated_to is 'The team that it was escalated to and that has not accepted yet. Until then the team in team_id is accountable.';

create table escalations (
  id uuid primary key,
  ticket_id uuid not null references tickets on delete cascade,
  round int not null,
  from_team_id uuid references teams,
  from_user_id uuid references users,
  from_name text not null,
  to_team_id uuid not null references teams,
  packet jsonb not null,
  state text not null check (state in ('pending', 'accepted', 'returned', 'withdrawn', 'lapsed')),
  paged text,
  sent_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid references users,
  decided_name text,
  reason text,
  before jsonb not null default '{}',
  unique (ticket_id, round)
);
create unique index escalations_pending on escalations (ticket_id) where state = 'pending';
comment on table escalations is 'Functional escalations of a ticket to another team, each with its packet; one of them may wait to be accepted.';
comment on column escalations.round is 'The first, second … escalation of this ticket: the packet''s version.';
comment on column escalations.packet is 'What is seen, since when, who is hurt, what was tried, evidence.';
comment on column escalations.state is 'lapsed: the ticket was over before anybody accepted.';
comment on column escalations.paged is 'Who was paged for it, or why nobody was.';
comment on column escalations.before is 'Team, assignee and state of the ticket before it was sent and before it was accepted, to take that back.';
