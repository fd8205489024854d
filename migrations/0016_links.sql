create table ticket_links (
  from_id uuid not null references tickets on delete cascade,
  kind text not null check (kind in ('duplicate_of', 'caused_by', 'child_of', 'relates_to')),
  to_id uuid not null references tickets on delete cascade,
  at timestamptz not null,
  merge jsonb,
  primary key (from_id, kind, to_id),
  check (from_id <> to_id)
);
create index ticket_links_to on ticket_links (to_id, kind, at desc, from_id desc);
create unique index ticket_links_parent on ticket_links (from_id) where kind = 'child_of';
create unique index ticket_links_merge on ticket_links (from_id) where merge is not null;
create unique index ticket_links_either_way on ticket_links (least(from_id, to_id), greatest(from_id, to_id)) where kind = 'relates_to';
comment on table ticket_links is 'What tickets have to do with each other: from is duplicate of, caused by, child of or relates to to. Children make a tree.';
comment on column ticket_links.merge is 'Set when from was merged into to by this link: what it was before, which the undoing restores.';

alter table tickets add column merged_into_id uuid references tickets;
create index tickets_merged on tickets (merged_into_id) where merged_into_id is not null;
comment on column tickets.merged_into_id is 'The ticket that goes on in its place, however many merges lie between; such a ticket is cancelled.';
create index tickets_open_title on tickets using gin (title gin_trgm_ops) where open;
create index tickets_open_service on tickets (service_id, opened_at desc, id desc) where open;

alter table tickets add column began_at timestamptz;
comment on column tickets.began_at is 'Since when there is trouble, as it was told; clocks count from opened_at.';

alter table messages add column copy_of uuid;
create index messages_copies on messages (copy_of) where copy_of is not null;
comment on column messages.copy_of is 'The message of another ticket whose words these are: one reply that answered all.';

create table ticket_callers (
  id uuid primary key,
  ticket_id uuid not null references tickets on delete cascade,
  user_id uuid references users on delete cascade,
  business_unit_id uuid references business_units on delete set null,
  words text not null default '',
  at timestamptz not null
);
create index ticket_callers_ticket on ticket_callers (ticket_id, at);
comment on table ticket_callers is 'Who else called about a ticket without getting one of their own.';
comment on column ticket_callers.words is 'What was said, as it was logged.';

create table ticket_helpers (
  ticket_id uuid not null references tickets on delete cascade,
  user_id uuid not null references users on delete cascade,
  asked_at timestamptz not null,
  joined_at timestamptz,
  primary key (ticket_id, user_id)
);
create index ticket_helpers_user on ticket_helpers (user_id);
comment on table ticket_helpers is 'People who work on a ticket beside the one who has it.';
comment on column ticket_helpers.joined_at is 'Null while somebody was asked and has not joined.';

alter table alerts add column merged_from uuid[] not null default '{}';
comment on column alerts.merged_from is 'The tickets it was on before each was merged, the last one last; undoing a merging brings the alert back.';
