create table push_identity (
  id int primary key check (id = 1),
  public_key text not null,
  private_key text not null,
  created_at timestamptz not null
);
create index push_identity_sealed on push_identity (left(private_key, 12));
comment on table push_identity is 'Who we are to the push services of browsers (VAPID, RFC 8292): one pair of keys. Browsers are bound to it, so it stays.';
comment on column push_identity.private_key is 'Sealed with the installation''s key.';
