alter table sources add column expires_minutes int check (expires_minutes between 1 and 43200);
comment on column sources.expires_minutes is 'An alert of which nothing was heard for so long is expired, which is not the same as resolved. Null: it stays open until somebody says that it is over.';
