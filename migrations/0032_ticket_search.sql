create function ticket_text(wanted uuid) returns tsvector language sql stable as $$
  select setweight(to_tsvector('english', t.title), 'A')
    || setweight(to_tsvector('english', left(t.description, 20000)), 'B')
    || setweight(to_tsvector('english', left(concat_ws(E'\n', t.resolution, m.open), 100000)), 'C')
    || setweight(to_tsvector('english', left(coalesce(m.inner_words, ''), 100000)), 'D')
  from tickets t cross join lateral (
    select string_agg(body, E'\n' order by at desc) filter (where kind = 'public') as open,
      string_agg(body, E'\n' order by at desc) filter (where kind = 'internal') as inner_words
    from messages where ticket_id = t.id) m
  where t.id = wanted
$$;
comment on function ticket_text is 'All words of a ticket: title (A), description (B), resolution and public replies (C), internal notes (D). Of very long ones the newest.';

create table ticket_search (
  ticket_id uuid primary key references tickets on delete cascade,
  search tsvector not null
);
comment on table ticket_search is 'What the text of a filter is looked up in, see ticket_text. Apart from ticket_words, which is compared with other tickets and is not written at each reply.';
insert into ticket_search (ticket_id, search) select id, ticket_text(id) from tickets;
create index ticket_search_words on ticket_search using gin (search);
