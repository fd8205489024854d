-- What a person or a program did, newest first: of the events most are the machine's own, and stay out of it.
create index events_actor on events (actor_id, at desc, seq desc) where actor_kind in ('user', 'key');

comment on table schema_migrations is 'Which steps of the schema were made, and the hash of each.';
