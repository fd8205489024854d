alter table alert_keys add column fired_spell timestamptz;
comment on column alert_keys.fired_spell is 'When that began of which the latest firing tells, by the sender''s own clock, where it says so; the resolve of one that was over before closes nothing.';
