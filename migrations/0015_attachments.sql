create table attachments (
  id uuid primary key,
  name text not null,
  type text not null default 'application/octet-stream',
  bytes bigint not null default 0,
  sha256 text,
  width int,
  height int,
  state text not null check (state in ('uploading', 'stored', 'removed')),
  uploader_kind text not null,
  uploader_id text,
  uploader_name text not null,
  uploaded_at timestamptz not null,
  ticket_id uuid references tickets,
  message_id uuid references messages,
  internal boolean not null default false,
  attached_at timestamptz
);
create index attachments_ticket on attachments (ticket_id, attached_at, id) where ticket_id is not null;
create index attachments_message on attachments (message_id) where message_id is not null;
create index attachments_loose on attachments (uploaded_at, id) where ticket_id is null;
create index attachments_uploader on attachments (uploader_id) where ticket_id is null;
comment on table attachments is 'Files that people sent. The bytes lie in the data folder under the id; the row is written first, so that no file is without one.';
comment on column attachments.type is 'By the first bytes of the file, never by what the sender said.';
comment on column attachments.width is 'Of an image that may be shown; null for everything else.';
comment on column attachments.ticket_id is 'Null while it is sent and until it is attached; what is never attached is removed.';
comment on column attachments.message_id is 'Null when it was attached to the ticket itself, at its opening.';
comment on column attachments.internal is 'On an internal note: never served to requesters.';

create table affected_people (
  ticket_id uuid not null references tickets on delete cascade,
  user_id uuid not null references users on delete cascade,
  at timestamptz not null,
  primary key (ticket_id, user_id)
);
create index affected_people_user on affected_people (user_id);
comment on table affected_people is 'Who said of a known disturbance that it hurts them too. They read what the desk tells of it, not what others wrote on the ticket.';

create index tickets_disturbances on tickets (service_id, priority, opened_at)
  where open and kind = 'incident' and environment = 'prod' and priority <= 2;

create table ticket_mails (
  message_id text primary key,
  ticket_id uuid not null references tickets on delete cascade,
  at timestamptz not null
);
create index ticket_mails_ticket on ticket_mails (ticket_id, at);
comment on table ticket_mails is 'Message-IDs of mails of a ticket''s conversation, by which its mails refer to each other.';
