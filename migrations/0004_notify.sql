create table contact_methods (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  channel text not null,
  label text not null,
  config text not null,
  address text not null,
  verified_at timestamptz,
  disabled_at timestamptz,
  disabled_reason text,
  created_at timestamptz not null,
  version int not null default 1
);
create index contact_methods_user on contact_methods (user_id);
comment on table contact_methods is 'How a person can be reached. Pages go to verified ones only.';
comment on column contact_methods.config is 'The channel''s own configuration, encrypted (it may hold a secret).';
comment on column contact_methods.address is 'What people are shown of it.';

create table contact_verifications (
  method_id uuid primary key references contact_methods on delete cascade,
  nonce uuid not null,
  expires_at timestamptz not null,
  tries int not null default 0
);
comment on table contact_verifications is 'A proof under way: the code that was sent is derived from the nonce and the installation''s key, and stands nowhere; five tries.';

create table notification_rules (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  urgency text not null check (urgency in ('high', 'low')),
  method_id uuid not null references contact_methods on delete cascade,
  after_minutes int not null check (after_minutes between 0 and 1440)
);
create index notification_rules_user on notification_rules (user_id, urgency, after_minutes);
comment on table notification_rules is 'Per person and urgency: which contact method after how many minutes.';

create table deliveries (
  id uuid primary key,
  class text not null check (class in ('page', 'conversation', 'broadcast')),
  user_id uuid,
  method_id uuid,
  channel text not null,
  address text not null,
  message jsonb not null,
  subject text not null,
  about text[] not null default '{}',
  reason text not null,
  link_id uuid,
  state text not null check (state in ('waiting', 'queued', 'sending', 'sent', 'delivered', 'failed', 'cancelled', 'bundled')),
  attempts int not null default 0,
  may_repeat boolean not null default false,
  stopped boolean not null default false,
  our_fault boolean not null default false,
  bundle_id uuid,
  receipt text,
  last_error text,
  created_at timestamptz not null,
  due_at timestamptz not null,
  sent_at timestamptz,
  finished_at timestamptz
);
create index deliveries_subject on deliveries (subject, created_at);
create index deliveries_contact on deliveries (channel, address, sent_at);
create index deliveries_waiting on deliveries (channel, address) where state in ('queued', 'sending');
create index deliveries_trouble on deliveries (due_at) where state in ('queued', 'sending') and attempts > 0;
create index deliveries_created on deliveries (created_at desc, id desc);
comment on table deliveries is 'One message to one contact method: queued → sent → delivered, or failed. Waiting ones are due later by the person''s rules; bundled ones were told within another.';
comment on column deliveries.may_repeat is 'It may have been sent twice: a crash came between the channel''s yes and our commit.';
comment on column deliveries.our_fault is 'The last attempt failed for a reason that lies with this installation (mail server, its settings): told on the floor.';
comment on column deliveries.stopped is 'Not needed any more; one that was under way is not tried again.';
comment on column deliveries.subject is 'Reference of what it is about, for instance page:<id>.';

create table delivery_attempts (
  id uuid primary key,
  delivery_id uuid not null references deliveries on delete cascade,
  number int not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  outcome text check (outcome in ('sent', 'retry', 'refused', 'unknown')),
  detail text
);
create index delivery_attempts_delivery on delivery_attempts (delivery_id, number);
comment on table delivery_attempts is 'Every try. One without an outcome was under way when its process died: it may have arrived.';
