create table announcements (
  id uuid primary key,
  title text not null,
  body text not null,
  posted_by jsonb not null,
  posted_at timestamptz not null,
  until_at timestamptz,
  ended_at timestamptz
);
create index announcements_standing on announcements (posted_at desc, id) where ended_at is null;
comment on table announcements is 'What everybody at the desk should know; shown on the floor.';
comment on column announcements.until_at is 'It is not shown any more from then on; null: until it is ended.';
