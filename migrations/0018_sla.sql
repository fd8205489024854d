-- Several policies, tried in order; each a set of rules and not only of targets.
alter table sla_policies add column position int not null default 0;
alter table sla_policies add column calendar_id uuid references calendars;
alter table sla_policies add column rules jsonb not null default '{
  "appliesTo": {"serviceIds": [], "businessUnitIds": [], "kinds": [], "environments": [], "priorities": []},
  "warnPercent": 75, "onReopen": "resume", "onReclass": "retroactive",
  "pauseReasons": ["user", "vendor", "change", "scheduled"], "cutOffs": []}';
alter table sla_policies alter column rules drop default;
create index sla_policies_order on sla_policies (is_default, position, id);
create index sla_policies_calendar on sla_policies (calendar_id);
comment on table sla_policies is 'How soon: targets by priority and the rules by which clocks run. The first that applies to a ticket counts, else the default.';
comment on column sla_policies.position is 'The order in which they are tried; the default comes last.';
comment on column sla_policies.calendar_id is 'Whose open hours count; null is the support calendar of the service.';
comment on column sla_policies.rules is '{appliesTo: {serviceIds, businessUnitIds, kinds, environments, priorities: empty is any}, warnPercent, onReopen: resume|continue|new_cycle, onReclass: retroactive|from_change, pauseReasons, cutOffs: [{name, atTime, zone, days, priorities, warnMinutes}]}';
comment on column sla_policies.targets is '{P1: {firstResponse, update, resolution: minutes | null, clock: "support" (open hours of the calendar) | "always"}, … P5}';
comment on column sla_policies.version is 'Goes up with each change; each clock keeps the version it was measured by.';

-- Targets that were there get the usual time to the next update.
update sla_policies p set targets = (
  select jsonb_object_agg(t.key, t.value || jsonb_build_object('update',
    case t.key when 'P1' then 30 when 'P2' then 60 when 'P3' then 240 when 'P4' then 480 else 960 end))
  from jsonb_each(p.targets) t);

create table ticket_clocks (
  ticket_id uuid not null references tickets on delete cascade,
  clock text not null check (clock in ('first_response', 'update', 'resolution', 'cut_off')),
  label text not null default '',
  cycle int not null default 1,
  state text not null check (state in ('running', 'paused', 'met', 'breached', 'breached_on_reclass', 'cancelled')),
  started_at timestamptz not null,
  due_at timestamptz,
  warn_at timestamptz,
  stopped_at timestamptz,
  ticking boolean not null,
  target_minutes int,
  elapsed_minutes double precision not null,
  warned_at timestamptz,
  breached_at timestamptz,
  policy_id uuid not null,
  policy_version int not null,
  calendar_id uuid,
  calendar_version int,
  derivation jsonb not null,
  problem text,
  primary key (ticket_id, clock, label, cycle)
) with (fillfactor = 70);
comment on table ticket_clocks is 'The clocks of tickets, one row for each run. A cache: all of it follows from tickets.clock_facts, the policy and the calendar. A run that was stopped stays as it is, with the versions it was measured by.';
comment on column ticket_clocks.label is 'Which cut-off, where clock is cut_off.';
comment on column ticket_clocks.cycle is 'Counts the runs: one for each word of the requester, and for each reopening where the policy says so.';
comment on column ticket_clocks.state is 'breached is over time, whether it runs or was stopped too late; breached_on_reclass was so at once when the priority or the policy changed.';
comment on column ticket_clocks.due_at is 'Null while it stands still, and when the calendar never comes so far: then problem says why.';
comment on column ticket_clocks.ticking is 'It neither stands still nor is over.';
comment on column ticket_clocks.elapsed_minutes is 'Open minutes used, when the row was written.';
comment on column ticket_clocks.warned_at is 'When the warning was told; once for each run and target.';
comment on column ticket_clocks.breached_at is 'When the breach was told; once for each run and target.';
comment on column ticket_clocks.derivation is 'How it came about: sentences.';

alter table tickets add column clock_facts jsonb not null default '[]';
alter table tickets add column due_clock text;
alter table tickets add column breached boolean not null default false;
comment on column tickets.clock_facts is 'The part of its event log that moves a clock, oldest first: server/features/sla/facts.ts says what stands in it.';
comment on column tickets.due_clock is 'Which clock runs out at due_at.';
comment on column tickets.breached is 'A clock of it was over time, and that was told.';
comment on column tickets.sla is 'By which policy it is measured, its version, and why by this one.';

-- What happened before the facts were kept: opening, waiting and end are in the row.
update tickets set clock_facts =
  jsonb_build_array(jsonb_build_object('at', to_char(opened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'what', 'opened', 'priority', priority))
  || case when state = 'pending' then jsonb_build_array(jsonb_build_object(
       'at', to_char(coalesce(handled_at, updated_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'what', 'pended', 'reason', pending_reason)) else '[]' end
  || case when resolved_at is not null then jsonb_build_array(jsonb_build_object(
       'at', to_char(resolved_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'what', 'resolved', 'human', true)) else '[]' end
  || case when state = 'cancelled' then jsonb_build_array(jsonb_build_object(
       'at', to_char(coalesce(handled_at, updated_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'what', 'cancelled')) else '[]' end;
alter table tickets drop column first_response_due_at;
alter table tickets drop column resolution_due_at;
-- The clocks of open tickets are computed at the first start.
insert into due (key, at, verb, input) select 'clocks:recompute', now(), 'ticket.recompute_clocks', '{"quiet": true}' where exists (select from tickets);

create table priority_matrix (
  only_one boolean primary key default true check (only_one),
  matrix jsonb not null,
  updated_at timestamptz not null,
  version int not null default 1
);
comment on table priority_matrix is 'Impact × urgency = priority, one row.';
comment on column priority_matrix.matrix is '{high: {high: 1, medium: 2, low: 3}, medium: {…}, low: {…}}: impact first, then urgency; 1 is the most pressing.';
insert into priority_matrix (matrix, updated_at) values
  ('{"high": {"high": 1, "medium": 2, "low": 3}, "medium": {"high": 2, "medium": 3, "low": 4}, "low": {"high": 3, "medium": 4, "low": 5}}', now());
create index tickets_open_ids on tickets (id) where open;
create index tickets_due on tickets (due_at, id) where open;

-- A clock that moves writes its ticket's row anew, and with it each index: the words of the title are gathered and put
-- in together, which takes a third of the time, and a search looks at no more than this megabyte besides.
alter index tickets_title set (fastupdate = on, gin_pending_list_limit = 1024);
