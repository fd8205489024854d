create sequence knowledge_numbers_article start 1;
create sequence knowledge_numbers_known_error start 1;
create sequence knowledge_numbers_runbook start 1;

create table knowledge_items (
  id uuid primary key,
  number text not null unique,
  kind text not null check (kind in ('article', 'known_error', 'runbook')),
  title text not null,
  state text not null default 'draft' check (state in ('draft', 'published', 'retired')),
  audience text not null default 'internal' check (audience in ('internal', 'requester')),
  team_id uuid references teams,
  tags text[] not null default '{}',
  body text not null default '',
  symptoms text not null default '',
  cause text not null default '',
  workaround text not null default '',
  fix text not null default '',
  steps jsonb not null default '[]',
  review_by date,
  search tsvector not null,
  uses int not null default 0,
  helped int not null default 0,
  not_helped int not null default 0,
  last_used_at timestamptz,
  published_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  updated_by jsonb not null,
  version int not null default 1,
  check (audience = 'internal' or kind = 'article')
);
create index knowledge_items_recent on knowledge_items (updated_at desc, id desc);
create index knowledge_items_search on knowledge_items using gin (search);
create index knowledge_items_title on knowledge_items using gin (title gin_trgm_ops);
create index knowledge_items_team on knowledge_items (team_id);
create index knowledge_items_review on knowledge_items (review_by) where state <> 'retired';
comment on table knowledge_items is 'What is known: articles, known errors (symptoms, cause, workaround, fix) and runbooks (steps). Texts are Markdown.';
comment on column knowledge_items.audience is 'internal: the support teams alone; requester: once published, everybody may read it. Articles only.';
comment on column knowledge_items.steps is 'Of a runbook, in order: {id, kind: read|decide|do, title, body, options: [{label, goTo}]}.';
comment on column knowledge_items.search is 'Title and tags (A), symptoms (B), the rest (C), in English; written with each save.';
comment on column knowledge_items.uses is 'How often it was used on a ticket, with how often somebody said that it helped, or did not.';
comment on column knowledge_items.version is 'Number of the newest version of its words; publishing and retiring change none.';

create table knowledge_services (
  item_id uuid not null references knowledge_items on delete cascade,
  service_id uuid not null references services on delete cascade,
  primary key (item_id, service_id)
);
create index knowledge_services_service on knowledge_services (service_id);
comment on table knowledge_services is 'The services that it is about.';

create table knowledge_versions (
  item_id uuid not null references knowledge_items on delete cascade,
  version int not null,
  at timestamptz not null,
  by jsonb not null,
  why text not null default '',
  content jsonb not null,
  primary key (item_id, version)
);
comment on table knowledge_versions is 'Every save, whole, with who, when and why.';

create table knowledge_uses (
  item_id uuid not null references knowledge_items on delete cascade,
  subject text not null,
  at timestamptz not null,
  helped boolean,
  primary key (item_id, subject)
);
create index knowledge_uses_recent on knowledge_uses (item_id, at desc);
comment on table knowledge_uses is 'On what it was used, once for each thing; whether it helped, when somebody said so.';
comment on column knowledge_uses.subject is 'A reference (kind:id), such as a ticket. The link itself belongs to the feature of that thing.';

create table service_changes (
  id uuid primary key,
  service_id uuid not null references services on delete cascade,
  environment text not null default 'prod' check (environment in ('prod', 'uat', 'test', 'dev')),
  at timestamptz not null,
  title text not null,
  details text not null default '',
  origin text not null check (origin in ('hand', 'tool', 'ticket')),
  reference text,
  by jsonb not null,
  links jsonb not null default '[]',
  noted_at timestamptz not null
);
create index service_changes_service on service_changes (service_id, at desc, id desc);
create unique index service_changes_reference on service_changes (reference) where reference is not null;
comment on table service_changes is 'The change log of services: what changed when, noted by hand, by tools that send change events, or by a change ticket that was done.';
comment on column service_changes.at is 'When it changed, as far as is known.';
comment on column service_changes.reference is 'What it was noted from (signal:id, ticket:id), so that it is noted once.';

create table ticket_words (
  ticket_id uuid primary key references tickets on delete cascade,
  search tsvector not null
);
create index ticket_words_search on ticket_words using gin (search);
comment on table ticket_words is 'Words of title (A) and description (B) of each ticket, to find similar ones. Apart from tickets, whose rows are written often.';
insert into ticket_words (ticket_id, search)
  select id, setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', left(description, 4000)), 'B') from tickets;

create table ticket_knowledge (
  ticket_id uuid not null references tickets on delete cascade,
  item_id uuid not null references knowledge_items,
  relation text not null check (relation in ('used', 'origin')),
  version int not null,
  at timestamptz not null,
  by jsonb not null,
  helped boolean,
  primary key (ticket_id, item_id)
);
create index ticket_knowledge_item on ticket_knowledge (item_id, at desc);
comment on table ticket_knowledge is 'Knowledge that was used on a ticket, or that was written from it.';
comment on column ticket_knowledge.relation is 'used: it was tried here; origin: it comes from this ticket (a known error from a problem, a draft from what was solved).';
comment on column ticket_knowledge.version is 'The version that was followed: the steps of a runbook stay those with which it was begun.';

create table ticket_runbook_steps (
  ticket_id uuid not null,
  item_id uuid not null,
  step_id text not null,
  at timestamptz not null,
  by jsonb not null,
  note text not null default '',
  choice int,
  primary key (ticket_id, item_id, step_id),
  foreign key (ticket_id, item_id) references ticket_knowledge on delete cascade
);
comment on table ticket_runbook_steps is 'Steps of a runbook that were done on a ticket, with who and when; the note is the evidence.';
comment on column ticket_runbook_steps.choice is 'Of a step that decides: which option was taken, from 0.';
