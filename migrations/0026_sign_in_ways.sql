create table second_factors (
  user_id uuid primary key references users on delete cascade,
  secret text not null,
  confirmed_at timestamptz,
  last_step bigint not null default 0,
  recovery text[] not null default '{}',
  created_at timestamptz not null
);
comment on table second_factors is 'Apps that show a code every 30 s (RFC 6238), one for each person who set it up.';
comment on column second_factors.secret is 'Sealed with the installation''s key.';
comment on column second_factors.confirmed_at is 'Null until a first code was right: until then nobody is asked for one.';
comment on column second_factors.last_step is 'The half minute of the last code that was taken; no code is taken twice.';
comment on column second_factors.recovery is 'SHA-256 of the recovery codes that are left.';

create table passkeys (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  credential_id text not null unique,
  public_key text not null,
  counter bigint not null,
  transports text[] not null,
  name text not null,
  created_at timestamptz not null,
  used_at timestamptz
);
create index passkeys_user on passkeys (user_id);
comment on table passkeys is 'WebAuthn credentials that sign a person in without a password.';
comment on column passkeys.credential_id is 'base64url, as the browser names it.';
comment on column passkeys.public_key is 'base64url of the COSE key.';
