-- A workaround is written for the desk. What may go to whoever asked has a place of its own, so that neither is taken for
-- the other.
alter table knowledge_items add column answer text not null default '';
comment on column knowledge_items.answer is
  'Of a known error: what may be sent to whoever asked, as it stands. The only one of its texts that goes into a reply.';
