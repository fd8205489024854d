create extension if not exists pg_trgm;

create sequence events_seq;
create table events (
  seq bigint not null default nextval('events_seq'),
  id uuid not null,
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null,
  type text not null,
  actor_kind text not null,
  actor_id text,
  actor_name text not null,
  subject text not null,
  about text[] not null,
  team_id uuid,
  audience text not null check (audience in ('internal', 'requester', 'public')),
  data jsonb not null,
  cause uuid,
  primary key (at, seq)
) partition by range (at);
alter sequence events_seq owned by events.seq;
create table events_default partition of events default;
create index events_feed on events (xid, seq);
create index events_id on events (id);
comment on table events is 'What happened, written in the transaction in which it happened: audit trail, timeline, outbox and live feed in one. Kept for years.';
comment on column events.xid is 'The writing transaction. Readers go in order of (xid, seq) and only below the oldest running transaction, so that none skips an event that committed late.';
comment on column events.about is 'References (kind:id) of all things whose timeline it belongs to; the subject is one of them.';
comment on column events.cause is 'The event that led to this one.';
comment on column events.data is 'Before and after, as the event type describes. Never a secret.';

create table event_about (
  ref text not null,
  at timestamptz not null,
  seq bigint not null,
  primary key (ref, at, seq)
) partition by range (at);
create table event_about_default partition of event_about default;
comment on table event_about is 'Index of events by the things they are about: a timeline is one range of it.';

create table event_seals (
  number bigint generated always as identity primary key,
  at timestamptz not null,
  upto_xid xid8 not null,
  upto_seq bigint not null,
  events int not null,
  hash text not null
);
comment on table event_seals is 'Hash chain over the events, made in batches: each hash covers the one before and the events between.';

create table due (
  key text primary key,
  at timestamptz not null,
  priority smallint not null default 1,
  verb text not null,
  input jsonb not null,
  subject text,
  cause uuid,
  attempts int not null default 0,
  lease uuid,
  lease_until timestamptz,
  last_error text
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500);
create index due_next on due (priority, at);
create index due_at on due (at);
comment on table due is 'Work to be done at a time: reactions, steps, deadlines, retries, periodic tasks. A row is deleted in the transaction that does it.';
comment on column due.key is 'Names the work; written again, it replaces what was there.';
comment on column due.priority is '0 reaches a person, 1 ordinary, 2 part of a flood.';
comment on column due.lease is 'The claim of a worker; whoever finds another lease here rolls back.';
comment on column due.lease_until is 'Real time of the database server, 10 s ahead of the worker''s last sign of life.';

create table signed_links (
  id uuid primary key,
  user_id uuid not null,
  verb text not null,
  input jsonb not null,
  readable text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index signed_links_expiry on signed_links (expires_at);
comment on table signed_links is 'An act that a person may do from a message without signing in. The token is the id and its HMAC; it stands nowhere.';
comment on column signed_links.readable is 'References that the bearer may read.';

create table idempotency_keys (
  actor text not null,
  key text not null,
  request_hash text not null,
  response jsonb,
  created_at timestamptz not null,
  primary key (actor, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);
comment on table idempotency_keys is 'Answers to creates that carried an Idempotency-Key, kept for a day and given again to a repeat.';

create table settings (
  name text primary key,
  value jsonb not null,
  updated_at timestamptz not null
);
comment on table settings is 'Settings of the installation that are changed while it runs.';
