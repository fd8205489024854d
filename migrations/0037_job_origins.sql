create table job_origins (
  job_id uuid primary key references jobs on delete cascade,
  kind text not null,
  external_id text not null,
  host text,
  command text not null,
  attributes jsonb not null,
  said jsonb not null,
  imported_at timestamptz not null,
  unique (kind, external_id)
);
comment on table job_origins is 'Where a job was imported from: what its scheduler knows it by, and what it said of it.';
comment on column job_origins.kind is 'Of the importer: crontab, systemd, kubernetes …';
comment on column job_origins.external_id is 'By which a second import finds the job again.';
comment on column job_origins.attributes is 'What its scheduler says beside what a job has here, as it was written.';
comment on column job_origins.said is 'The fields of the job as the last import read them: what has not changed since is left as people have it here.';
