create table holiday_feeds (
  calendar_id uuid primary key references calendars on delete cascade,
  address text not null,
  host text not null,
  copy text,
  read_at timestamptz,
  tried_at timestamptz,
  failing_since timestamptz,
  problem text,
  decided date[] not null default '{}',
  waiting int not null default 0,
  first_waiting date,
  created_at timestamptz not null
);
create index holiday_feeds_sealed on holiday_feeds (left(address, 12));
comment on table holiday_feeds is 'Addresses from which the holidays of calendars are read each day, to be proposed to an administrator.';
comment on column holiday_feeds.address is 'Sealed: the address of a private calendar is its secret.';
comment on column holiday_feeds.host is 'The part of the address that is shown.';
comment on column holiday_feeds.copy is 'What was read last, whole and with at least one day; stays while the feed cannot be read.';
comment on column holiday_feeds.read_at is 'When that was.';
comment on column holiday_feeds.failing_since is 'Since when it cannot be read, with the problem; null while it can.';
comment on column holiday_feeds.decided is 'Days of the feed about which an administrator has decided, for or against.';
comment on column holiday_feeds.waiting is 'Days ahead that came or went and about which nobody has decided, as of the last reading or change of the calendar.';
comment on column holiday_feeds.first_waiting is 'The first of those days.';
alter table alerts add column told text;
comment on column alerts.told is 'What of it tells what is wrong, without the words of our own sentences; null: title and summary.';
alter table ticket_words add column told text;
comment on column ticket_words.told is 'What of the ticket is compared with others; null: title and description, as a person wrote them.';
