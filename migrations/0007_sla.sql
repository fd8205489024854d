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
comment on table sla_policies is 'How soon: minutes to the first response and to the resolution, by priority.';
comment on column sla_policies.targets is '{P1: {firstResponse: minutes | null, resolution: minutes | null, clock: "support" (the service''s calendar) | "always"}, … P5}';

-- A fresh installation has sensible targets at once; they are changed like any others.
insert into sla_policies (id, name, is_default, targets, created_at, updated_at)
values (gen_random_uuid(), 'Standard', true, '{
  "P1": {"firstResponse": 15,  "resolution": 240,  "clock": "always"},
  "P2": {"firstResponse": 30,  "resolution": 480,  "clock": "always"},
  "P3": {"firstResponse": 120, "resolution": 1440, "clock": "support"},
  "P4": {"firstResponse": 480, "resolution": 2880, "clock": "support"},
  "P5": {"firstResponse": 960, "resolution": 7200, "clock": "support"}
}', now(), now());
