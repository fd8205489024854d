-- An import says how much there is, beside who needs it.
alter table chain_resources rename to job_resources;
alter table job_resources add column said int;
comment on column job_resources.said is 'What a scheduler said of it last: while units are the same, its next import changes them. null: people alone said it.';
