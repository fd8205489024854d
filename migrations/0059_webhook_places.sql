-- A number of a transaction means nothing in another database. As a column of its own, whose default is the transaction that
-- writes it, it is that of the events that are put back with it.
alter table webhooks
  add column place_xid xid8 not null default pg_current_xact_id(),
  add column place_seq bigint not null default 0;
update webhooks set place_xid = split_part(place, '.', 1)::xid8, place_seq = split_part(place, '.', 2)::bigint;
alter table webhooks drop column place;
comment on column webhooks.place_xid is 'Transaction of the last event of the log that it was told of or has passed over.';
comment on column webhooks.place_seq is 'Sequence number of that event.';
