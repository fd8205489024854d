create table users (
  id uuid primary key,
  name text not null,
  email text not null check (email = lower(email)),
  email_verified boolean not null default false,
  image text,
  role text not null default 'requester' check (role in ('requester', 'stakeholder', 'responder', 'lead', 'admin')),
  zone text not null default 'Europe/London',
  disabled_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1
);
create unique index users_email on users (email);
create index users_name on users (lower(name), id);
create index users_search on users using gin ((lower(name) || ' ' || email) gin_trgm_ops);
comment on table users is 'People. The table is better-auth''s user model with our own columns added.';
comment on column users.role is 'Role in the whole house; a team membership may add to it.';

create table accounts (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index accounts_user on accounts (user_id);
create unique index accounts_provider on accounts (provider_id, account_id);
comment on table accounts is 'Ways to sign in (better-auth): a password hash (Argon2id), later an OpenID provider.';

create table sessions (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index sessions_user on sessions (user_id);
create index sessions_expiry on sessions (expires_at);
comment on table sessions is 'Signed-in browsers (better-auth writes them, we read them ourselves: 0.2 ms instead of 1.2 ms).';

create table verifications (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index verifications_identifier on verifications (identifier);
comment on table verifications is 'better-auth''s short-lived proofs.';

create table sign_in_tries (
  key text primary key,
  tries int not null,
  resets_at timestamptz not null
);
comment on table sign_in_tries is 'Failed sign-ins, counted over a quarter of an hour for (address and account), for an address, and for a browser that has signed in before: nobody can lock others out.';
comment on column sign_in_tries.key is 'SHA-256: what is typed as a mail address may be a password by mistake.';

create table invitations (
  id uuid primary key,
  user_id uuid references users on delete cascade,
  purpose text not null check (purpose in ('first_admin', 'invitation', 'reset')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  check ((purpose = 'first_admin') = (user_id is null))
);
create index invitations_user on invitations (user_id);
comment on column invitations.user_id is 'Null for the first administrator, who tells name and mail address when the link is used.';
comment on table invitations is 'One-time links with which a person sets a password. The token is derived from the id and stands nowhere.';

create table teams (
  id uuid primary key,
  slug text not null unique,
  name text not null,
  kind text not null check (kind in ('l1', 'l2', 'l3', 'dba', 'systems', 'network', 'vendor', 'other')),
  zone text not null default 'Europe/London',
  description text not null default '',
  archived_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1
);
create index teams_name on teams (lower(name), id);
comment on table teams is 'Support lines and resolver groups.';

create table team_members (
  team_id uuid not null references teams on delete cascade,
  user_id uuid not null references users on delete cascade,
  role text not null check (role in ('responder', 'lead')),
  primary key (team_id, user_id)
);
create index team_members_user on team_members (user_id);
comment on table team_members is 'Who is in which team, and who leads it.';

create table api_keys (
  id uuid primary key,
  name text not null,
  scopes text[] not null,
  created_by uuid references users,
  created_at timestamptz not null,
  revoked_at timestamptz,
  version int not null default 1
);
create index api_keys_name on api_keys (lower(name), id);
comment on table api_keys is 'Keys for programs. A key is a name with scopes; it has at most two valid secrets at once, so that it can be rotated.';

create table api_key_secrets (
  id uuid primary key,
  key_id uuid not null references api_keys on delete cascade,
  hash text not null unique,
  hint text not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz
);
create index api_key_secrets_key on api_key_secrets (key_id);
comment on column api_key_secrets.hash is 'SHA-256 of the secret, which has 256 bits of chance and so needs no slow hash.';
comment on column api_key_secrets.hint is 'Its last four characters.';
comment on table api_key_secrets is 'Secrets of keys, hashed.';
