create table sla_policies (
  id uuid primary key,
  name text not null unique,
  is_default boolean not null default false,
  targets jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1
);
create unique index sla_policies_default on sla_policies (is_default) where is_default;
comment on table sla_policies is 'How soon: minutes to the first response and to the resolution, by priority, counted in the service''s support calendar.';
comment on column sla_policies.targets is '{P1: {firstResponse: minutes, resolution: minutes, clock: "support" | "always"}, …}';
