create table accounts (
  id uuid not null,
  user_id uuid not null,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamp with time zone,
  refresh_token_expires_at timestamp with time zone,
  scope text,
  password text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
  PRIMARY KEY (id)
);
CREATE INDEX accounts_user ON accounts USING btree (user_id);
CREATE UNIQUE INDEX accounts_pkey ON accounts USING btree (id);
CREATE UNIQUE INDEX accounts_provider ON accounts USING btree (provider_id, account_id);
comment on table accounts is 'How each person signs in: a hash of the password, or who they are at the company''s sign-in.';

create table affected_people (
  ticket_id uuid not null,
  user_id uuid not null,
  at timestamp with time zone not null,
  FOREIGN KEY (ticket_id) REFERENCES tickets(id) ON DELETE CASCADE,
  FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
  PRIMARY KEY (ticket_id, user_id)
);
CREATE INDEX affected_people_user ON affected_people USING btree (user_id);
CREATE UNIQUE INDEX affected_people_pkey ON affected_people USING btree (ticket_id, user_id);
comment on table affected_people is 'Who said of a known disturbance that it hurts them too. They read what the desk tells of it, not what others wrote on the ticket.';

create table alert_hours (
  at timestamp with time zone not null,
  source_id uuid not null,
  alerts integer not null,
  PRIMARY KEY (at, source_id)
);
CREATE UNIQUE INDEX alert_hours_pkey ON alert_hours USING btree (at, source_id);
comment on table alert_hours is 'How many alerts each source began in each hour (UTC): the noise of weeks, without reading the alerts. Kept for 400 days.';

create table alert_keys (
  source_id uuid not null,
  dedup_key text not null,
  state text not null default,
  severity text not null default,
  flip integer not null default,
  fired_flip integer not null default,
  fired_at timestamp with time zone,
  fired_before bigint not null default,
  ended_at timestamp with time zone,
  last_firing_at timestamp with time zone,
  last_resolved_at timestamp with time zone,
  last_signal_at timestamp with time zone not null,
  shown_at timestamp with time zone,
  shown_id uuid,
  occurrences bigint not null default,
  turn bigint not null default,
  fired_spell timestamp with time zone,
  CHECK ((state = ANY (ARRAY['firing'::text, 'resolved'::text, 'blind'::text]))),
  PRIMARY KEY (source_id, dedup_key)
);
CREATE UNIQUE INDEX alert_keys_pkey ON alert_keys USING btree (source_id, dedup_key);
comment on table alert_keys is 'What each source said last of each thing that it reports on, so that one sees how often it has changed its mind.';
comment on column alert_keys.fired_flip is 'The flip at which it last began to fire; higher than the flip of the alert means another alert.';
comment on column alert_keys.fired_before is 'Occurrences when it last began to fire.';
comment on column alert_keys.last_firing_at is 'The sender''s time of the latest firing, null where it gave none to go by; a resolve that is older closes nothing.';
comment on column alert_keys.last_resolved_at is 'The sender''s time of the latest resolve, null where it gave none to go by; a firing that is older opens nothing.';
comment on column alert_keys.shown_id is 'With shown_at: the row in signals that says what the alert shows.';
comment on column alert_keys.turn is 'Counts writes: who writes checks that nobody has written since he read.';
comment on column alert_keys.fired_spell is 'When that began of which the latest firing tells, by the sender''s own clock, where it says so; the resolve of one that was over before closes nothing.';

create table alert_rollups (
  one boolean not null default,
  done_until timestamp with time zone not null,
  CHECK (one),
  PRIMARY KEY (one)
);
CREATE UNIQUE INDEX alert_rollups_pkey ON alert_rollups USING btree (one);
comment on table alert_rollups is 'Up to which hour alerts have been counted.';

create table alert_routes (
  id uuid not null,
  position integer not null,
  name text not null,
  condition text not null,
  service_id uuid,
  team_id uuid,
  environment text,
  priority smallint,
  opens_incident boolean,
  enabled boolean not null default,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default,
  policy_id uuid,
  CHECK (((priority >= 1) AND (priority <= 5))),
  CHECK ((environment = ANY (ARRAY['prod'::text, 'uat'::text, 'test'::text, 'dev'::text]))),
  FOREIGN KEY (policy_id) REFERENCES escalation_policies(id),
  FOREIGN KEY (service_id) REFERENCES services(id),
  FOREIGN KEY (team_id) REFERENCES teams(id),
  PRIMARY KEY (id)
);
CREATE INDEX alert_routes_position ON alert_routes USING btree ("position", id);
CREATE UNIQUE INDEX alert_routes_pkey ON alert_routes USING btree (id);
comment on table alert_routes is 'The rules for alerts, tried in order: the first whose condition holds decides, and the default route decides what is left.';
comment on column alert_routes.condition is 'A CEL expression that is true or false.';
comment on column alert_routes.opens_incident is 'Null: as the source is set.';
comment on column alert_routes.policy_id is 'The escalation policy by which people are paged; null: that of the service or team.';

create table alerts (
  id uuid not null,
  source_id uuid not null,
  dedup_key text not null,
  status text not null,
  flip integer not null,
  severity text not null,
  title text not null,
  summary text not null default,
  labels jsonb not null default,
  links jsonb not null default,
  service_id uuid,
  host text,
  environment text not null default,
  team_id uuid,
  priority smallint,
  route jsonb not null default,
  ticket_id uuid,
  held jsonb,
  previous_id uuid,
  occurrences_before bigint not null default,
  occurrences_end bigint,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  acknowledged_at timestamp with time zone,
  acknowledged_by jsonb,
  updated_at timestamp with time zone not null,
  version integer not null default,
  merged_from uuid[] not null default,
  told text,
  CHECK ((status = ANY (ARRAY['firing'::text, 'resolved'::text, 'expired'::text, 'blind'::text]))),
  PRIMARY KEY (id)
);
CREATE INDEX alerts_firing ON alerts USING btree (started_at DESC, id DESC) WHERE (status = ANY (ARRAY['firing'::text, 'blind'::text]));
CREATE INDEX alerts_health ON alerts USING btree (service_id, environment, severity) WHERE (status = ANY (ARRAY['firing'::text, 'blind'::text]));
CREATE INDEX alerts_held ON alerts USING btree (((held ->> 'id'::text))) WHERE ((held IS NOT NULL) AND (status = ANY (ARRAY['firing'::text, 'blind'::text])));
CREATE INDEX alerts_host ON alerts USING btree (source_id, host) WHERE ((host IS NOT NULL) AND (service_id IS NULL));
CREATE INDEX alerts_key ON alerts USING btree (source_id, dedup_key, flip DESC);
CREATE INDEX alerts_list ON alerts USING btree (started_at DESC, id DESC);
CREATE INDEX alerts_service ON alerts USING btree (service_id, started_at DESC);
CREATE INDEX alerts_source ON alerts USING btree (source_id, started_at DESC, id DESC);
CREATE INDEX alerts_source_open ON alerts USING btree (source_id) WHERE (status = ANY (ARRAY['firing'::text, 'blind'::text]));
CREATE INDEX alerts_ticket ON alerts USING btree (ticket_id);
CREATE INDEX alerts_title ON alerts USING gin (title gin_trgm_ops);
CREATE UNIQUE INDEX alerts_open ON alerts USING btree (source_id, dedup_key) WHERE (status = ANY (ARRAY['firing'::text, 'blind'::text]));
CREATE UNIQUE INDEX alerts_pkey ON alerts USING btree (id);
comment on table alerts is 'What sources report as broken. While something is broken it has one alert; when it breaks again, another that is linked to the last.';
comment on column alerts.flip is 'The newest flip of its key that was applied to it.';
comment on column alerts.route is 'How service, team, priority and policy were found, in words and facts.';
comment on column alerts.held is 'Why it was held back: {kind: silence|maintenance, id, reason, until}. Suppresses telling and opening, never resolving.';
comment on column alerts.occurrences_before is 'Occurrences of the key when this alert began; the count of this alert is the difference.';
comment on column alerts.occurrences_end is 'Occurrences of the key when this alert ended; null while it is open.';
comment on column alerts.merged_from is 'The tickets it was on before each was merged, the last one last; undoing a merging brings the alert back.';
comment on column alerts.told is 'What of it tells what is wrong, without the words of our own sentences; null: title and summary.';

create table announcements (
  id uuid not null,
  title text not null,
  body text not null,
  posted_by jsonb not null,
  posted_at timestamp with time zone not null,
  until_at timestamp with time zone,
  ended_at timestamp with time zone,
  PRIMARY KEY (id)
);
CREATE INDEX announcements_standing ON announcements USING btree (posted_at DESC, id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX announcements_pkey ON announcements USING btree (id);
comment on table announcements is 'What everybody at the desk should know; shown on the floor.';
comment on column announcements.until_at is 'It is not shown any more from then on; null: until it is ended.';

create table api_key_secrets (
  id uuid not null,
  key_id uuid not null,
  hash text not null,
  hint text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone,
  last_used_at timestamp with time zone,
  FOREIGN KEY (key_id) REFERENCES api_keys(id) ON DELETE CASCADE,
  PRIMARY KEY (id),
  UNIQUE (hash)
);
CREATE INDEX api_key_secrets_key ON api_key_secrets USING btree (key_id);
CREATE UNIQUE INDEX api_key_secrets_hash_key ON api_key_secrets USING btree (hash);
CREATE UNIQUE INDEX api_key_secrets_pkey ON api_key_secrets USING btree (id);
comment on table api_key_secrets is 'Secrets of API keys, as hashes only.';
comment on column api_key_secrets.hash is 'SHA-256 of the secret, which has 256 bits of chance and so needs no slow hash.';
comment on column api_key_secrets.hint is 'Its last four characters.';

create table api_keys (
  id uuid not null,
  name text not null,
  scopes text[] not null,
  created_by uuid,
  created_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  version integer not null default,
  FOREIGN KEY (created_by) REFERENCES users(id),
  PRIMARY KEY (id)
);
CREATE INDEX api_keys_name ON api_keys USING btree (lower(name), id);
CREATE UNIQUE INDEX api_keys_pkey ON api_keys USING btree (id);
comment on table api_keys is 'Keys for programs. A key is a name with scopes; it has at most two valid secrets at once, so that it can be rotated.';

create table attachments (
  id uuid not null,
  name text not null,
  type text not null default,
  bytes bigint not null default,
  sha256 text,
  width integer,
  height integer,
  state text not null,
  uploader_kind text not null,
  uploader_id text,
  uploader_name text not null,
  uploaded_at timestamp with time zone not null,
  ticket_id uuid,
  message_id uuid,
  internal boolean not null default,
  attached_at timestamp with time zone,
  CHECK ((state = ANY (ARRAY['uploading'::text, 'stored'::text, 'removed'::text]))),
  FOREIGN KEY (message_id) REFERENCES messages(id),
  FOREIGN KEY (ticket_id) REFERENCES tickets(id),
  PRIMARY KEY (id)
);
CREATE INDEX attachments_loose ON attachments USING btree (uploaded_at, id) WHERE (ticket_id IS NULL);
CREATE INDEX attachments_message ON attachments USING btree (message_id) WHERE (message_id IS NOT NULL);
CREATE INDEX attachments_ticket ON attachments USING btree (ticket_id, attached_at, id) WHERE (ticket_id IS NOT NULL);
CREATE INDEX attachments_uploader ON attachments USING btree (uploader_id) WHERE (ticket_id IS NULL);
CREATE UNIQUE INDEX attachments_pkey ON attachments USING btree (id);
comment on table attachments is 'Files that people sent. Their bytes lie in the data folder.';
comment on column attachments.type is 'By the first bytes of the file, never by what the sender said.';
comment on column attachments.width is 'Of an image that may be shown; null for everything else.';
comment on column attachments.ticket_id is 'Null while it is sent and until it is attached; what is never attached is removed.';
comment on column attachments.message_id is 'Null when it was attached to the ticket itself, at its opening.';
comment on column attachments.internal is 'On an internal note: never served to requesters.';

create table business_cuts (
  zone text not null,
  cut text not null,
  updated_at timestamp with time zone not null,
  CHECK ((cut ~ '^\d\d:\d\d$'::text)),
  PRIMARY KEY (zone)
);
CREATE UNIQUE INDEX chain_cuts_pkey ON business_cuts USING btree (zone);
comment on table business_cuts is 'When a new business date begins, by zone; 17:00 where nothing is said.';

create table business_unit_people (
  business_unit_id uuid not null,
  user_id uuid not null,
  FOREIGN KEY (business_unit_id) REFERENCES business_units(id) ON DELETE CASCADE,
  FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
  PRIMARY KEY (business_unit_id, user_id)
);
CREATE INDEX business_unit_people_user ON business_unit_people USING btree (user_id);
CREATE UNIQUE INDEX business_unit_people_pkey ON business_unit_people USING btree (business_unit_id, user_id);
comment on table business_unit_people is 'Who works in which business unit. A person may be in several, or in none.';

create table business_units (
  id uuid not null,
  slug text not null,
  name text not null,
  site text not null default,
  people integer,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default,
  PRIMARY KEY (id),
  UNIQUE (slug)
);
CREATE INDEX business_units_name ON business_units USING btree (lower(name), id);
CREATE UNIQUE INDEX business_units_pkey ON business_units USING btree (id);
CREATE UNIQUE INDEX business_units_slug_key ON business_units USING btree (slug);
comment on table business_units is 'Who is hurt, and who must be told: a trading desk, a branch, an operations team.';

create table calendars (
  id uuid not null,
  slug text not null,
  name text not null,
  kind text not null,
  zone text not null,
  weekly jsonb not null,
  exceptions jsonb not null default,
  valid_through date,
  provenance text not null default,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default,
  CHECK ((kind = ANY (ARRAY['support'::text, 'market'::text, 'settlement'::text]))),
  PRIMARY KEY (id),
  UNIQUE (slug)
);
CREATE INDEX calendars_name ON calendars USING btree (lower(name), id);
CREATE UNIQUE INDEX calendars_pkey ON calendars USING btree (id);
CREATE UNIQUE INDEX calendars_slug_key ON calendars USING btree (slug);
comment on table calendars is 'Weekly open hours in a zone, plus exceptions.';
comment on column calendars.kind is 'support drives SLA clocks, market holds venue sessions, settlement banking days; never mixed.';
comment on column calendars.weekly is '[{day: 1..7 (Monday = 1), from: "HH:MM", to: "HH:MM"}]';
comment on column calendars.exceptions is '[{date, open: [{from, to}], name}]; an empty open list is a holiday.';
comment on column calendars.valid_through is 'The last day for which the exceptions are known; beyond it the product says that it does not know.';
comment on column calendars.provenance is 'Where the exceptions come from, in words.';

create table canned_replies (
  id uuid not null,
  team_id uuid,
  name text not null,
  body text not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default,
  FOREIGN KEY (team_id) REFERENCES teams(id),
  PRIMARY KEY (id)
);
CREATE INDEX canned_replies_by_name ON canned_replies USING btree (lower(name), id);
CREATE UNIQUE INDEX canned_replies_name ON canned_replies USING btree (COALESCE(team_id, '00000000-0000-0000-0000-000000000000'::uuid), lower(name));
CREATE UNIQUE INDEX canned_replies_pkey ON canned_replies USING btree (id);
comment on table canned_replies is 'Texts for replies and notes, with fields such as {{ticket.number}} that are replaced by what the ticket says.';

create table chain_changes (
  tx xid8 not null,
  n integer not null default,
  at timestamp with time zone not null default,
  PRIMARY KEY (tx)
);
CREATE UNIQUE INDEX chain_changes_pkey ON chain_changes USING btree (tx);
comment on table chain_changes is 'When it last changed which job waits for which. What is older is forgotten.';
comment on column chain_changes.n is 'How many statements of it did.';

create table chain_deadlines (
  id uuid not null,
  slug text not null,
  name text not null,
  job_id uuid,
  due jsonb not null,
  weekdays smallint[] not null,
  calendar_id uuid,
  cut text,
  tell_from text not null,
  consequence text not null,
  audience text not null,
  cost text not null,
  team_id uuid,
  service_id uuid,
  held_until timestamp with time zone,
  held_reason text not null default,
  said jsonb,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default,
  odds_limit double precision,
  CHECK (((odds_limit >= (0.05)::double precision) AND (odds_limit <= (0.95)::double precision))),
  CHECK ((cut ~ '^\d\d:\d\d$'::text)),
  CHECK ((tell_from = ANY (ARRAY['at_risk'::text, 'predicted_late'::text, 'late'::text]))),
  CHECK ((weekdays <@ '{1,2,3,4,5,6,7}'::smallint[])),
  FOREIGN KEY (calendar_id) REFERENCES calendars(id),
  FOREIGN KEY (job_id) REFERENCES jobs(id) ON DELETE SET NULL,
  FOREIGN KEY (service_id) REFERENCES services(id),
  FOREIGN KEY (team_id) REFERENCES teams(id),
  PRIMARY KEY (id),
  UNIQUE (slug)
);
CREATE INDEX chain_deadlines_job ON chain_deadlines USING btree (job_id);
CREATE INDEX chain_deadlines_name ON chain_deadlines USING btree (lower(name), id);
CREATE UNIQUE INDEX chain_deadlines_pkey ON chain_deadlines USING btree (id);
CREATE UNIQUE INDEX chain_deadlines_slug_key ON chain_deadlines USING btree (slug);
comment on table chain_deadlines is 'By when a job must be done with all that it waits for, and who is hurt when it is not.';
comment on column chain_deadlines.job_id is 'The last job of the chain; null: it was deleted, and nothing is predicted any more.';
comment on column chain_deadlines.due is '{kind: by, time, days after the business date, zone} or {kind: in, seconds after the chain began, zone}.';
comment on column chain_deadlines.weekdays is 'Business dates on which it holds: 1 Monday to 7 Sunday.';
comment on column chain_deadlines.calendar_id is 'It holds only on dates on which this calendar is open at some time; null: on all.';
comment on column chain_deadlines.cut is 'When a new business date begins, in the zone of the deadline; null: as that zone has it.';
comment on column chain_deadlines.tell_from is 'From which state on an alert is raised.';
comment on column chain_deadlines.consequence is 'What happens to the business when it slips.';
comment on column chain_deadlines.held_until is 'Until then no alert is raised; the prediction goes on.';
comment on column chain_deadlines.said is 'Of one that was imported: as its scheduler says it ({origin, name, due}); what has not changed there since is left as people have it here.';
comment on column chain_deadlines.odds_limit is 'The odds over which it is predicted late, as a back-test advised or people want it; null: one half.';

create table chain_edges (
  id uuid not null,
  from_job_id uuid not null,
  to_job_id uuid not null,
  outcome text not null,
  reach jsonb not null,
  reason text not null,
  by_name text not null,
  at timestamp with time zone not null,
  CHECK ((from_job_id <> to_job_id)),
  CHECK ((outcome = ANY (ARRAY['succeeded'::text, 'failed'::text, 'done'::text, 'terminated'::text, 'not-running'::text]))),
  FOREIGN KEY (from_job_id) REFERENCES jobs(id) ON DELETE CASCADE,
  FOREIGN KEY (to_job_id) REFERENCES jobs(id) ON DELETE CASCADE,
  PRIMARY KEY (id),
  UNIQUE (from_job_id, to_job_id)
);
CREATE INDEX chain_edges_to ON chain_edges USING btree (to_job_id);
CREATE UNIQUE INDEX chain_edges_from_job_id_to_job_id_key ON chain_edges USING btree (from_job_id, to_job_id);
CREATE UNIQUE INDEX chain_edges_pkey ON chain_edges USING btree (id);
comment on table chain_edges is 'Which job waits for which, as people have drawn it; what imports say is kept apart.';
comment on column chain_edges.reach is 'Which run of the other job counts, as `within` of a condition.';

create table chain_extensions (
  deadline_id uuid not null,
  business_date date not null,
  due_at timestamp with time zone not null,
  reason text not null,
  by_name text not null,
  at timestamp with time zone not null,
  FOREIGN KEY (deadline_id) REFERENCES chain_deadlines(id) ON DELETE CASCADE,
  PRIMARY KEY (deadline_id, business_date)
);
CREATE UNIQUE INDEX chain_extensions_pkey ON chain_extensions USING btree (deadline_id, business_date);
comment on table chain_extensions is 'Another time for one business date, and why.';

create table chain_feeds (
  user_id uuid not null,
  hash text not null,
  created_at timestamp with time zone not null,
  FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
  PRIMARY KEY (user_id),
  UNIQUE (hash)
);
CREATE UNIQUE INDEX chain_feeds_hash_key ON chain_feeds USING btree (hash);
CREATE UNIQUE INDEX chain_feeds_pkey ON chain_feeds USING btree (user_id);
comment on table chain_feeds is 'Addresses at which calendar programs read the deadlines. Only a hash of each is kept.';

create table chain_forecasts (
  deadline_id uuid not null,
  at timestamp with time zone not null,
  business_date date not null,
  state text not null,
  odds double precision,
  p50 timestamp with time zone,
  p80 timestamp with time zone,
  p95 timestamp with time zone,
  due_at timestamp with time zone not null,
  culprit_id uuid,
  PRIMARY KEY (deadline_id, at)
);
CREATE INDEX chain_forecasts_night ON chain_forecasts USING btree (deadline_id, business_date, at);
CREATE UNIQUE INDEX chain_forecasts_pkey ON chain_forecasts USING btree (deadline_id, at);
comment on table chain_forecasts is 'What was predicted of each deadline: every five minutes, and when its state changed.';

create table chain_nights (
  deadline_id uuid not null,
  business_date date not null,
  due_at timestamp with time zone not null,
  state text not null,
  since timestamp with time zone not null,
  settled boolean not null default,
  told boolean not null default,
  odds double precision,
  ends_at timestamp with time zone,
  done_at timestamp with time zone,
  slack_ms bigint,
  culprit_id uuid,
  predicted_at timestamp with time zone not null,
  CHECK ((state = ANY (ARRAY['planned'::text, 'on_time'::text, 'at_risk'::text, 'predicted_late'::text, 'late'::text, 'blocked'::text, 'no_statistics'::text, 'unknown'::text, 'done'::text, 'done_late'::text]))),
  FOREIGN KEY (deadline_id) REFERENCES chain_deadlines(id) ON DELETE CASCADE,
  PRIMARY KEY (deadline_id, business_date)
);
CREATE INDEX chain_nights_open ON chain_nights USING btree (deadline_id, business_date) WHERE (NOT settled);
CREATE UNIQUE INDEX chain_nights_pkey ON chain_nights USING btree (deadline_id, business_date);
comment on table chain_nights is 'Each deadline on each business date, with its newest prediction.';
comment on column chain_nights.settled is 'Nothing of it is predicted any more: its job is done, or nobody can know.';
comment on column chain_nights.told is 'An alert was raised for it and has not ended.';
comment on column chain_nights.odds is 'That it is missed, 0 to 1; null where nobody can say.';
comment on column chain_nights.ends_at is 'When it is expected to end; null when it does not end as things are.';
comment on column chain_nights.culprit_id is 'The job to act on.';

create table chain_runs (
  job_id uuid not null,
  at timestamp with time zone not null,
  run_id uuid not null,
  started_at timestamp with time zone,
  ended_at timestamp with time zone not null,
  outcome text not null,
  exit_status smallint,
  host text,
  CHECK ((outcome = ANY (ARRAY['succeeded'::text, 'failed'::text]))),
  PRIMARY KEY (job_id, at, run_id)
);
CREATE INDEX chain_runs_at ON chain_runs USING brin (at);
CREATE UNIQUE INDEX chain_runs_pkey ON chain_runs USING btree (job_id, at, run_id);
comment on table chain_runs is 'When the jobs of deadlines ran, in few words, for predictions. Kept longer than pings are, because a quarter ends only four times a year.';
comment on column chain_runs.at is 'When its end was received.';

create table contact_methods (
  id uuid not null,
  user_id uuid not null,
  channel text not null,
  label text not null,
  config text not null,
  address text not null,
  verified_at timestamp with time zone,
  disabled_at timestamp with time zone,
  disabled_reason text,
  created_at timestamp with time zone not null,
  version integer not null default,
  FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
  PRIMARY KEY (id)
);
CREATE INDEX contact_methods_sealed ON contact_methods USING btree ("left"(config, 12));
CREATE INDEX contact_methods_user ON contact_methods USING btree (user_id);
CREATE UNIQUE INDEX contact_methods_pkey ON contact_methods USING btree (id);
comment on table contact_methods is 'How a person can be reached. Pages go to verified ones only.';
comment on column contact_methods.config is 'The channel''s own configuration, encrypted (it may hold a secret).';
comment on column contact_methods.address is 'What people are shown of it.';

create table contact_verifications (
  method_id uuid not null,
  nonce uuid not null,
  expires_at timestamp with time zone not null,
  tries integer not null default,
  FOREIGN KEY (method_id) REFERENCES contact_methods(id) ON DELETE CASCADE,
  PRIMARY KEY (method_id)
);
CREATE UNIQUE INDEX contact_verifications_pkey ON contact_verifications USING btree (method_id);
comment on table contact_verifications is 'Contact methods that wait for their code. The code itself is not kept.';

create table cut_offs (
  id uuid not null,
  service_id uuid not null,
  name text not null,
  at_time text not null,
  zone text not null,
  days smallint[] not null default,
  CHECK ((at_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text)),
  FOREIGN KEY (service_id) REFERENCES services(id) ON DELETE CASCADE,
  PRIMARY KEY (id)
);
CREATE INDEX cut_offs_service ON cut_offs USING btree (service_id);
CREATE UNIQUE INDEX cut_offs_pkey ON cut_offs USING btree (id);
comment on table cut_offs is 'Time of day, in a zone, by which a service must be ready or done. Days: Monday = 1.';

create table deliveries (
  id uuid not null,
  class text not null,
  user_id uuid,
  method_id uuid,
  channel text not null,
  address text not null,
  message jsonb not null,
  subject text not null,
  about text[] not null default,
  reason text not null,
  link_id uuid,
  state text not null,
  attempts integer not null default,
  may_repeat boolean not null default,
  stopped boolean not null default,
  our_fault boolean not null default,
  bundle_id uuid,
  receipt text,
  last_error text,
  created_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  finished_at timestamp with time zone,
  CHECK ((class = ANY (ARRAY['page'::text, 'conversation'::text, 'broadcast'::text]))),
  CHECK ((state = ANY (ARRAY['waiting'::text, 'queued'::text, 'sending'::text, 'sent'::text, 'delivered'::text, 'failed'::text, 'cancelled'::text, 'bundled'::text]))),
  PRIMARY KEY (id)
);
CREATE INDEX deliveries_bundle ON deliveries USING btree (bundle_id) WHERE (bundle_id IS NOT NULL);
CREATE INDEX deliveries_contact ON deliveries USING btree (channel, address, sent_at);
CREATE INDEX deliveries_created ON deliveries USING btree (created_at DESC, id DESC);
CREATE INDEX deliveries_subject ON deliveries USING btree (subject, created_at);
CREATE INDEX deliveries_trouble ON deliveries USING btree (due_at) WHERE ((state = ANY (ARRAY['queued'::text, 'sending'::text])) AND (attempts > 0));
CREATE INDEX deliveries_waiting ON deliveries USING btree (channel, address) WHERE (state = ANY (ARRAY['queued'::text, 'sending'::text]));
CREATE UNIQUE INDEX deliveries_pkey ON deliveries USING btree (id);
comment on table deliveries is 'Each message to each contact method, from being queued to being delivered or given up.';
comment on column deliveries.subject is 'Reference of what it is about, for instance page:<id>.';
comment on column deliveries.may_repeat is 'It may have been sent twice: a crash came between the channel''s yes and our commit.';
comment on column deliveries.stopped is 'Not needed any more; one that was under way is not tried again.';
comment on column deliveries.our_fault is 'The last attempt failed for a reason that lies with this installation (mail server, its settings): told on the floor.';

create table delivery_attempts (
  id uuid not null,
  delivery_id uuid not null,
  number integer not null,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  outcome text,
  detail text,
  CHECK ((outcome = ANY (ARRAY['sent'::text, 'retry'::text, 'refused'::text, 'unknown'::text]))),
  FOREIGN KEY (delivery_id) REFERENCES deliveries(id) ON DELETE CASCADE,
  PRIMARY KEY (id)
);
CREATE INDEX delivery_attempts_delivery ON delivery_attempts USING btree (delivery_id, number);
CREATE UNIQUE INDEX delivery_attempts_pkey ON delivery_attempts USING btree (id);
comment on table delivery_attempts is 'Every try to deliver a message. One without an outcome was under way when Watchfloor stopped, so the message may have arrived.';

create table dependencies (
  id uuid not null,
  service_id uuid not null,
  depends_on_service_id uuid,
  depends_on_host_id uuid,
  CHECK ((num_nonnulls(depends_on_service_id, depends_on_host_id) = 1)),
  FOREIGN KEY (depends_on_host_id) REFERENCES hosts(id) ON DELETE CASCADE,
  FOREIGN KEY (depends_on_service_id) REFERENCES services(id) ON DELETE CASCADE,
  FOREIGN KEY (service_id) REFERENCES services(id) ON DELETE CASCADE,
  PRIMARY KEY (id)
);
CREATE INDEX dependencies_of_host ON dependencies USING btree (depends_on_host_id);
CREATE INDEX dependencies_of_service ON dependencies USING btree (depends_on_service_id);
CREATE UNIQUE INDEX dependencies_host ON dependencies USING btree (service_id, depends_on_host_id) WHERE (depends_on_host_id IS NOT NULL);
CREATE UNIQUE INDEX dependencies_pkey ON dependencies USING btree (id);
CREATE UNIQUE INDEX dependencies_service ON dependencies USING btree (service_id, depends_on_service_id) WHERE (depends_on_service_id IS NOT NULL);
comment on table dependencies is 'Which services and hosts each service depends on.';

create table due (
  key text not null,
  at timestamp with time zone not null,
  priority smallint not null default,
  verb text not null,
  input jsonb not null,
  subject text,
  cause uuid,
  attempts integer not null default,
  lease uuid,
  lease_until timestamp with time zone,
  last_error text,
  PRIMARY KEY (key)
);
CREATE INDEX due_at ON due USING btree (at);
CREATE INDEX due_next ON due USING btree (priority, at);
CREATE UNIQUE INDEX due_pkey ON due USING btree (key);
comment on table due is 'What Watchfloor has to do, and when: escalations, retries, deadlines, periodic tasks. What is done is taken away.';
comment on column due.key is 'Names the work; written again, it replaces what was there.';
comment on column due.priority is '0 reaches a person, 1 ordinary, 2 part of a flood.';
comment on column due.lease is 'The claim of a worker; whoever finds another lease here rolls back.';
comment on column due.lease_until is 'Real time of the database server, 10 s ahead of the worker''s last sign of life.';

create table escalation_policies (
  id uuid not null,
  slug text not null,
  name text not null,
  team_id uuid,
  steps jsonb not null,
  repeats integer not null default,
  ack_timeout_minutes integer,
  archived_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default,
  CHECK (((repeats >= 0) AND (repeats <= 9))),
  FOREIGN KEY (team_id) REFERENCES teams(id),
  PRIMARY KEY (id),
  UNIQUE (slug)
);
CREATE UNIQUE INDEX escalation_policies_pkey ON escalation_policies USING btree (id);
CREATE UNIQUE INDEX escalation_policies_slug_key ON escalation_policies USING btree (slug);
comment on table escalation_policies is 'Whom to page, in which order, with which delays.';
comment on column escalation_policies.steps is '[{delayMinutes (before this step), targets: [{kind: schedule|user|team, id}]}]';
comment on column escalation_policies.ack_timeout_minutes is 'An acknowledged page that is not done after this many minutes starts again.';

create table escalations (
  id uuid not null,
  ticket_id uuid not null,
  round integer not null,
  from_team_id uuid,
  from_user_id uuid,
  from_name text not null,
  to_team_id uuid not null,
  packet jsonb not null,
  state text not null,
  paged text,
  sent_at timestamp with time zone not null,
  decided_at timestamp with time zone,
  decided_by uuid,
  decided_name text,
  reason text,
  before jsonb not null default,
  CHECK ((state = ANY (ARRAY['pending'::text, 'accepted'::text, 'returned'::text, 'withdrawn'::text, 'lapsed'::text]))),
  FOREIGN KEY (decided_by) REFERENCES users(id),
  FOREIGN KEY (from_team_id) REFERENCES teams(id),
  FOREIGN KEY (from_user_id) REFERENCES users(id),
  FOREIGN KEY (ticket_id) REFERENCES tickets(id) ON DELETE CASCADE,
  FOREIGN KEY (to_team_id) REFERENCES teams(id),
  PRIMARY KEY (id),
  UNIQUE (ticket_id, round)
);
CREATE UNIQUE INDEX escalations_pending ON escalations USING btree (ticket_id) WHERE (state = 'pending'::text);
CREATE UNIQUE INDEX escalations_pkey ON escalations USING btree (id);
CREATE UNIQUE INDEX escalations_ticket_id_round_key ON escalations USING btree (ticket_id, round);
comment on table escalations is 'Functional escalations of a ticket to another team, each with its packet; one of them may wait to be accepted.';
comment on column escalations.round is 'The first, second … escalation of this ticket: the packet''s version.';
comment on column escalations.packet is 'What is seen, since when, who is hurt, what was tried, evidence.';
comment on column escalations.state is 'lapsed: the ticket was over before anybody accepted.';
comment on column escalations.paged is 'Who was paged for it, or why nobody was.';
comment on column escalations.before is 'Team, assignee and state of the ticket before it was sent and before it was accepted, to take that back.';

create table event_about (
  ref text not null,
  at timestamp with time zone not null,
  seq bigint not null,
  PRIMARY KEY (ref, at, seq)
);
CREATE UNIQUE INDEX event_about_pkey ON event_about USING btree (ref, at, seq);
comment on table event_about is 'Which events belong to which thing. Timelines are read from it.';

create table event_seals (
  number bigint not null default,
  at timestamp with time zone not null,
  upto_xid xid8 not null,
  upto_seq bigint not null,
  events integer not null,
  hash text not null,
  PRIMARY KEY (number)
);
CREATE UNIQUE INDEX event_seals_pkey ON event_seals USING btree (number);
comment on table event_seals is 'Seals over the events, each of which covers the one before. They show whether anybody has changed the audit log.';

create table events (
  seq bigint not null default,
  id uuid not null,
  xid xid8 not null default,
  at timestamp with time zone not null,
  type text not null,
  actor_kind text not null,
  actor_id text,
  actor_name text not null,
  subject text not null,
  about text[] not null,
  team_id uuid,
  audience text not null,
  data jsonb not null,
  cause uuid,
  CHECK ((audience = ANY (ARRAY['internal'::text, 'requester'::text, 'public'::text]))),
  PRIMARY KEY (at, seq)
);
CREATE INDEX events_actor ON events USING btree (actor_id, at DESC, seq DESC) WHERE (actor_kind = ANY (ARRAY['user'::text, 'key'::text]));
CREATE INDEX events_feed ON events USING btree (xid, seq);
CREATE INDEX events_id ON events USING btree (id);
CREATE UNIQUE INDEX events_pkey ON events USING btree (at, seq);
comment on table events is 'All that has happened: the audit log, the timelines and what pages are told at once.';
comment on column events.xid is 'The writing transaction. Readers go in order of (xid, seq) and only below the oldest running transaction, so that none skips an event that committed late.';
comment on column events.about is 'References (kind:id) of all things whose timeline it belongs to; the subject is one of them.';
comment on column events.data is 'Before and after, as the event type describes. Never a secret.';
comment on column events.cause is 'The event that led to this one.';

create table hierarchy_rules (
  team_id uuid,
  managers uuid[] not null default,
  rules jsonb not null,
  updated_at timestamp with time zone not null,
  version integer not null default,
  FOREIGN KEY (team_id) REFERENCES teams(id),
  UNIQUE (team_id)
);
CREATE UNIQUE INDEX hierarchy_rules_all ON hierarchy_rules USING btree (((team_id IS NULL))) WHERE (team_id IS NULL);
CREATE UNIQUE INDEX hierarchy_rules_team_id_key ON hierarchy_rules USING btree (team_id);
comment on table hierarchy_rules is 'When leads and managers are told of a ticket because time runs out: the rules of each team, and those for all.';
comment on column hierarchy_rules.team_id is 'Null: for all teams that have no rules of their own.';
comment on column hierarchy_rules.managers is 'Who is told after the leads.';

create table hierarchy_steps (
  ticket_id uuid not null,
  step text not null,
  at timestamp with time zone not null,
  told uuid[] not null,
  FOREIGN KEY (ticket_id) REFERENCES tickets(id) ON DELETE CASCADE,
  PRIMARY KEY (ticket_id, step)
);
CREATE UNIQUE INDEX hierarchy_steps_pkey ON hierarchy_steps USING btree (ticket_id, step);
comment on table hierarchy_steps is 'The steps of hierarchical escalation that were taken: nobody is told twice of the same.';

create table holiday_feeds (
  calendar_id uuid not null,
  address text not null,
  host text not null,
  copy text,
  read_at timestamp with time zone,
  tried_at timestamp with time zone,
  failing_since timestamp with time zone,
  problem text,
  decided date[] not null default,
  waiting integer not null default,
  first_waiting date,
  created_at timestamp with time zone not null,
  FOREIGN KEY (calendar_id) REFERENCES calendars(id) ON DELETE CASCADE,
  PRIMARY KEY (calendar_id)
);
CREATE INDEX holiday_feeds_sealed ON holiday_feeds USING btree ("left"(address, 12));
CREATE UNIQUE INDEX holiday_feeds_pkey ON holiday_feeds USING btree (calendar_id);
comment on table holiday_feeds is 'Addresses from which the holidays of calendars are read each day, to be proposed to an administrator.';
comment on column holiday_feeds.address is 'Sealed: the address of a private calendar is its secret.';
comment on column holiday_feeds.host is 'The part of the address that is shown.';
comment on column holiday_feeds.copy is 'What was read last, whole and with at least one day; stays while the feed cannot be read.';
comment on column holiday_feeds.read_at is 'When that was.';
comment on column holiday_feeds.failing_since is 'Since when it cannot be read, with the problem; null while it can.';
comment on column holiday_feeds.decided is 'Days of the feed about which an administrator has decided, for or against.';
comment on column holiday_feeds.waiting is 'Days ahead that came or went and about which nobody has decided, as of the last reading or change of the calendar.';
comment on column holiday_feeds.first_waiting is 'The first of those days.';

create table hosts (
  id uuid not null,
  name text not null,
  environment text not null,
  site text not null default,
  team_id uuid,
  description text not null default,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default,
  CHECK ((environment = ANY (ARRAY['prod'::text, 'uat'::text, 'test'::text, 'dev'::text]))),
  FOREIGN KEY (team_id) REFERENCES teams(id),
  PRIMARY KEY (id)
);
CREATE INDEX hosts_team ON hosts USING btree (team_id);
CREATE UNIQUE INDEX hosts_name ON hosts USING btree (lower(name));
CREATE UNIQUE INDEX hosts_pkey ON hosts USING btree (id);
comment on table hosts is 'Machines that services run on. Their names are the same in any case.';

create table idempotency_keys (
  actor text not null,
  key text not null,
  request_hash text not null,
  response jsonb,
  created_at timestamp with time zone not null,
  PRIMARY KEY (actor, key)
);
CREATE INDEX idempotency_keys_age ON idempotency_keys USING btree (created_at);
CREATE UNIQUE INDEX idempotency_keys_pkey ON idempotency_keys USING btree (actor, key);
comment on table idempotency_keys is 'Answers to requests that a program may send twice, kept for a day, so that nothing is made twice.';

create table invitations (
  id uuid not null,
  user_id uuid,
  purpose text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  CHECK (((purpose = 'first_admin'::text) = (user_id IS NULL))),
  CHECK ((purpose = ANY (ARRAY['first_admin'::text, 'invitation'::text, 'reset'::text]))),
  FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
  PRIMARY KEY (id)
);
CREATE INDEX invitations_user ON invitations USING btree (user_id);
CREATE UNIQUE INDEX invitations_pkey ON invitations USING btree (id);
comment on table invitations is 'One-time links with which people set a password. The links themselves are not kept.';
comment on column invitations.user_id is 'Null for the first administrator, who tells name and mail address when the link is used.';

create table job_acts (
  id uuid not null,
  job_id uuid not null,
  action_id uuid,
  action_version integer not null,
  action_name text not null,
  act text not null,
  kind text not null,
  plan jsonb not null,
  words text not null,
  reason text not null,
  run_id uuid,
  business_date date not null,
  by_kind text not null,
  by_id text,
  by_name text not null,
  state text not null default,
  asked_at timestamp with time zone not null,
  began_at timestamp with time zone,
  ended_at timestamp with time zone,
  exit_status integer,
  http_status integer,
  detail text not null default,
  output text not null default,
  output_bytes bigint not null default,
  CHECK ((act = ANY (ARRAY['rerun'::text, 'hold'::text, 'release'::text, 'kill'::text]))),
  CHECK ((state = ANY (ARRAY['asked'::text, 'doing'::text, 'done'::text, 'failed'::text, 'unknown'::text]))),
  FOREIGN KEY (action_id) REFERENCES scheduler_actions(id) ON DELETE SET NULL,
  FOREIGN KEY (job_id) REFERENCES jobs(id) ON DELETE CASCADE,
  PRIMARY KEY (id)
);
CREATE INDEX job_acts_action ON job_acts USING btree (action_id);
CREATE INDEX job_acts_job ON job_acts USING btree (job_id, asked_at DESC, id DESC);
CREATE UNIQUE INDEX job_acts_one ON job_acts USING btree (job_id, act) WHERE (state = ANY (ARRAY['asked'::text, 'doing'::text]));
CREATE UNIQUE INDEX job_acts_pkey ON job_acts USING btree (id);
comment on table job_acts is 'What people let a scheduler do with a job: who, when, why, on which business date, and what it answered.';
comment on column job_acts.action_version is 'The version of the action that was confirmed: another one is not carried out in its place.';
comment on column job_acts.plan is 'What is carried out, with all placeholders filled; never a secret.';
comment on column job_acts.words is 'The same, as it was confirmed: the command line, or the method and the address.';
comment on column job_acts.run_id is 'The run that went on when it was asked, else the last one.';
comment on column job_acts.state is 'asked: not yet begun; doing: under way; failed: it was not taken; unknown: it may have been taken, and nobody knows.';
comment on column job_acts.output is 'The end of what it answered, with secrets masked.';
comment on column job_acts.output_bytes is 'How much it answered in all, as far as that was read.';

create table job_globals (
  name text not null,
  value text not null,
  updated_at timestamp with time zone not null,
  PRIMARY KEY (name)
);
CREATE UNIQUE INDEX chain_globals_pkey ON job_globals USING btree (name);
comment on table job_globals is 'Global variables, by the name that conditions call them by; one without a row is taken to be as wanted.';

create table job_hand_overs (
  job_id uuid not null,
  note text not null,
  by_id text,
  by_name text not null,
  at timestamp with time zone not null,
  FOREIGN KEY (job_id) REFERENCES jobs(id) ON DELETE CASCADE,
  PRIMARY KEY (job_id)
);
CREATE INDEX job_hand_overs_at ON job_hand_overs USING btree (at DESC, job_id);
CREATE UNIQUE INDEX job_hand_overs_pkey ON job_hand_overs USING btree (job_id);
comment on table job_hand_overs is 'Jobs that the next shift must know of, until somebody takes the mark away.';

create table job_held_runs (
  job_id uuid not null,
  run_id uuid not null,
  reason text not null,
  by_name text not null,
  at timestamp with time zone not null,
  FOREIGN KEY (job_id) REFERENCES jobs(id) ON DELETE CASCADE,
  PRIMARY KEY (job_id)
);
CREATE UNIQUE INDEX job_held_runs_pkey ON job_held_runs USING btree (job_id);
comment on table job_held_runs is 'Runs of which nobody is told anything, because a person knows of them.';
comment on column job_held_runs.run_id is 'That run alone: the next one is told of as ever.';

create table job_norms (
  job_id uuid not null,
  judged_run uuid,
  judged_at timestamp with time zone,
  unusual text[] not null default,
  norms jsonb,
  normed_at timestamp with time zone,
  FOREIGN KEY (job_id) REFERENCES jobs(id) ON DELETE CASCADE,
  PRIMARY KEY (job_id)
);
CREATE INDEX job_norms_unusual ON job_norms USING btree (job_id) WHERE (unusual <> '{}'::text[]);
CREATE UNIQUE INDEX job_norms_pkey ON job_norms USING btree (job_id);
comment on table job_norms is 'What is usual of each job: how long it runs, and when.';
comment on column job_norms.judged_run is 'Its last run that was compared.';
comment on column job_norms.judged_at is 'When the end of the last run that was compared was received.';
comment on column job_norms.unusual is 'In what the last compared run that ended well was unusual: duration, or the name of a volume.';
comment on column job_norms.norms is 'By measure and class of day: {"duration": {"monday": {n, median, p10, p90, low, high, of, exact}}}.';

create table job_origins (
  job_id uuid not null,
  kind text not null,
  external_id text not null,
  host text,
  command text not null,
  attributes jsonb not null,
  said jsonb not null,
  imported_at timestamp with time zone not null,
  deadlines jsonb not null default,
  FOREIGN KEY (job_id) REFERENCES jobs(id) ON DELETE CASCADE,
  PRIMARY KEY (job_id),
  UNIQUE (kind, external_id)
);
CREATE UNIQUE INDEX job_origins_kind_external_id_key ON job_origins USING btree (kind, external_id);
CREATE UNIQUE INDEX job_origins_pkey ON job_origins USING btree (job_id);
comment on table job_origins is 'Where a job was imported from: what its scheduler knows it by, and what it said of it.';
comment on column job_origins.kind is 'Of the importer: crontab, systemd, kubernetes …';
comment on column job_origins.external_id is 'By which a second import finds the job again.';
comment on column job_origins.attributes is 'What its scheduler says beside what a job has here, as it was written.';
comment on column job_origins.said is 'The fields of the job as the last import read them: what has not changed since is left as people have it here.';
comment on column job_origins.deadlines is 'By when its scheduler says that it must be done: [{kind: by, name, time, days} or {kind: in, name, seconds}].';

create table job_resources (
  name text not null,
  units integer not null,
  updated_at timestamp with time zone not null,
  said integer,
  CHECK (((units >= 0) AND (units <= 1000000))),
  PRIMARY KEY (name)
);
CREATE UNIQUE INDEX chain_resources_pkey ON job_resources USING btree (name);
comment on table job_resources is 'Units of a resource, by the name that jobs call it by; of one without a row nobody waits for another.';
comment on column job_resources.said is 'What a scheduler said of it last: while units are the same, its next import changes them. null: people alone said it.';

create table job_sight_jobs (
  job_id uuid not null,
  sight_id uuid not null,
  FOREIGN KEY (job_id) REFERENCES jobs(id) ON DELETE CASCADE,
  FOREIGN KEY (sight_id) REFERENCES job_sights(id) ON DELETE CASCADE,
  PRIMARY KEY (job_id)
);
CREATE INDEX job_sight_jobs_sight ON job_sight_jobs USING btree (sight_id);
CREATE UNIQUE INDEX job_sight_jobs_pkey ON job_sight_jobs USING btree (job_id);
comment on table job_sight_jobs is 'Which connection tells of which job. Each job is told of by one, so that no run counts twice.';

create table job_sights (
  id uuid not null,
  name text not null,
  before_to timestamp with time zone,
  from_at timestamp with time zone not null,
  to_at timestamp with time zone not null,
  blind_since timestamp with time zone,
  PRIMARY KEY (id)
);
CREATE UNIQUE INDEX job_sights_pkey ON job_sights USING btree (id);
comment on table job_sights is 'What tells of jobs by itself, such as a connection to a scheduler, and how far it has told.';
comment on column job_sights.before_to is 'The end of what was known before the last gap.';
comment on column job_sights.from_at is 'Since when all is known, without a gap.';
comment on column job_sights.to_at is 'Until when: nothing is missing that should have happened before it.';
comment on column job_sights.blind_since is 'Since when nothing is known, while it cannot be read; null while it can.';

create table job_states (
  job_id uuid not null,
  outcome text,
  last_at timestamp with time zone,
  last_run uuid,
  last_ms bigint,
  last_exit smallint,
  last_ping_at timestamp with time zone,
  last_late_ms bigint,
  pings bigint not null default,
  open jsonb not null default,
  is_long boolean not null default,
  due_at timestamp with time zone,
  missed_at timestamp with time zone,
  unheard_at timestamp with time zone,
  look_at timestamp with time zone,
  told_fail_at timestamp with time zone,
  flip integer not null default,
  version bigint not null default,
  fails integer not null default,
  last_start timestamp with time zone,
  often boolean not null default,
  standing text default,
  running boolean default,
  due_about timestamp with time zone default,
  bars bytea default,
  ran_on text,
  CHECK ((outcome = ANY (ARRAY['success'::text, 'fail'::text]))),
  FOREIGN KEY (job_id) REFERENCES jobs(id) ON DELETE CASCADE,
  PRIMARY KEY (job_id)
);
CREATE INDEX job_states_due ON job_states USING btree (due_about);
CREATE INDEX job_states_look ON job_states USING btree (look_at) WHERE (look_at IS NOT NULL);
CREATE INDEX job_states_ran_on ON job_states USING btree (ran_on, job_id) WHERE (ran_on IS NOT NULL);
CREATE INDEX job_states_running ON job_states USING btree (job_id) WHERE running;
CREATE INDEX job_states_standing ON job_states USING btree (standing) WHERE (standing <> 'ok'::text);
CREATE INDEX job_states_unheard ON job_states USING btree (unheard_at) WHERE (unheard_at IS NOT NULL);
CREATE UNIQUE INDEX job_states_pkey ON job_states USING btree (job_id);
comment on table job_states is 'How each job is now.';
comment on column job_states.outcome is 'Of the last run that ended; null while none has.';
comment on column job_states.last_at is 'When that run ended, by the clock of the job where it was told late.';
comment on column job_states.last_late_ms is 'How much later than due it came; negative when earlier, null where nothing was due.';
comment on column job_states.open is 'Runs that have started and not ended: [{run, rid, at, due, long}].';
comment on column job_states.is_long is 'One of the open runs takes longer than it may.';
comment on column job_states.due_at is 'When it is expected next; null when never.';
comment on column job_states.missed_at is 'When it was last expected and did not come; null when it came.';
comment on column job_states.unheard_at is 'When it was expected and Watchfloor itself was not listening, so that nobody knows whether it ran.';
comment on column job_states.look_at is 'When to look whether something has not come. Never later than that deadline, often earlier: a ping that puts the deadline off leaves it, so that the index is not written for each ping.';
comment on column job_states.told_fail_at is 'When a failure was last told, so that a job that fails in a loop is not told for each run.';
comment on column job_states.flip is 'Number of the last change that is told.';
comment on column job_states.version is 'One more with each write: who has read a state may write the next one only onto that.';
comment on column job_states.fails is 'Runs that failed since the last good one.';
comment on column job_states.last_start is 'When its last run began, as far as it is known.';
comment on column job_states.often is 'It is told that it runs too often.';
comment on column job_states.standing is 'How it stands, whether or not it runs, is late or is paused.';
comment on column job_states.running is 'One of its runs has not ended.';
comment on column job_states.due_about is 'The ten minutes in which it is due: those that are late are found by it, and a job that pings each second writes the index once in ten minutes.';
comment on column job_states.bars is 'Its last runs that ended, the newest first, at most 20, of 35 bytes each: id of the run, outcome (0 success, 1 fail, 2 lost), and in six bytes each when it ended, how long it took and how late it was, in milliseconds; -2^47 where that is not known. They stay when their pings are no longer kept. null: not filled yet since the column came.';
comment on column job_states.ran_on is 'The host of its last ping that named one, in small letters and without domain and port; null while none has.';

create table job_tags (
  tag text not null,
  sort text not null,
  job_id uuid not null,
  FOREIGN KEY (job_id) REFERENCES jobs(id) ON DELETE CASCADE,
  PRIMARY KEY (tag, sort, job_id)
);
CREATE INDEX job_tags_job ON job_tags USING btree (job_id);
CREATE UNIQUE INDEX job_tags_pkey ON job_tags USING btree (tag, sort, job_id);
comment on table job_tags is 'The tags of each job.';
comment on column job_tags.sort is 'lower(jobs.name)';

create table job_told (
  job_id uuid not null,
  kind text not null,
  flip integer not null,
  CHECK ((kind = ANY (ARRAY['miss'::text, 'failure'::text, 'long'::text, 'unheard'::text, 'often'::text, 'unusual'::text]))),
  FOREIGN KEY (job_id) REFERENCES jobs(id) ON DELETE CASCADE,
  PRIMARY KEY (job_id, kind)
);
CREATE UNIQUE INDEX job_told_pkey ON job_told USING btree (job_id, kind);
comment on table job_told is 'What has already been told of each job, so that nobody is told twice.';

create table job_turns (
  id bigint not null default,
  job_id uuid not null,
  at timestamp with time zone not null,
  up boolean not null,
  reason text not null,
  CHECK ((reason = ANY (ARRAY[''::text, 'fail'::text, 'timeout'::text, 'pause'::text, 'resume'::text]))),
  FOREIGN KEY (job_id) REFERENCES jobs(id) ON DELETE CASCADE,
  PRIMARY KEY (id)
);
CREATE INDEX job_turns_at ON job_turns USING btree (at);
CREATE INDEX job_turns_job ON job_turns USING btree (job_id, at, id);
CREATE UNIQUE INDEX job_turns_pkey ON job_turns USING btree (id);
comment on table job_turns is 'When a job went up and down; kept for 400 days.';
comment on column job_turns.reason is 'fail: it said so. timeout: it did not come, or took too long. pause, resume: somebody did that.';

create table job_waits (
  job_id uuid not null,
  is_box boolean not null,
  box text,
  condition jsonb,
  condition_text text,
  window_from text,
  window_to text,
  hold text not null,
  resources jsonb not null,
  retries integer not null,
  kill_after_seconds integer,
  typical_seconds integer,
  names text[] not null,
  CHECK (((kill_after_seconds >= 1) AND (kill_after_seconds <= 34560000))),
  CHECK (((retries >= 0) AND (retries <= 100))),
  CHECK (((typical_seconds >= 1) AND (typical_seconds <= 34560000))),
  CHECK (((window_from IS NULL) = (window_to IS NULL))),
  CHECK ((hold = ANY (ARRAY['none'::text, 'held'::text, 'iced'::text, 'bypassed'::text]))),
  CHECK ((window_from ~ '^\d\d:\d\d$'::text)),
  CHECK ((window_to ~ '^\d\d:\d\d$'::text)),
  FOREIGN KEY (job_id) REFERENCES jobs(id) ON DELETE CASCADE,
  PRIMARY KEY (job_id)
);
CREATE INDEX job_waits_box ON job_waits USING btree (box) WHERE (box IS NOT NULL);
CREATE INDEX job_waits_names ON job_waits USING gin (names);
CREATE UNIQUE INDEX job_waits_pkey ON job_waits USING btree (job_id);
comment on table job_waits is 'What each job waits for beside its schedule.';
comment on column job_waits.is_box is 'It runs nothing of its own: it begins with its first member and ends with its last.';
comment on column job_waits.box is 'The box whose member it is. Here and in conditions a job is named by its id, by what its scheduler calls it (then it is one of the same origin), or by its slug (then it is one of the same team).';
comment on column job_waits.condition is 'As contract/jobs/waits.ts has it; null: none.';
comment on column job_waits.condition_text is 'The same as its scheduler writes it.';
comment on column job_waits.window_from is 'It starts only between these times, in the zone of its schedule; may cross midnight.';
comment on column job_waits.hold is 'held: does not start; iced: counts as done for those who wait for it; bypassed: ends at once as succeeded.';
comment on column job_waits.resources is 'What it needs of what is scarce while it runs: [{name, units}].';
comment on column job_waits.typical_seconds is 'What its scheduler says a run usually takes: used until there are runs of our own.';
comment on column job_waits.names is 'Every job that its condition names, as it names them: answers who waits for a job.';

create table jobs (
  id uuid not null,
  slug text not null,
  name text not null,
  description text not null default,
  service_id uuid,
  environment text not null default,
  team_id uuid,
  schedule jsonb not null,
  grace_seconds integer not null,
  max_run_seconds integer,
  pings_per_second integer not null default,
  paused_at timestamp with time zone,
  archived_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default,
  rules text not null default,
  tags text[] not null default,
  filters jsonb not null default,
  resumes_by_hand boolean not null default,
  min_run_seconds integer,
  min_gap_seconds integer,
  failures_in_a_row integer not null default,
  badge uuid not null default,
  late_until timestamp with time zone,
  late_reason text not null default,
  tell_unusual boolean not null default,
  unique_key text,
  hold_told_at timestamp with time zone,
  CHECK (((failures_in_a_row >= 1) AND (failures_in_a_row <= 100))),
  CHECK (((grace_seconds >= 0) AND (grace_seconds <= 31622400))),
  CHECK (((max_run_seconds >= 1) AND (max_run_seconds <= 31622400))),
  CHECK (((min_gap_seconds >= 1) AND (min_gap_seconds <= 31622400))),
  CHECK (((min_run_seconds >= 1) AND (min_run_seconds <= 31622400))),
  CHECK (((pings_per_second >= 1) AND (pings_per_second <= 100000))),
  CHECK ((environment = ANY (ARRAY['prod'::text, 'uat'::text, 'test'::text, 'dev'::text]))),
  CHECK ((rules = ANY (ARRAY['own'::text, 'healthchecks'::text]))),
  FOREIGN KEY (service_id) REFERENCES services(id),
  FOREIGN KEY (team_id) REFERENCES teams(id),
  PRIMARY KEY (id)
);
CREATE INDEX jobs_archived ON jobs USING btree (lower(name), id) WHERE (archived_at IS NOT NULL);
CREATE INDEX jobs_brief ON jobs USING btree (id) INCLUDE (name, service_id, environment, team_id, paused_at, archived_at);
CREATE INDEX jobs_by_calendar ON jobs USING gin (((schedule -> 'calendars'::text))) WHERE (schedule ? 'calendars'::text);
CREATE INDEX jobs_following ON jobs USING btree (((schedule ->> 'job'::text))) WHERE ((schedule ->> 'kind'::text) = 'after'::text);
CREATE INDEX jobs_name ON jobs USING btree (lower(name), id);
CREATE INDEX jobs_of_slug ON jobs USING btree (slug);
CREATE INDEX jobs_of_team ON jobs USING btree (team_id, id) WHERE (archived_at IS NULL);
CREATE INDEX jobs_paused ON jobs USING btree (lower(name), id) WHERE (paused_at IS NOT NULL);
CREATE INDEX jobs_service ON jobs USING btree (service_id, lower(name), id);
CREATE INDEX jobs_slug ON jobs USING btree (team_id, slug);
CREATE INDEX jobs_tags ON jobs USING gin (tags);
CREATE INDEX jobs_team ON jobs USING btree (team_id, lower(name), id);
CREATE INDEX jobs_unique_key ON jobs USING btree (unique_key);
CREATE INDEX jobs_without_key ON jobs USING btree (id) WHERE (unique_key IS NULL);
CREATE INDEX jobs_words ON jobs USING gin (name gin_trgm_ops, slug gin_trgm_ops);
CREATE UNIQUE INDEX jobs_badge ON jobs USING btree (badge);
CREATE UNIQUE INDEX jobs_pkey ON jobs USING btree (id);
comment on table jobs is 'Scheduled work that we expect to hear from.';
comment on column jobs.id is 'Also the address of its pings: whoever knows it may ping.';
comment on column jobs.slug is 'What it is called in commands, files and the address of its pings. Several jobs may have the same; then it names none of them.';
comment on column jobs.schedule is 'When it is expected: {kind: period, seconds}, {kind: cron or oncalendar, expression, zone}, {kind: business, calendars, day, times, zone …}, {kind: arrival, file, host, aheadSeconds, calendars, day, times, zone …}, {kind: after, job, when, seconds} or {kind: waits, zone}.';
comment on column jobs.grace_seconds is 'How late it may be before somebody is told.';
comment on column jobs.max_run_seconds is 'How long a run may take before somebody is told; null for no limit.';
comment on column jobs.archived_at is 'Kept for its history; its pings are refused.';
comment on column jobs.rules is 'healthchecks: its grace is also how long a run may take, one run counts at a time, and a failure is over with the next success only. own: each run has a clock of its own.';
comment on column jobs.filters is 'What of its pings counts: {post, httpBody, subject, body, start, success, failure, otherwise}.';
comment on column jobs.resumes_by_hand is 'While it is paused, its pings do not begin it anew.';
comment on column jobs.min_run_seconds is 'A run that ends well sooner counts as failed; null for no limit.';
comment on column jobs.min_gap_seconds is 'A run that begins sooner after the one before is one too many; null for no limit.';
comment on column jobs.failures_in_a_row is 'So many runs must fail one after the other before somebody is told.';
comment on column jobs.badge is 'Address of its badge, which anybody may read; it says nothing about the address of its pings.';
comment on column jobs.late_until is 'Somebody has said that it will be late: until then nobody is told that it did not come.';
comment on column jobs.tell_unusual is 'Somebody is told when a run ended well and took unusually long or short, or reports an unusual volume.';
comment on column jobs.unique_key is 'What a reader of the API of healthchecks without the right to write knows it by: SHA-1 of the first half of its id. null: it was made before, and is given one at the next start.';
comment on column jobs.hold_told_at is 'When, by the clock of its scheduler, that last put it on hold or took it off; null: it has not said.';

create table journal (
  source_id uuid not null,
  at timestamp with time zone not null,
  id uuid not null,
  content_type text not null,
  headers jsonb not null,
  body bytea not null,
  outcome text not null,
  problem text,
  signals integer not null default,
  CHECK ((outcome = ANY (ARRAY['read'::text, 'unreadable'::text]))),
  PRIMARY KEY (source_id, at, id)
);
CREATE UNIQUE INDEX journal_pkey ON journal USING btree (source_id, at, id);
comment on table journal is 'What tools sent, exactly as it came but for its keys. What could not be read can be read again from here.';

create table knowledge_items (
  id uuid not null,
  number text not null,
  kind text not null,
  title text not null,
  state text not null default,
  audience text not null default,
  team_id uuid,
  tags text[] not null default,
  body text not null default,
  symptoms text not null default,
  cause text not null default,
  workaround text not null default,
  fix text not null default,
  steps jsonb not null default,
  review_by date,
  search tsvector not null,
  uses integer not null default,
  helped integer not null default,
  not_helped integer not null default,
  last_used_at timestamp with time zone,
  published_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  updated_by jsonb not null,
  version integer not null default,
  answer text not null default,
  CHECK (((audience = 'internal'::text) OR (kind = 'article'::text))),
  CHECK ((audience = ANY (ARRAY['internal'::text, 'requester'::text]))),
  CHECK ((kind = ANY (ARRAY['article'::text, 'known_error'::text, 'runbook'::text]))),
  CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text, 'retired'::text]))),
  FOREIGN KEY (team_id) REFERENCES teams(id),
  PRIMARY KEY (id),
  UNIQUE (number)
);
CREATE INDEX knowledge_items_recent ON knowledge_items USING btree (updated_at DESC, id DESC);
CREATE INDEX knowledge_items_review ON knowledge_items USING btree (review_by) WHERE (state <> 'retired'::text);
CREATE INDEX knowledge_items_search ON knowledge_items USING gin (search);
CREATE INDEX knowledge_items_team ON knowledge_items USING btree (team_id);
CREATE INDEX knowledge_items_title ON knowledge_items USING gin (title gin_trgm_ops);
CREATE UNIQUE INDEX knowledge_items_number_key ON knowledge_items USING btree (number);
CREATE UNIQUE INDEX knowledge_items_pkey ON knowledge_items USING btree (id);
comment on table knowledge_items is 'What is known: articles, known errors (symptoms, cause, workaround, fix) and runbooks (steps). Texts are Markdown.';
comment on column knowledge_items.audience is 'internal: the support teams alone; requester: once published, everybody may read it. Articles only.';
comment on column knowledge_items.steps is 'Of a runbook, in order: {id, kind: read|decide|do, title, body, options: [{label, goTo}]}.';
comment on column knowledge_items.search is 'Title and tags (A), symptoms (B), the rest (C), in English; written with each save.';
comment on column knowledge_items.uses is 'How often it was used on a ticket, with how often somebody said that it helped, or did not.';
comment on column knowledge_items.version is 'Number of the newest version of its words; publishing and retiring change none.';
comment on column knowledge_items.answer is 'Of a known error: what may be sent to whoever asked, as it stands. The only one of its texts that goes into a reply.';

create table knowledge_services (
  item_id uuid not null,
  service_id uuid not null,
  FOREIGN KEY (item_id) REFERENCES knowledge_items(id) ON DELETE CASCADE,
  FOREIGN KEY (service_id) REFERENCES services(id) ON DELETE CASCADE,
  PRIMARY KEY (item_id, service_id)
);
CREATE INDEX knowledge_services_service ON knowledge_services USING btree (service_id);
CREATE UNIQUE INDEX knowledge_services_pkey ON knowledge_services USING btree (item_id, service_id);
comment on table knowledge_services is 'The services that it is about.';

create table knowledge_uses (
  item_id uuid not null,
  subject text not null,
  at timestamp with time zone not null,
  helped boolean,
  FOREIGN KEY (item_id) REFERENCES knowledge_items(id) ON DELETE CASCADE,
  PRIMARY KEY (item_id, subject)
);
CREATE INDEX knowledge_uses_recent ON knowledge_uses USING btree (item_id, at DESC);
CREATE UNIQUE INDEX knowledge_uses_pkey ON knowledge_uses USING btree (item_id, subject);
comment on table knowledge_uses is 'On what it was used, once for each thing; whether it helped, when somebody said so.';
comment on column knowledge_uses.subject is 'A reference (kind:id), such as a ticket. The link itself belongs to the feature of that thing.';

create table knowledge_versions (
  item_id uuid not null,
  version integer not null,
  at timestamp with time zone not null,
  by jsonb not null,
  why text not null default,
  content jsonb not null,
  FOREIGN KEY (item_id) REFERENCES knowledge_items(id) ON DELETE CASCADE,
  PRIMARY KEY (item_id, version)
);
CREATE UNIQUE INDEX knowledge_versions_pkey ON knowledge_versions USING btree (item_id, version);
comment on table knowledge_versions is 'Every save, whole, with who, when and why.';

create table macro_runs (
  id uuid not null,
  ticket_id uuid not null,
  macro_name text not null,
  undos jsonb not null,
  ticket_version integer not null,
  at timestamp with time zone not null,
  undone_at timestamp with time zone,
  FOREIGN KEY (ticket_id) REFERENCES tickets(id) ON DELETE CASCADE,
  PRIMARY KEY (id)
);
CREATE INDEX macro_runs_ticket ON macro_runs USING btree (ticket_id);
CREATE UNIQUE INDEX macro_runs_pkey ON macro_runs USING btree (id);
comment on table macro_runs is 'Macros that were run, with what takes each back.';
comment on column macro_runs.ticket_version is 'The version that the run left: a ticket that has changed since is not taken back.';

create table macros (
  id uuid not null,
  team_id uuid,
  name text not null,
  acts jsonb not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default,
  FOREIGN KEY (team_id) REFERENCES teams(id),
  PRIMARY KEY (id)
);
CREATE INDEX macros_by_name ON macros USING btree (lower(name), id);
CREATE UNIQUE INDEX macros_name ON macros USING btree (COALESCE(team_id, '00000000-0000-0000-0000-000000000000'::uuid), lower(name));
CREATE UNIQUE INDEX macros_pkey ON macros USING btree (id);
comment on table macros is 'Named lists of acts on a ticket, done as one.';
comment on column macros.team_id is 'Null: for all teams.';

create table maintenance_windows (
  id uuid not null,
  name text not null,
  service_ids uuid[] not null default,
  hosts text[] not null default,
  environments text[] not null default,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone,
  recurrence jsonb,
  reason text not null,
  team_id uuid,
  created_by jsonb not null,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  version integer not null default,
  CHECK (((ends_at IS NOT NULL) OR (recurrence IS NOT NULL))),
  CHECK ((ends_at > starts_at)),
  FOREIGN KEY (team_id) REFERENCES teams(id),
  PRIMARY KEY (id)
);
CREATE INDEX maintenance_windows_list ON maintenance_windows USING btree (created_at DESC, id DESC);
CREATE INDEX maintenance_windows_open ON maintenance_windows USING btree (id) WHERE (ended_at IS NULL);
CREATE INDEX maintenance_windows_team ON maintenance_windows USING btree (team_id);
CREATE UNIQUE INDEX maintenance_windows_pkey ON maintenance_windows USING btree (id);
comment on table maintenance_windows is 'Planned work: what it covers is not told about while it lasts.';
comment on column maintenance_windows.recurrence is 'Null for once, or {zone, weekdays, from: "HH:MM", minutes}; it recurs between starts_at and ends_at, for ever without.';
comment on column maintenance_windows.team_id is 'Covers the alerts of this team alone; null covers all.';
comment on column maintenance_windows.ended_at is 'When it was over for good, by its time or by hand.';

create table messages (
  id uuid not null,
  ticket_id uuid not null,
  kind text not null,
  via text not null default,
  author_kind text not null,
  author_id text,
  author_name text not null,
  body text not null,
  at timestamp with time zone not null,
  copy_of uuid,
  CHECK ((kind = ANY (ARRAY['public'::text, 'internal'::text]))),
  FOREIGN KEY (ticket_id) REFERENCES tickets(id) ON DELETE CASCADE,
  PRIMARY KEY (id)
);
CREATE INDEX messages_copies ON messages USING btree (copy_of) WHERE (copy_of IS NOT NULL);
CREATE INDEX messages_ticket ON messages USING btree (ticket_id, at, id);
CREATE UNIQUE INDEX messages_pkey ON messages USING btree (id);
comment on table messages is 'What was said on tickets: replies that the requester reads, and internal notes.';
comment on column messages.copy_of is 'The message of another ticket whose words these are: one reply that answered all.';

create table monitor_processes (
  process uuid not null,
  lease_until timestamp with time zone not null,
  PRIMARY KEY (process)
);
CREATE UNIQUE INDEX monitor_processes_pkey ON monitor_processes USING btree (process);
comment on table monitor_processes is 'The processes of Watchfloor that could run monitors.';

create table monitor_shards (
  shard integer not null,
  changes bigint not null default,
  CHECK (((shard >= 0) AND (shard <= 63))),
  PRIMARY KEY (shard)
);
CREATE UNIQUE INDEX monitor_shards_pkey ON monitor_shards USING btree (shard);
comment on table monitor_shards is 'How often the monitors of each part have changed, so that the processes that run them notice.';

create table monitor_spans (
  monitor_id uuid not null,
  from_at timestamp with time zone not null,
  to_at timestamp with time zone,
  state text not null,
  message text,
  CHECK ((state = ANY (ARRAY['up'::text, 'degraded'::text, 'down'::text, 'unknown'::text, 'unobserved'::text]))),
  PRIMARY KEY (monitor_id, from_at)
);
CREATE INDEX monitor_spans_over ON monitor_spans USING btree (to_at) WHERE (to_at IS NOT NULL);
CREATE UNIQUE INDEX monitor_spans_open ON monitor_spans USING btree (monitor_id) WHERE (to_at IS NULL);
CREATE UNIQUE INDEX monitor_spans_pkey ON monitor_spans USING btree (monitor_id, from_at);
comment on table monitor_spans is 'The states of monitors over time. Times in which Watchfloor was not looking count neither as up nor as down.';

create table monitor_states (
  monitor_id uuid not null,
  state text not null default,
  decided boolean not null default,
  since timestamp with time zone not null,
  reason text,
  flip integer not null default,
  applied_flip integer not null default,
  looks jsonb not null default,
  term bigint not null default,
  seq bigint not null default,
  span text,
  span_from timestamp with time zone,
  watched_until timestamp with time zone,
  last_at timestamp with time zone,
  last_outcome text,
  last_ms double precision,
  last_message text,
  last_result jsonb,
  last_failure jsonb,
  CHECK ((span = ANY (ARRAY['up'::text, 'degraded'::text, 'down'::text, 'unknown'::text, 'unobserved'::text]))),
  CHECK ((state = ANY (ARRAY['up'::text, 'degraded'::text, 'down'::text, 'unknown'::text]))),
  FOREIGN KEY (monitor_id) REFERENCES monitors(id) ON DELETE CASCADE,
  PRIMARY KEY (monitor_id)
);
CREATE INDEX monitor_states_trouble ON monitor_states USING btree (state) WHERE (state <> 'up'::text);
CREATE UNIQUE INDEX monitor_states_pkey ON monitor_states USING btree (monitor_id);
comment on table monitor_states is 'How each monitor is now.';
comment on column monitor_states.decided is 'False until the first looks after creation or a pause have decided.';
comment on column monitor_states.flip is 'Number of the last change of state.';
comment on column monitor_states.applied_flip is 'Number of the newest change that was reported; an older one does nothing any more.';
comment on column monitor_states.looks is 'Outcomes of the last looks, newest last, as many as the n-of-m rule needs.';
comment on column monitor_states.term is 'Term of the shard''s lease under which the last look was made; with seq it puts looks in order whatever the clocks say.';
comment on column monitor_states.span is 'State of the open row of monitor_spans; null when there is none.';
comment on column monitor_states.watched_until is 'How long the last look speaks for the monitor; later than that nobody was looking.';

create table monitors (
  id uuid not null,
  name text not null,
  kind text not null,
  config jsonb not null,
  secrets text,
  address text not null,
  service_id uuid,
  environment text not null default,
  team_id uuid,
  interval_seconds integer not null,
  timeout_seconds double precision not null,
  down_after integer not null default,
  of_looks integer not null default,
  up_after integer not null default,
  enabled boolean not null default,
  shard integer not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default,
  CHECK (((down_after >= 1) AND (down_after <= 20))),
  CHECK (((interval_seconds >= 5) AND (interval_seconds <= 86400))),
  CHECK (((of_looks >= 1) AND (of_looks <= 20))),
  CHECK (((shard >= 0) AND (shard <= 63))),
  CHECK (((timeout_seconds >= (0.1)::double precision) AND (timeout_seconds <= (120)::double precision))),
  CHECK (((up_after >= 1) AND (up_after <= 20))),
  CHECK ((down_after <= of_looks)),
  CHECK ((environment = ANY (ARRAY['prod'::text, 'uat'::text, 'test'::text, 'dev'::text]))),
  FOREIGN KEY (service_id) REFERENCES services(id),
  FOREIGN KEY (team_id) REFERENCES teams(id),
  PRIMARY KEY (id)
);
CREATE INDEX monitors_name ON monitors USING btree (lower(name), id);
CREATE INDEX monitors_sealed ON monitors USING btree ("left"(secrets, 12)) WHERE (secrets IS NOT NULL);
CREATE INDEX monitors_service ON monitors USING btree (service_id);
CREATE INDEX monitors_shard ON monitors USING btree (shard) WHERE enabled;
CREATE UNIQUE INDEX monitors_pkey ON monitors USING btree (id);
comment on table monitors is 'What Watchfloor checks by itself, again and again.';
comment on column monitors.config is 'Of the kind''s own schema; each secret is replaced by a mark.';
comment on column monitors.secrets is 'The whole config with its secrets, encrypted; null when it has none.';
comment on column monitors.address is 'What is looked at, in a few words, for lists and search.';
comment on column monitors.timeout_seconds is 'Copied out of the config, for sentences and statements.';
comment on column monitors.shard is '0 to 63; processes share the shards by lease.';

create table notification_rules (
  id uuid not null,
  user_id uuid not null,
  urgency text not null,
  method_id uuid not null,
  after_minutes integer not null,
  CHECK (((after_minutes >= 0) AND (after_minutes <= 1440))),
  CHECK ((urgency = ANY (ARRAY['high'::text, 'low'::text]))),
  FOREIGN KEY (method_id) REFERENCES contact_methods(id) ON DELETE CASCADE,
  FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
  PRIMARY KEY (id)
);
CREATE INDEX notification_rules_user ON notification_rules USING btree (user_id, urgency, after_minutes);
CREATE UNIQUE INDEX notification_rules_pkey ON notification_rules USING btree (id);
comment on table notification_rules is 'Per person and urgency: which contact method after how many minutes.';

create table observed_spans (
  from_at timestamp with time zone not null,
  to_at timestamp with time zone not null,
  PRIMARY KEY (from_at)
);
CREATE UNIQUE INDEX observed_spans_pkey ON observed_spans USING btree (from_at);
comment on table observed_spans is 'When Watchfloor was running. What happened in between was seen by nobody.';

create table overrides (
  id uuid not null,
  schedule_id uuid not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  add_user_id uuid,
  remove_user_id uuid,
  reason text not null default,
  created_by uuid,
  created_at timestamp with time zone not null,
  CHECK ((ends_at > starts_at)),
  CHECK ((num_nonnulls(add_user_id, remove_user_id) > 0)),
  FOREIGN KEY (add_user_id) REFERENCES users(id),
  FOREIGN KEY (created_by) REFERENCES users(id),
  FOREIGN KEY (remove_user_id) REFERENCES users(id),
  FOREIGN KEY (schedule_id) REFERENCES schedules(id) ON DELETE CASCADE,
  PRIMARY KEY (id)
);
CREATE INDEX overrides_schedule ON overrides USING btree (schedule_id, ends_at);
CREATE UNIQUE INDEX overrides_pkey ON overrides USING btree (id);
comment on table overrides is 'Exceptions to a schedule: add somebody, remove somebody, or both, which replaces.';

create table page_targets (
  id uuid not null,
  page_id uuid not null,
  round integer not null,
  step integer not null,
  user_id uuid,
  at timestamp with time zone not null,
  why jsonb not null,
  FOREIGN KEY (page_id) REFERENCES pages(id) ON DELETE CASCADE,
  PRIMARY KEY (id)
);
CREATE INDEX page_targets_page ON page_targets USING btree (page_id, at);
CREATE INDEX page_targets_user ON page_targets USING btree (user_id, at DESC);
CREATE UNIQUE INDEX page_targets_once ON page_targets USING btree (page_id, round, step, user_id) WHERE (user_id IS NOT NULL);
CREATE UNIQUE INDEX page_targets_pkey ON page_targets USING btree (id);
comment on table page_targets is 'Whom each step of a page turned to, and why; or why there was nobody.';

create table pages (
  id uuid not null,
  subject text not null,
  policy_id uuid,
  policy jsonb not null,
  team_id uuid,
  urgency text not null,
  brief jsonb not null,
  state text not null,
  step integer not null default,
  round integer not null default,
  started_at timestamp with time zone not null,
  acknowledged_at timestamp with time zone,
  acknowledged_by uuid,
  done_at timestamp with time zone,
  CHECK ((state = ANY (ARRAY['paging'::text, 'acknowledged'::text, 'done'::text, 'exhausted'::text]))),
  CHECK ((urgency = ANY (ARRAY['high'::text, 'low'::text]))),
  FOREIGN KEY (policy_id) REFERENCES escalation_policies(id),
  PRIMARY KEY (id)
);
CREATE INDEX pages_paging ON pages USING btree (started_at DESC) WHERE (state = ANY (ARRAY['paging'::text, 'exhausted'::text]));
CREATE INDEX pages_subject ON pages USING btree (subject, started_at);
CREATE UNIQUE INDEX pages_open ON pages USING btree (subject) WHERE (state = ANY (ARRAY['paging'::text, 'acknowledged'::text, 'exhausted'::text]));
CREATE UNIQUE INDEX pages_pkey ON pages USING btree (id);
comment on table pages is 'Each attempt to reach somebody because of a ticket or an alert, until it was acknowledged or nobody was left to try.';
comment on column pages.policy is 'The policy as it stood when the page began.';
comment on column pages.brief is 'Title, lines and links of what is told; refreshed by its owner, each step sends the latest.';

create table passkeys (
  id uuid not null,
  user_id uuid not null,
  credential_id text not null,
  public_key text not null,
  counter bigint not null,
  transports text[] not null,
  name text not null,
  created_at timestamp with time zone not null,
  used_at timestamp with time zone,
  FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
  PRIMARY KEY (id),
  UNIQUE (credential_id)
);
CREATE INDEX passkeys_user ON passkeys USING btree (user_id);
CREATE UNIQUE INDEX passkeys_credential_id_key ON passkeys USING btree (credential_id);
CREATE UNIQUE INDEX passkeys_pkey ON passkeys USING btree (id);
comment on table passkeys is 'Passkeys with which people sign in without a password.';
comment on column passkeys.credential_id is 'base64url, as the browser names it.';
comment on column passkeys.public_key is 'base64url of the COSE key.';

create table ping_ids (
  job_id uuid not null,
  id uuid not null,
  at timestamp with time zone not null,
  PRIMARY KEY (job_id, id)
);
CREATE INDEX ping_ids_at ON ping_ids USING btree (at);
CREATE UNIQUE INDEX ping_ids_pkey ON ping_ids USING btree (job_id, id);
comment on table ping_ids is 'Ids that senders gave to their pings, so that one that comes twice counts once.';

create table ping_keys (
  team_id uuid not null,
  ping_key text,
  ping_hash text,
  write_hash text,
  write_hint text,
  read_hash text,
  read_hint text,
  badge_key text not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default,
  FOREIGN KEY (team_id) REFERENCES teams(id) ON DELETE CASCADE,
  PRIMARY KEY (team_id),
  UNIQUE (badge_key),
  UNIQUE (ping_hash),
  UNIQUE (read_hash),
  UNIQUE (write_hash)
);
CREATE INDEX ping_keys_sealed ON ping_keys USING btree ("left"(ping_key, 12));
CREATE UNIQUE INDEX ping_keys_badge_key_key ON ping_keys USING btree (badge_key);
CREATE UNIQUE INDEX ping_keys_ping_hash_key ON ping_keys USING btree (ping_hash);
CREATE UNIQUE INDEX ping_keys_pkey ON ping_keys USING btree (team_id);
CREATE UNIQUE INDEX ping_keys_read_hash_key ON ping_keys USING btree (read_hash);
CREATE UNIQUE INDEX ping_keys_write_hash_key ON ping_keys USING btree (write_hash);
comment on table ping_keys is 'Keys with which a team''s senders and programs of healthchecks work here.';
comment on column ping_keys.ping_key is 'Sealed; shown to whoever may change the jobs of the team. null: it has none.';
comment on column ping_keys.write_hash is 'Of the key of 32 characters that may change the team’s jobs by the API of healthchecks; null while there is none.';
comment on column ping_keys.read_hash is 'Of the one that may read them.';
comment on column ping_keys.badge_key is 'Part of the address of the team’s badges, which anybody may read.';

create table pings (
  job_id uuid not null,
  at timestamp with time zone not null,
  id uuid not null,
  kind text not null,
  happened_at timestamp with time zone not null,
  run_id uuid not null,
  rid uuid,
  exit_status smallint,
  started_at timestamp with time zone,
  due_at timestamp with time zone,
  host text,
  remote text,
  method text,
  user_agent text,
  output text,
  output_bytes bigint not null default,
  note text,
  number bigint,
  scheme text,
  cpu_ms bigint,
  peak_kb bigint,
  volumes jsonb,
  verdicts text[],
  output_id uuid,
  CHECK ((kind = ANY (ARRAY['start'::text, 'success'::text, 'fail'::text, 'log'::text, 'lost'::text, 'ignored'::text]))) NOT VALID,
  PRIMARY KEY (job_id, at, id)
);
CREATE INDEX pings_noted ON pings USING btree (job_id, at) WHERE ((kind = ANY (ARRAY['fail'::text, 'lost'::text])) OR (verdicts IS NOT NULL));
CREATE INDEX pings_run ON pings USING btree (job_id, run_id);
CREATE INDEX pings_wrong ON pings USING btree (job_id, at DESC, id DESC) WHERE ((verdicts IS NOT NULL) OR (kind = 'fail'::text));
CREATE UNIQUE INDEX pings_pkey ON pings USING btree (job_id, at, id);
comment on table pings is 'Every ping of every job, in the order of arrival.';
comment on column pings.at is 'When it was received.';
comment on column pings.kind is 'lost: a run that started and whose end was never told. ignored: the filters of the job say that it means nothing.';
comment on column pings.happened_at is 'When it happened: earlier than received where it was told late.';
comment on column pings.run_id is 'The run it belongs to: what the sender called it (rid), else the id of the ping that began it.';
comment on column pings.started_at is 'Of an end: when that run started, where it is known.';
comment on column pings.due_at is 'Of an end: when that run was expected, where it was.';
comment on column pings.output is 'The end of what was sent with it, as text.';
comment on column pings.output_bytes is 'How much was sent.';
comment on column pings.note is 'What was wrong with its times, in a sentence.';
comment on column pings.number is 'How many pings of the job there were with it.';
comment on column pings.scheme is 'http, https or email.';
comment on column pings.cpu_ms is 'Of an end: the processor time that the run took, of user and system together, where its sender measured it.';
comment on column pings.peak_kb is 'Of an end: the most memory that one of its processes held, where its sender measured it.';
comment on column pings.volumes is 'Of an end: what the run says it has worked through, by name: {"rows": 12345}.';
comment on column pings.verdicts is 'Of an end: what was wrong with the run by the limits of then: late, long, short, failed, tolerated, often, overlapping.';
comment on column pings.output_id is 'The row of run_outputs that has all of what was sent; null: output has all of it, or there was no room.';

create table presences (
  ticket_id uuid not null,
  user_id uuid not null,
  seen_at timestamp with time zone not null,
  typing text,
  CHECK ((typing = ANY (ARRAY['reply'::text, 'note'::text]))),
  PRIMARY KEY (ticket_id, user_id)
);
CREATE UNIQUE INDEX presences_pkey ON presences USING btree (ticket_id, user_id);
comment on table presences is 'Who is looking at a ticket just now. It is forgotten after 30 seconds.';

create table priority_matrix (
  only_one boolean not null default,
  matrix jsonb not null,
  updated_at timestamp with time zone not null,
  version integer not null default,
  CHECK (only_one),
  PRIMARY KEY (only_one)
);
CREATE UNIQUE INDEX priority_matrix_pkey ON priority_matrix USING btree (only_one);
comment on table priority_matrix is 'Which priority follows from which impact and urgency.';
comment on column priority_matrix.matrix is '{high: {high: 1, medium: 2, low: 3}, medium: {…}, low: {…}}: impact first, then urgency; 1 is the most pressing.';

create table push_identity (
  id integer not null,
  public_key text not null,
  private_key text not null,
  created_at timestamp with time zone not null,
  CHECK ((id = 1)),
  PRIMARY KEY (id)
);
CREATE INDEX push_identity_sealed ON push_identity USING btree ("left"(private_key, 12));
CREATE UNIQUE INDEX push_identity_pkey ON push_identity USING btree (id);
comment on table push_identity is 'The pair of keys by which browsers know that a push message comes from this Watchfloor. Without it all browsers must be added again.';
comment on column push_identity.private_key is 'Sealed with the installation''s key.';

create table request_approvals (
  id uuid not null,
  request_id uuid not null,
  stage integer not null,
  seat uuid not null,
  user_id uuid,
  state text not null,
  why text not null,
  reason text,
  asked_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  remind_hours integer,
  reminders integer not null default,
  decided_at timestamp with time zone,
  by_link boolean not null default,
  CHECK ((state = ANY (ARRAY['asked'::text, 'approved'::text, 'refused'::text, 'passed_on'::text, 'left'::text, 'expired'::text, 'not_needed'::text, 'nobody'::text]))),
  FOREIGN KEY (request_id) REFERENCES requests(id) ON DELETE CASCADE,
  FOREIGN KEY (user_id) REFERENCES users(id),
  PRIMARY KEY (id)
);
CREATE INDEX request_approvals_mine ON request_approvals USING btree (user_id, asked_at DESC, id DESC);
CREATE INDEX request_approvals_open ON request_approvals USING btree (user_id) WHERE (state = 'asked'::text);
CREATE INDEX request_approvals_request ON request_approvals USING btree (request_id, stage, asked_at);
CREATE UNIQUE INDEX request_approvals_asked ON request_approvals USING btree (request_id, stage, user_id) WHERE (state = 'asked'::text);
CREATE UNIQUE INDEX request_approvals_pkey ON request_approvals USING btree (id);
comment on table request_approvals is 'Who was asked to approve a request, why, and what they answered.';
comment on column request_approvals.seat is 'One of those whose word counts in a stage. Whoever stands in for somebody has the same seat, and one word from a seat is enough.';
comment on column request_approvals.user_id is 'Null when there was nobody to ask.';
comment on column request_approvals.why is 'Why this person is asked, in words.';
comment on column request_approvals.reason is 'What the approver said; always there when it was refused.';

create table request_steps (
  id uuid not null,
  request_id uuid not null,
  position integer not null,
  title text not null,
  help text not null default,
  required boolean not null,
  done_at timestamp with time zone,
  done_by uuid,
  done_by_name text,
  FOREIGN KEY (done_by) REFERENCES users(id),
  FOREIGN KEY (request_id) REFERENCES requests(id) ON DELETE CASCADE,
  PRIMARY KEY (id)
);
CREATE INDEX request_steps_request ON request_steps USING btree (request_id, "position");
CREATE UNIQUE INDEX request_steps_pkey ON request_steps USING btree (id);
comment on table request_steps is 'The checklist of a request: what is to be done to fulfil it, in order, and who ticked what when.';
comment on column request_steps.done_by_name is 'As it was then; a key that ticks has a name and is no user.';

create table request_type_versions (
  type_id uuid not null,
  number integer not null,
  form json not null,
  checklist json not null,
  approvals json not null,
  created_at timestamp with time zone not null,
  FOREIGN KEY (type_id) REFERENCES request_types(id) ON DELETE CASCADE,
  PRIMARY KEY (type_id, number)
);
CREATE UNIQUE INDEX request_type_versions_pkey ON request_type_versions USING btree (type_id, number);
comment on table request_type_versions is 'The form, the checklist and the approvals of each request type, in every version that it has had.';
comment on column request_type_versions.form is 'JSON Schema of the answers, in the subset of contract/requests/form.ts. As text, because the order of its fields is the order of the form.';
comment on column request_type_versions.approvals is 'Stages in order: who is asked, whether one is enough, and after how many hours it reminds and expires.';

create table request_types (
  id uuid not null,
  slug text not null,
  name text not null,
  description text not null default,
  category text not null,
  icon text not null,
  team_id uuid not null,
  service_id uuid,
  priority smallint not null default,
  business_unit_ids uuid[] not null default,
  current_version integer not null default,
  retired_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default,
  CHECK (((priority >= 1) AND (priority <= 5))),
  FOREIGN KEY (service_id) REFERENCES services(id),
  FOREIGN KEY (team_id) REFERENCES teams(id),
  PRIMARY KEY (id),
  UNIQUE (slug)
);
CREATE INDEX request_types_catalogue ON request_types USING btree (lower(category), lower(name), id);
CREATE UNIQUE INDEX request_types_pkey ON request_types USING btree (id);
CREATE UNIQUE INDEX request_types_slug_key ON request_types USING btree (slug);
comment on table request_types is 'What can be asked for: a form, a checklist, approvals, and the team that fulfils it.';
comment on column request_types.priority is 'Target priority of its tickets, in place of impact and urgency.';
comment on column request_types.business_unit_ids is 'Who may ask: people of these business units; everybody when it is empty.';
comment on column request_types.current_version is 'Number of the version of form, checklist and approvals that new requests are filled with.';

create table requests (
  id uuid not null,
  ticket_id uuid not null,
  type_id uuid not null,
  type_version integer not null,
  requester_id uuid,
  answers jsonb not null,
  state text not null,
  stage integer not null default,
  created_at timestamp with time zone not null,
  decided_at timestamp with time zone,
  CHECK ((state = ANY (ARRAY['waiting'::text, 'approved'::text, 'refused'::text, 'expired'::text, 'withdrawn'::text, 'free'::text]))),
  FOREIGN KEY (requester_id) REFERENCES users(id),
  FOREIGN KEY (ticket_id) REFERENCES tickets(id) ON DELETE CASCADE,
  FOREIGN KEY (type_id, type_version) REFERENCES request_type_versions(type_id, number),
  PRIMARY KEY (id),
  UNIQUE (ticket_id)
);
CREATE INDEX requests_type ON requests USING btree (type_id, created_at DESC);
CREATE UNIQUE INDEX requests_pkey ON requests USING btree (id);
CREATE UNIQUE INDEX requests_ticket_id_key ON requests USING btree (ticket_id);
comment on table requests is 'What was answered in the form of a request type, and where its approval stands. The ticket is the desk''s.';
comment on column requests.requester_id is 'Who asks, also when somebody filled the form for him; never an approver.';
comment on column requests.state is 'Of the approval: free means that none is needed; withdrawn that the ticket was cancelled meanwhile.';
comment on column requests.stage is 'The stage of the approvals that is asked now, from 0.';

create table result_hours (
  monitor_id uuid not null,
  at timestamp with time zone not null,
  looks integer not null,
  failures integer not null,
  blind integer not null,
  avg_ms real,
  p95_ms real,
  max_ms real,
  PRIMARY KEY (monitor_id, at)
);
CREATE UNIQUE INDEX result_hours_pkey ON result_hours USING btree (monitor_id, at);
comment on table result_hours is 'What monitors found in each hour, in figures, for charts over weeks.';

create table result_rollups (
  one boolean not null default,
  done_until timestamp with time zone not null,
  CHECK (one),
  PRIMARY KEY (one)
);
CREATE UNIQUE INDEX result_rollups_pkey ON result_rollups USING btree (one);
comment on table result_rollups is 'Up to which hour the results of monitors have been added up.';

create table results (
  monitor_id uuid not null,
  at timestamp with time zone not null,
  outcome text not null,
  ms real,
  code text,
  message text,
  timings jsonb,
  CHECK ((outcome = ANY (ARRAY['ok'::text, 'degraded'::text, 'failed'::text, 'blind'::text]))),
  PRIMARY KEY (monitor_id, at)
);
CREATE UNIQUE INDEX results_pkey ON results USING btree (monitor_id, at);
comment on table results is 'The result of each single look of a monitor: whether it was up, and how long it took.';
comment on column results.message is 'Null where all is fine.';

create table run_outputs (
  id uuid not null,
  job_id uuid not null,
  at timestamp with time zone not null,
  kept boolean not null default,
  taken bigint not null default,
  PRIMARY KEY (id)
);
CREATE INDEX run_outputs_at ON run_outputs USING btree (at);
CREATE INDEX run_outputs_job ON run_outputs USING btree (job_id);
CREATE UNIQUE INDEX run_outputs_pkey ON run_outputs USING btree (id);
comment on table run_outputs is 'The outputs that jobs sent. Their texts lie in the data folder, and go when the run goes.';
comment on column run_outputs.kept is 'A ping was kept with it. What was begun and never kept is removed after a day.';
comment on column run_outputs.taken is 'So many bytes of what was sent lie there, from its beginning; secrets in it are masked.';

create table saved_views (
  id uuid not null,
  owner_id uuid not null,
  team_id uuid,
  name text not null,
  filter text not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default,
  FOREIGN KEY (owner_id) REFERENCES users(id) ON DELETE CASCADE,
  FOREIGN KEY (team_id) REFERENCES teams(id) ON DELETE CASCADE,
  PRIMARY KEY (id)
);
CREATE INDEX saved_views_owner ON saved_views USING btree (owner_id, name);
CREATE INDEX saved_views_team ON saved_views USING btree (team_id, name) WHERE (team_id IS NOT NULL);
CREATE UNIQUE INDEX saved_views_pkey ON saved_views USING btree (id);
comment on table saved_views is 'Filters of the queue under a name: of one person, or of a team.';
comment on column saved_views.team_id is 'Whose members see it as well; null: its owner alone.';
comment on column saved_views.filter is 'As it is typed: state:open team:mine priority:<=2.';

create table scheduler_actions (
  id uuid not null,
  name text not null,
  act text not null,
  kind text not null,
  config jsonb not null,
  secrets text,
  team_id uuid,
  scheduler text,
  tags text[] not null default,
  environments text[] not null default,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default,
  CHECK ((act = ANY (ARRAY['rerun'::text, 'hold'::text, 'release'::text, 'kill'::text]))),
  FOREIGN KEY (team_id) REFERENCES teams(id),
  PRIMARY KEY (id)
);
CREATE INDEX scheduler_actions_secrets ON scheduler_actions USING btree ("left"(secrets, 12));
CREATE UNIQUE INDEX scheduler_actions_name ON scheduler_actions USING btree (lower(name));
CREATE UNIQUE INDEX scheduler_actions_pkey ON scheduler_actions USING btree (id);
comment on table scheduler_actions is 'What a person may let a scheduler do with a job, and how it is told: a program of this machine or a request over HTTP.';
comment on column scheduler_actions.act is 'rerun: run it again; hold: do not start it; release: let it start; kill: end its run.';
comment on column scheduler_actions.config is 'As its kind wants it, with a mark in the place of each secret.';
comment on column scheduler_actions.secrets is 'All of the config, sealed, where it holds a secret.';
comment on column scheduler_actions.team_id is 'For the jobs of this team; null: for those of all.';
comment on column scheduler_actions.scheduler is 'For jobs that were imported from this kind of scheduler, such as jil; null: for all.';
comment on column scheduler_actions.tags is 'For jobs with one of these tags; empty: for all.';
comment on column scheduler_actions.environments is 'For jobs of one of these environments; empty: for all.';

create table scheduler_estimates (
  scheduler_id uuid not null,
  name text not null,
  job text not null,
  service text not null,
  expected_end timestamp with time zone,
  due timestamp with time zone,
  status text not null,
  said jsonb not null,
  at timestamp with time zone not null,
  FOREIGN KEY (scheduler_id) REFERENCES schedulers(id) ON DELETE CASCADE,
  PRIMARY KEY (scheduler_id, name)
);
CREATE INDEX scheduler_estimates_job ON scheduler_estimates USING btree (job);
CREATE UNIQUE INDEX scheduler_estimates_pkey ON scheduler_estimates USING btree (scheduler_id, name);
comment on table scheduler_estimates is 'By when a scheduler itself expects its services to end.';
comment on column scheduler_estimates.name is 'The service and its date.';
comment on column scheduler_estimates.job is 'The last job of the service, by what an import knows it by.';
comment on column scheduler_estimates.at is 'When it said so last.';

create table scheduler_states (
  scheduler_id uuid not null,
  cursor jsonb,
  about text,
  looked_at timestamp with time zone,
  read_at timestamp with time zone,
  failing_since timestamp with time zone,
  problem text,
  lost_since timestamp with time zone,
  next_at timestamp with time zone,
  runs bigint not null default,
  FOREIGN KEY (scheduler_id) REFERENCES schedulers(id) ON DELETE CASCADE,
  PRIMARY KEY (scheduler_id)
);
CREATE UNIQUE INDEX scheduler_states_pkey ON scheduler_states USING btree (scheduler_id);
comment on table scheduler_states is 'How a connection fares.';
comment on column scheduler_states.cursor is 'Where the next look goes on, in the words of the kind; null: from the beginning.';
comment on column scheduler_states.about is 'What it answers that it is, such as its version.';
comment on column scheduler_states.read_at is 'When it was last read as a whole.';
comment on column scheduler_states.failing_since is 'Since when it cannot be read, with the problem; null while it can.';
comment on column scheduler_states.lost_since is 'Since when people are told that it cannot be read.';
comment on column scheduler_states.runs is 'Starts and ends of runs of our jobs that it has told.';

create table scheduler_strangers (
  scheduler_id uuid not null,
  name text not null,
  first_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  FOREIGN KEY (scheduler_id) REFERENCES schedulers(id) ON DELETE CASCADE,
  PRIMARY KEY (scheduler_id, name)
);
CREATE UNIQUE INDEX scheduler_strangers_pkey ON scheduler_strangers USING btree (scheduler_id, name);
comment on table scheduler_strangers is 'Jobs that a scheduler tells of and that we do not have, by what an import would know them by.';

create table schedulers (
  id uuid not null,
  name text not null,
  kind text not null,
  config jsonb not null,
  secrets text,
  address text not null,
  host text not null default,
  team_id uuid,
  interval_seconds integer not null,
  enabled boolean not null default,
  version integer not null default,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  FOREIGN KEY (team_id) REFERENCES teams(id),
  PRIMARY KEY (id)
);
CREATE INDEX schedulers_name ON schedulers USING btree (lower(name), id);
CREATE INDEX schedulers_sealed ON schedulers USING btree ("left"(secrets, 12));
CREATE UNIQUE INDEX schedulers_pkey ON schedulers USING btree (id);
comment on table schedulers is 'Connections to schedulers, which are asked how their jobs run.';
comment on column schedulers.config is 'As the kind wants it, with a mark in the place of each secret.';
comment on column schedulers.secrets is 'Sealed: the config with its secrets.';
comment on column schedulers.address is 'What of the config is shown as its address.';
comment on column schedulers.host is 'The host that was named when its jobs were imported: it is part of what they are known by.';
comment on column schedulers.team_id is 'Whose jobs it tells of; null: of those of all teams.';

create table schedules (
  id uuid not null,
  slug text not null,
  name text not null,
  team_id uuid not null,
  zone text not null,
  layers jsonb not null,
  archived_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default,
  FOREIGN KEY (team_id) REFERENCES teams(id),
  PRIMARY KEY (id),
  UNIQUE (slug)
);
CREATE INDEX schedules_team ON schedules USING btree (team_id);
CREATE UNIQUE INDEX schedules_pkey ON schedules USING btree (id);
CREATE UNIQUE INDEX schedules_slug_key ON schedules USING btree (slug);
comment on table schedules is 'Who is on call when: layers of rotations, in a zone.';
comment on column schedules.layers is 'Rotations with their versions, so that adding people does not reshuffle the past; see oncall/rotation.ts.';

create table second_factors (
  user_id uuid not null,
  secret text not null,
  confirmed_at timestamp with time zone,
  last_step bigint not null default,
  recovery text[] not null default,
  created_at timestamp with time zone not null,
  FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
  PRIMARY KEY (user_id)
);
CREATE INDEX second_factors_sealed ON second_factors USING btree ("left"(secret, 12));
CREATE UNIQUE INDEX second_factors_pkey ON second_factors USING btree (user_id);
comment on table second_factors is 'Who has set up an app that shows a code at sign-in.';
comment on column second_factors.secret is 'Sealed with the installation''s key.';
comment on column second_factors.confirmed_at is 'Null until a first code was right: until then nobody is asked for one.';
comment on column second_factors.last_step is 'The half minute of the last code that was taken; no code is taken twice.';
comment on column second_factors.recovery is 'SHA-256 of the recovery codes that are left.';

create table service_business_units (
  service_id uuid not null,
  business_unit_id uuid not null,
  FOREIGN KEY (business_unit_id) REFERENCES business_units(id) ON DELETE CASCADE,
  FOREIGN KEY (service_id) REFERENCES services(id) ON DELETE CASCADE,
  PRIMARY KEY (service_id, business_unit_id)
);
CREATE INDEX service_business_units_unit ON service_business_units USING btree (business_unit_id);
CREATE UNIQUE INDEX service_business_units_pkey ON service_business_units USING btree (service_id, business_unit_id);
comment on table service_business_units is 'Which business units use a service.';

create table service_changes (
  id uuid not null,
  service_id uuid not null,
  environment text not null default,
  at timestamp with time zone not null,
  title text not null,
  details text not null default,
  origin text not null,
  reference text,
  by jsonb not null,
  links jsonb not null default,
  noted_at timestamp with time zone not null,
  CHECK ((environment = ANY (ARRAY['prod'::text, 'uat'::text, 'test'::text, 'dev'::text]))),
  CHECK ((origin = ANY (ARRAY['hand'::text, 'tool'::text, 'ticket'::text]))),
  FOREIGN KEY (service_id) REFERENCES services(id) ON DELETE CASCADE,
  PRIMARY KEY (id)
);
CREATE INDEX service_changes_service ON service_changes USING btree (service_id, at DESC, id DESC);
CREATE UNIQUE INDEX service_changes_pkey ON service_changes USING btree (id);
CREATE UNIQUE INDEX service_changes_reference ON service_changes USING btree (reference) WHERE (reference IS NOT NULL);
comment on table service_changes is 'The change log of services: what changed when, noted by hand, by tools that send change events, or by a change ticket that was done.';
comment on column service_changes.at is 'When it changed, as far as is known.';
comment on column service_changes.reference is 'What it was noted from (signal:id, ticket:id), so that it is noted once.';

create table service_health (
  service_id uuid not null,
  environment text not null,
  state text not null,
  since timestamp with time zone not null,
  firing integer not null default,
  CHECK ((state = ANY (ARRAY['ok'::text, 'degraded'::text, 'down'::text, 'unknown'::text]))),
  PRIMARY KEY (service_id, environment)
);
CREATE UNIQUE INDEX service_health_pkey ON service_health USING btree (service_id, environment);
comment on table service_health is 'How each watched service is now, by its open alerts.';

create table service_health_spans (
  service_id uuid not null,
  environment text not null,
  state text not null,
  from_at timestamp with time zone not null,
  to_at timestamp with time zone,
  CHECK ((state = ANY (ARRAY['ok'::text, 'degraded'::text, 'down'::text, 'unknown'::text]))),
  PRIMARY KEY (service_id, environment, from_at)
);
CREATE UNIQUE INDEX service_health_spans_pkey ON service_health_spans USING btree (service_id, environment, from_at);
comment on table service_health_spans is 'The states of services over time.';

create table service_policies (
  service_id uuid not null,
  policy_id uuid not null,
  FOREIGN KEY (policy_id) REFERENCES escalation_policies(id),
  FOREIGN KEY (service_id) REFERENCES services(id) ON DELETE CASCADE,
  PRIMARY KEY (service_id)
);
CREATE INDEX service_policies_policy ON service_policies USING btree (policy_id);
CREATE UNIQUE INDEX service_policies_pkey ON service_policies USING btree (service_id);
comment on table service_policies is 'Which escalation policy a service has.';

create table services (
  id uuid not null,
  slug text not null,
  name text not null,
  kind text not null,
  description text not null default,
  tier smallint not null default,
  environments text[] not null default,
  owner_team_id uuid,
  calendar_id uuid,
  cost_per_hour bigint,
  currency text,
  archived_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default,
  CHECK (((cost_per_hour IS NULL) OR (currency IS NOT NULL))),
  CHECK (((tier >= 1) AND (tier <= 4))),
  CHECK ((kind = ANY (ARRAY['business'::text, 'technical'::text]))),
  FOREIGN KEY (calendar_id) REFERENCES calendars(id),
  FOREIGN KEY (owner_team_id) REFERENCES teams(id),
  PRIMARY KEY (id),
  UNIQUE (slug)
);
CREATE INDEX services_calendar ON services USING btree (calendar_id);
CREATE INDEX services_name ON services USING btree (lower(name), id);
CREATE INDEX services_team ON services USING btree (owner_team_id);
CREATE UNIQUE INDEX services_pkey ON services USING btree (id);
CREATE UNIQUE INDEX services_slug_key ON services USING btree (slug);
comment on table services is 'What is supported: business services as the business names them, technical services that they run on.';
comment on column services.tier is 'Criticality: 1 is the most critical.';
comment on column services.cost_per_hour is 'Cost of downtime in whole units of the currency, where known.';

create table sessions (
  id uuid not null,
  user_id uuid not null,
  token text not null,
  expires_at timestamp with time zone not null,
  ip_address text,
  user_agent text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
  PRIMARY KEY (id),
  UNIQUE (token)
);
CREATE INDEX sessions_expiry ON sessions USING btree (expires_at);
CREATE INDEX sessions_user ON sessions USING btree (user_id);
CREATE UNIQUE INDEX sessions_pkey ON sessions USING btree (id);
CREATE UNIQUE INDEX sessions_token_key ON sessions USING btree (token);
comment on table sessions is 'Browsers that are signed in.';

create table settings (
  name text not null,
  value jsonb not null,
  updated_at timestamp with time zone not null,
  PRIMARY KEY (name)
);
CREATE UNIQUE INDEX settings_pkey ON settings USING btree (name);
comment on table settings is 'Settings of the installation that are changed while it runs.';

create table shard_leases (
  shard integer not null,
  process uuid,
  lease_until timestamp with time zone,
  term bigint not null default,
  PRIMARY KEY (shard)
);
CREATE UNIQUE INDEX shard_leases_pkey ON shard_leases USING btree (shard);
comment on table shard_leases is 'Which process of Watchfloor runs which part of the monitors.';
comment on column shard_leases.term is 'Rises with each change of hands; looks made under an older term no longer decide.';

create table sign_in_tries (
  key text not null,
  tries integer not null,
  resets_at timestamp with time zone not null,
  PRIMARY KEY (key)
);
CREATE UNIQUE INDEX sign_in_tries_pkey ON sign_in_tries USING btree (key);
comment on table sign_in_tries is 'Failed tries to sign in during the last quarter of an hour, so that nobody can guess passwords or lock others out.';
comment on column sign_in_tries.key is 'SHA-256: what is typed as a mail address may be a password by mistake.';

create table signals (
  source_id uuid not null,
  at timestamp with time zone not null,
  id uuid not null,
  dedup_key text not null,
  kind text not null,
  happened_at timestamp with time zone not null,
  severity text,
  summary text not null,
  body jsonb not null,
  journal_id uuid,
  CHECK ((kind = ANY (ARRAY['firing'::text, 'resolved'::text, 'acknowledged'::text, 'comment'::text, 'blind'::text, 'change'::text, 'heartbeat'::text]))),
  PRIMARY KEY (source_id, dedup_key, at, id)
);
CREATE UNIQUE INDEX signals_pkey ON signals USING btree (source_id, dedup_key, at, id);
comment on table signals is 'Each single report of a source, in the same words for all sources.';
comment on column signals.journal_id is 'What it was read from; null for the signals of our own monitors.';

create table signed_links (
  id uuid not null,
  user_id uuid not null,
  verb text not null,
  input jsonb not null,
  readable text[] not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  PRIMARY KEY (id)
);
CREATE INDEX signed_links_expiry ON signed_links USING btree (expires_at);
CREATE UNIQUE INDEX signed_links_pkey ON signed_links USING btree (id);
comment on table signed_links is 'Links in messages with which somebody does one act without signing in. The links themselves are not kept.';
comment on column signed_links.readable is 'References that the bearer may read.';

create table silences (
  id uuid not null,
  matchers jsonb not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  reason text not null,
  created_by jsonb not null,
  team_id uuid,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  version integer not null default,
  CHECK ((ends_at > starts_at)),
  FOREIGN KEY (team_id) REFERENCES teams(id),
  PRIMARY KEY (id)
);
CREATE INDEX silences_list ON silences USING btree (created_at DESC, id DESC);
CREATE INDEX silences_open ON silences USING btree (ends_at, id) WHERE (ended_at IS NULL);
CREATE INDEX silences_team ON silences USING btree (team_id);
CREATE UNIQUE INDEX silences_pkey ON silences USING btree (id);
comment on table silences is 'Silences: what they are for, until when, who made them and why. What is silenced is watched, but nobody is told of it.';
comment on column silences.team_id is 'Covers the alerts of this team alone; null covers all.';
comment on column silences.ended_at is 'When it was over, by its time or by hand.';

create table sla_policies (
  id uuid not null,
  name text not null,
  is_default boolean not null default,
  targets jsonb not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default,
  position integer not null default,
  calendar_id uuid,
  rules jsonb not null,
  FOREIGN KEY (calendar_id) REFERENCES calendars(id),
  PRIMARY KEY (id),
  UNIQUE (name)
);
CREATE INDEX sla_policies_calendar ON sla_policies USING btree (calendar_id);
CREATE INDEX sla_policies_order ON sla_policies USING btree (is_default, "position", id);
CREATE UNIQUE INDEX sla_policies_default ON sla_policies USING btree (is_default) WHERE is_default;
CREATE UNIQUE INDEX sla_policies_name_key ON sla_policies USING btree (name);
CREATE UNIQUE INDEX sla_policies_pkey ON sla_policies USING btree (id);
comment on table sla_policies is 'How soon tickets are answered and solved. The first policy that fits a ticket counts, else the default.';
comment on column sla_policies.targets is '{P1: {firstResponse, update, resolution: minutes | null, clock: "support" (open hours of the calendar) | "always"}, … P5}';
comment on column sla_policies.version is 'Goes up with each change; each clock keeps the version it was measured by.';
comment on column sla_policies.position is 'The order in which they are tried; the default comes last.';
comment on column sla_policies.calendar_id is 'Whose open hours count; null is the support calendar of the service.';
comment on column sla_policies.rules is '{appliesTo: {serviceIds, businessUnitIds, kinds, environments, priorities: empty is any}, warnPercent, onReopen: resume|continue|new_cycle, onReclass: retroactive|from_change, pauseReasons, cutOffs: [{name, atTime, zone, days, priorities, warnMinutes}]}';

create table snoozes (
  user_id uuid not null,
  ticket_id uuid not null,
  until timestamp with time zone not null,
  FOREIGN KEY (ticket_id) REFERENCES tickets(id) ON DELETE CASCADE,
  FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
  PRIMARY KEY (user_id, ticket_id)
);
CREATE INDEX snoozes_ticket ON snoozes USING btree (ticket_id);
CREATE UNIQUE INDEX snoozes_pkey ON snoozes USING btree (user_id, ticket_id);
comment on table snoozes is 'Tickets that somebody does not want in his lists until a time. Clocks go on; something that happens on the ticket ends it.';

create table source_keys (
  id uuid not null,
  source_id uuid not null,
  hash text not null,
  hint text not null,
  created_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  FOREIGN KEY (source_id) REFERENCES sources(id) ON DELETE CASCADE,
  PRIMARY KEY (id),
  UNIQUE (hash)
);
CREATE INDEX source_keys_source ON source_keys USING btree (source_id);
CREATE UNIQUE INDEX source_keys_hash_key ON source_keys USING btree (hash);
CREATE UNIQUE INDEX source_keys_pkey ON source_keys USING btree (id);
comment on table source_keys is 'Keys with which sources send their reports, as hashes only.';

create table source_stats (
  source_id uuid not null,
  slot smallint not null,
  last_at timestamp with time zone not null,
  signals bigint not null default,
  problems bigint not null default,
  last_problem text,
  last_problem_at timestamp with time zone,
  rate double precision not null default,
  PRIMARY KEY (source_id, slot)
);
CREATE UNIQUE INDEX source_stats_pkey ON source_stats USING btree (source_id, slot);
comment on table source_stats is 'How much each source has sent.';
comment on column source_stats.slot is 'A source counts in several rows, so that batches do not wait for each other; their sum counts.';
comment on column source_stats.rate is 'Signals a second at last_at, as a moving average over five minutes.';

create table sources (
  id uuid not null,
  kind text not null,
  slug text not null,
  name text not null,
  team_id uuid,
  service_id uuid,
  environment text not null default,
  opens_incident boolean not null default,
  enabled boolean not null default,
  per_second integer not null default,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default,
  expires_minutes integer,
  CHECK (((expires_minutes >= 1) AND (expires_minutes <= 43200))),
  CHECK (((per_second >= 1) AND (per_second <= 100000))),
  CHECK ((environment = ANY (ARRAY['prod'::text, 'uat'::text, 'test'::text, 'dev'::text]))),
  FOREIGN KEY (service_id) REFERENCES services(id),
  FOREIGN KEY (team_id) REFERENCES teams(id),
  PRIMARY KEY (id),
  UNIQUE (slug)
);
CREATE INDEX sources_name ON sources USING btree (lower(name), id);
CREATE UNIQUE INDEX sources_pkey ON sources USING btree (id);
CREATE UNIQUE INDEX sources_slug_key ON sources USING btree (slug);
comment on table sources is 'The tools that send alerts here. Watchfloor''s own monitors and jobs count as tools too.';
comment on column sources.service_id is 'The service of its alerts when a signal names none.';
comment on column sources.opens_incident is 'Whether its alerts open incidents; else they are only shown.';
comment on column sources.per_second is 'How many requests a second one key may send to one process.';
comment on column sources.expires_minutes is 'An alert of which nothing was heard for so long is expired, which is not the same as resolved. Null: it stays open until somebody says that it is over.';

create table team_members (
  team_id uuid not null,
  user_id uuid not null,
  role text not null,
  CHECK ((role = ANY (ARRAY['responder'::text, 'lead'::text]))),
  FOREIGN KEY (team_id) REFERENCES teams(id) ON DELETE CASCADE,
  FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
  PRIMARY KEY (team_id, user_id)
);
CREATE INDEX team_members_user ON team_members USING btree (user_id);
CREATE UNIQUE INDEX team_members_pkey ON team_members USING btree (team_id, user_id);
comment on table team_members is 'Who is in which team, and who leads it.';

create table teams (
  id uuid not null,
  slug text not null,
  name text not null,
  kind text not null,
  zone text not null default,
  description text not null default,
  archived_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default,
  CHECK ((kind = ANY (ARRAY['l1'::text, 'l2'::text, 'l3'::text, 'dba'::text, 'systems'::text, 'network'::text, 'vendor'::text, 'other'::text]))),
  PRIMARY KEY (id),
  UNIQUE (slug)
);
CREATE INDEX teams_name ON teams USING btree (lower(name), id);
CREATE UNIQUE INDEX teams_pkey ON teams USING btree (id);
CREATE UNIQUE INDEX teams_slug_key ON teams USING btree (slug);
comment on table teams is 'Support lines and resolver groups.';

create table ticket_callers (
  id uuid not null,
  ticket_id uuid not null,
  user_id uuid,
  business_unit_id uuid,
  words text not null default,
  at timestamp with time zone not null,
  FOREIGN KEY (business_unit_id) REFERENCES business_units(id) ON DELETE SET NULL,
  FOREIGN KEY (ticket_id) REFERENCES tickets(id) ON DELETE CASCADE,
  FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
  PRIMARY KEY (id)
);
CREATE INDEX ticket_callers_ticket ON ticket_callers USING btree (ticket_id, at);
CREATE UNIQUE INDEX ticket_callers_pkey ON ticket_callers USING btree (id);
comment on table ticket_callers is 'Who else called about a ticket without getting one of their own.';
comment on column ticket_callers.words is 'What was said, as it was logged.';

create table ticket_clocks (
  ticket_id uuid not null,
  clock text not null,
  label text not null default,
  cycle integer not null default,
  state text not null,
  started_at timestamp with time zone not null,
  due_at timestamp with time zone,
  warn_at timestamp with time zone,
  stopped_at timestamp with time zone,
  ticking boolean not null,
  target_minutes integer,
  elapsed_minutes double precision not null,
  warned_at timestamp with time zone,
  breached_at timestamp with time zone,
  policy_id uuid not null,
  policy_version integer not null,
  calendar_id uuid,
  calendar_version integer,
  derivation jsonb not null,
  problem text,
  CHECK ((clock = ANY (ARRAY['first_response'::text, 'update'::text, 'resolution'::text, 'cut_off'::text]))),
  CHECK ((state = ANY (ARRAY['running'::text, 'paused'::text, 'met'::text, 'breached'::text, 'breached_on_reclass'::text, 'cancelled'::text]))),
  FOREIGN KEY (ticket_id) REFERENCES tickets(id) ON DELETE CASCADE,
  PRIMARY KEY (ticket_id, clock, label, cycle)
);
CREATE UNIQUE INDEX ticket_clocks_pkey ON ticket_clocks USING btree (ticket_id, clock, label, cycle);
comment on table ticket_clocks is 'The clocks of tickets: what is left until they must be answered and solved.';
comment on column ticket_clocks.label is 'Which cut-off, where clock is cut_off.';
comment on column ticket_clocks.cycle is 'Counts the runs: one for each word of the requester, and for each reopening where the policy says so.';
comment on column ticket_clocks.state is 'breached is over time, whether it runs or was stopped too late; breached_on_reclass was so at once when the priority or the policy changed.';
comment on column ticket_clocks.due_at is 'Null while it stands still, and when the calendar never comes so far: then problem says why.';
comment on column ticket_clocks.ticking is 'It neither stands still nor is over.';
comment on column ticket_clocks.elapsed_minutes is 'Open minutes used, when the row was written.';
comment on column ticket_clocks.warned_at is 'When the warning was told; once for each run and target.';
comment on column ticket_clocks.breached_at is 'When the breach was told; once for each run and target.';
comment on column ticket_clocks.derivation is 'How it came about: sentences.';

create table ticket_helpers (
  ticket_id uuid not null,
  user_id uuid not null,
  asked_at timestamp with time zone not null,
  joined_at timestamp with time zone,
  FOREIGN KEY (ticket_id) REFERENCES tickets(id) ON DELETE CASCADE,
  FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
  PRIMARY KEY (ticket_id, user_id)
);
CREATE INDEX ticket_helpers_user ON ticket_helpers USING btree (user_id);
CREATE UNIQUE INDEX ticket_helpers_pkey ON ticket_helpers USING btree (ticket_id, user_id);
comment on table ticket_helpers is 'People who work on a ticket beside the one who has it.';
comment on column ticket_helpers.joined_at is 'Null while somebody was asked and has not joined.';

create table ticket_knowledge (
  ticket_id uuid not null,
  item_id uuid not null,
  relation text not null,
  version integer not null,
  at timestamp with time zone not null,
  by jsonb not null,
  helped boolean,
  CHECK ((relation = ANY (ARRAY['used'::text, 'origin'::text]))),
  FOREIGN KEY (item_id) REFERENCES knowledge_items(id),
  FOREIGN KEY (ticket_id) REFERENCES tickets(id) ON DELETE CASCADE,
  PRIMARY KEY (ticket_id, item_id)
);
CREATE INDEX ticket_knowledge_item ON ticket_knowledge USING btree (item_id, at DESC);
CREATE UNIQUE INDEX ticket_knowledge_pkey ON ticket_knowledge USING btree (ticket_id, item_id);
comment on table ticket_knowledge is 'Knowledge that was used on a ticket, or that was written from it.';
comment on column ticket_knowledge.relation is 'used: it was tried here; origin: it comes from this ticket (a known error from a problem, a draft from what was solved).';
comment on column ticket_knowledge.version is 'The version that was followed: the steps of a runbook stay those with which it was begun.';

create table ticket_links (
  from_id uuid not null,
  kind text not null,
  to_id uuid not null,
  at timestamp with time zone not null,
  merge jsonb,
  CHECK ((from_id <> to_id)),
  CHECK ((kind = ANY (ARRAY['duplicate_of'::text, 'caused_by'::text, 'child_of'::text, 'relates_to'::text]))),
  FOREIGN KEY (from_id) REFERENCES tickets(id) ON DELETE CASCADE,
  FOREIGN KEY (to_id) REFERENCES tickets(id) ON DELETE CASCADE,
  PRIMARY KEY (from_id, kind, to_id)
);
CREATE INDEX ticket_links_to ON ticket_links USING btree (to_id, kind, at DESC, from_id DESC);
CREATE UNIQUE INDEX ticket_links_either_way ON ticket_links USING btree (LEAST(from_id, to_id), GREATEST(from_id, to_id)) WHERE (kind = 'relates_to'::text);
CREATE UNIQUE INDEX ticket_links_merge ON ticket_links USING btree (from_id) WHERE (merge IS NOT NULL);
CREATE UNIQUE INDEX ticket_links_parent ON ticket_links USING btree (from_id) WHERE (kind = 'child_of'::text);
CREATE UNIQUE INDEX ticket_links_pkey ON ticket_links USING btree (from_id, kind, to_id);
comment on table ticket_links is 'Which tickets belong together: duplicates, causes, parts and relatives.';
comment on column ticket_links.merge is 'Set when from was merged into to by this link: what it was before, which the undoing restores.';

create table ticket_mails (
  message_id text not null,
  ticket_id uuid not null,
  at timestamp with time zone not null,
  FOREIGN KEY (ticket_id) REFERENCES tickets(id) ON DELETE CASCADE,
  PRIMARY KEY (message_id)
);
CREATE INDEX ticket_mails_ticket ON ticket_mails USING btree (ticket_id, at);
CREATE UNIQUE INDEX ticket_mails_pkey ON ticket_mails USING btree (message_id);
comment on table ticket_mails is 'Which mails belong to which ticket, so that answers find their way.';

create table ticket_runbook_steps (
  ticket_id uuid not null,
  item_id uuid not null,
  step_id text not null,
  at timestamp with time zone not null,
  by jsonb not null,
  note text not null default,
  choice integer,
  FOREIGN KEY (ticket_id, item_id) REFERENCES ticket_knowledge(ticket_id, item_id) ON DELETE CASCADE,
  PRIMARY KEY (ticket_id, item_id, step_id)
);
CREATE UNIQUE INDEX ticket_runbook_steps_pkey ON ticket_runbook_steps USING btree (ticket_id, item_id, step_id);
comment on table ticket_runbook_steps is 'Steps of a runbook that were done on a ticket, with who and when; the note is the evidence.';
comment on column ticket_runbook_steps.choice is 'Of a step that decides: which option was taken, from 0.';

create table ticket_search (
  ticket_id uuid not null,
  search tsvector not null,
  FOREIGN KEY (ticket_id) REFERENCES tickets(id) ON DELETE CASCADE,
  PRIMARY KEY (ticket_id)
);
CREATE INDEX ticket_search_words ON ticket_search USING gin (search);
CREATE UNIQUE INDEX ticket_search_pkey ON ticket_search USING btree (ticket_id);
comment on table ticket_search is 'The words by which tickets are found.';

create table ticket_words (
  ticket_id uuid not null,
  search tsvector not null,
  told text,
  FOREIGN KEY (ticket_id) REFERENCES tickets(id) ON DELETE CASCADE,
  PRIMARY KEY (ticket_id)
);
CREATE INDEX ticket_words_search ON ticket_words USING gin (search);
CREATE UNIQUE INDEX ticket_words_pkey ON ticket_words USING btree (ticket_id);
comment on table ticket_words is 'The words by which similar tickets are found.';
comment on column ticket_words.told is 'What of the ticket is compared with others; null: title and description, as a person wrote them.';

create table tickets (
  id uuid not null,
  number text not null,
  kind text not null,
  title text not null,
  description text not null default,
  state text not null,
  open boolean not null default,
  pending_reason text,
  pending_until timestamp with time zone,
  impact text not null,
  urgency text not null,
  priority smallint not null,
  priority_reason text not null,
  priority_basis jsonb not null default,
  priority_overridden boolean not null default,
  service_id uuid,
  environment text not null default,
  team_id uuid,
  assignee_id uuid,
  requester_id uuid,
  opened_via text not null,
  opened_by jsonb not null,
  opened_at timestamp with time zone not null,
  handled_at timestamp with time zone,
  first_response_at timestamp with time zone,
  due_at timestamp with time zone,
  sla jsonb not null default,
  resolved_at timestamp with time zone,
  resolution text,
  closed_at timestamp with time zone,
  reopened integer not null default,
  marks jsonb not null default,
  updated_at timestamp with time zone not null,
  version integer not null default,
  merged_into_id uuid,
  began_at timestamp with time zone,
  escalated_to uuid,
  clock_facts jsonb not null default,
  due_clock text,
  breached boolean not null default,
  held text,
  CHECK (((priority >= 1) AND (priority <= 5))),
  CHECK ((environment = ANY (ARRAY['prod'::text, 'uat'::text, 'test'::text, 'dev'::text]))),
  CHECK ((impact = ANY (ARRAY['high'::text, 'medium'::text, 'low'::text]))),
  CHECK ((kind = ANY (ARRAY['incident'::text, 'request'::text, 'problem'::text, 'change'::text]))),
  CHECK ((opened_via = ANY (ARRAY['alert'::text, 'portal'::text, 'phone'::text, 'mail'::text, 'chat'::text, 'api'::text, 'desk'::text]))),
  CHECK ((pending_reason = ANY (ARRAY['user'::text, 'vendor'::text, 'change'::text, 'scheduled'::text, 'approval'::text]))),
  CHECK ((state = ANY (ARRAY['new'::text, 'in_progress'::text, 'pending'::text, 'resolved'::text, 'closed'::text, 'cancelled'::text]))),
  CHECK ((urgency = ANY (ARRAY['high'::text, 'medium'::text, 'low'::text]))),
  FOREIGN KEY (assignee_id) REFERENCES users(id),
  FOREIGN KEY (escalated_to) REFERENCES teams(id),
  FOREIGN KEY (merged_into_id) REFERENCES tickets(id),
  FOREIGN KEY (requester_id) REFERENCES users(id),
  FOREIGN KEY (service_id) REFERENCES services(id),
  FOREIGN KEY (team_id) REFERENCES teams(id),
  PRIMARY KEY (id),
  UNIQUE (number)
);
CREATE INDEX tickets_assignee ON tickets USING btree (assignee_id, priority) WHERE open;
CREATE INDEX tickets_assignee_recent ON tickets USING btree (assignee_id, opened_at DESC, id DESC);
CREATE INDEX tickets_disturbances ON tickets USING btree (service_id, priority, opened_at) WHERE (open AND (kind = 'incident'::text) AND (environment = 'prod'::text) AND (priority <= 2));
CREATE INDEX tickets_due ON tickets USING btree (due_at, id) WHERE open;
CREATE INDEX tickets_environment ON tickets USING btree (environment, opened_at DESC, id DESC) WHERE (environment <> 'prod'::text);
CREATE INDEX tickets_escalated ON tickets USING btree (escalated_to, priority, COALESCE(due_at, 'infinity'::timestamp with time zone), id) WHERE (open AND (escalated_to IS NOT NULL));
CREATE INDEX tickets_kind ON tickets USING btree (kind, opened_at DESC, id DESC) WHERE (kind <> 'incident'::text);
CREATE INDEX tickets_merged ON tickets USING btree (merged_into_id) WHERE (merged_into_id IS NOT NULL);
CREATE INDEX tickets_open_ids ON tickets USING btree (id) WHERE open;
CREATE INDEX tickets_open_service ON tickets USING btree (service_id, opened_at DESC, id DESC) WHERE open;
CREATE INDEX tickets_open_title ON tickets USING gin (title gin_trgm_ops) WHERE open;
CREATE INDEX tickets_past_disturbances ON tickets USING btree (opened_at DESC, id DESC) WHERE ((kind = 'incident'::text) AND (environment = 'prod'::text) AND (priority <= 2));
CREATE INDEX tickets_queue ON tickets USING btree (priority, COALESCE(due_at, 'infinity'::timestamp with time zone), id) WHERE open;
CREATE INDEX tickets_recent ON tickets USING btree (opened_at DESC, id DESC);
CREATE INDEX tickets_requester ON tickets USING btree (requester_id, opened_at DESC, id DESC);
CREATE INDEX tickets_service ON tickets USING btree (service_id, opened_at DESC, id DESC);
CREATE INDEX tickets_state ON tickets USING btree (state, opened_at DESC, id DESC);
CREATE INDEX tickets_team ON tickets USING btree (team_id, opened_at DESC, id DESC);
CREATE INDEX tickets_team_queue ON tickets USING btree (team_id, priority, COALESCE(due_at, 'infinity'::timestamp with time zone), id) WHERE open;
CREATE INDEX tickets_title ON tickets USING gin (title gin_trgm_ops) WITH (fastupdate='on', gin_pending_list_limit='1024');
CREATE INDEX tickets_unassigned ON tickets USING btree (priority, COALESCE(due_at, 'infinity'::timestamp with time zone), id) WHERE (open AND (assignee_id IS NULL));
CREATE INDEX tickets_updated ON tickets USING btree (updated_at DESC, id DESC);
CREATE UNIQUE INDEX tickets_number_key ON tickets USING btree (number);
CREATE UNIQUE INDEX tickets_pkey ON tickets USING btree (id);
comment on table tickets is 'A piece of work with a number: incident, request, problem or change.';
comment on column tickets.priority_reason is 'How the priority came about, in words.';
comment on column tickets.priority_basis is 'For impact and urgency each: by whom (rule or person), and because of what.';
comment on column tickets.handled_at is 'When a person last decided its state, team or assignee. What a machine decided before that does not undo it.';
comment on column tickets.due_at is 'The next clock to run out: first response, then resolution. Null when none runs.';
comment on column tickets.sla is 'By which policy it is measured, its version, and why by this one.';
comment on column tickets.marks is 'Small facts that features to the right push for lists, by name.';
comment on column tickets.merged_into_id is 'The ticket that goes on in its place, however many merges lie between; such a ticket is cancelled.';
comment on column tickets.began_at is 'Since when there is trouble, as it was told; clocks count from opened_at.';
comment on column tickets.escalated_to is 'The team that it was escalated to and that has not accepted yet. Until then the team in team_id is accountable.';
comment on column tickets.clock_facts is 'The part of its event log that moves a clock, oldest first: server/features/sla/facts.ts says what stands in it.';
comment on column tickets.due_clock is 'Which clock runs out at due_at.';
comment on column tickets.breached is 'A clock of it was over time, and that was told.';
comment on column tickets.held is 'Why it cannot be resolved yet, in a sentence: an approval or a step of its checklist is missing.';

create table unusual_runs (
  job_id uuid not null,
  run_id uuid not null,
  measure text not null,
  at timestamp with time zone not null,
  value double precision not null,
  low double precision not null,
  high double precision not null,
  n integer not null,
  day_class text not null,
  FOREIGN KEY (job_id) REFERENCES jobs(id) ON DELETE CASCADE,
  PRIMARY KEY (job_id, run_id, measure)
);
CREATE INDEX unusual_runs_at ON unusual_runs USING btree (at);
CREATE UNIQUE INDEX unusual_runs_pkey ON unusual_runs USING btree (job_id, run_id, measure);
comment on table unusual_runs is 'Runs that ended well and were unusual, with what was usual then.';
comment on column unusual_runs.measure is 'duration (in milliseconds), or the name of a volume.';
comment on column unusual_runs.low is 'From low to high was usual, of n runs on days of the class day_class.';

create table users (
  id uuid not null,
  name text not null,
  email text not null,
  email_verified boolean not null default,
  image text,
  role text not null default,
  zone text not null default,
  disabled_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default,
  CHECK ((email = lower(email))),
  CHECK ((role = ANY (ARRAY['requester'::text, 'stakeholder'::text, 'responder'::text, 'lead'::text, 'admin'::text]))),
  PRIMARY KEY (id)
);
CREATE INDEX users_name ON users USING btree (lower(name), id);
CREATE INDEX users_search ON users USING gin ((((lower(name) || ' '::text) || email)) gin_trgm_ops);
CREATE UNIQUE INDEX users_email ON users USING btree (email);
CREATE UNIQUE INDEX users_pkey ON users USING btree (id);
comment on table users is 'People who have an account, those who ask for help among them.';
comment on column users.role is 'Role in the whole house; a team membership may add to it.';

create table verifications (
  id uuid not null,
  identifier text not null,
  value text not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  PRIMARY KEY (id)
);
CREATE INDEX verifications_identifier ON verifications USING btree (identifier);
CREATE UNIQUE INDEX verifications_pkey ON verifications USING btree (id);
comment on table verifications is 'Proofs of a few minutes that are needed while somebody signs in.';

create table watchers (
  ticket_id uuid not null,
  user_id uuid not null,
  FOREIGN KEY (ticket_id) REFERENCES tickets(id) ON DELETE CASCADE,
  FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
  PRIMARY KEY (ticket_id, user_id)
);
CREATE INDEX watchers_user ON watchers USING btree (user_id);
CREATE UNIQUE INDEX watchers_pkey ON watchers USING btree (ticket_id, user_id);
comment on table watchers is 'People who follow a ticket.';

create table webhooks (
  id uuid not null,
  name text not null,
  host text not null,
  config text not null,
  about text[] not null,
  team_id uuid,
  delivered_at timestamp with time zone,
  failing_since timestamp with time zone,
  problem text,
  failures integer not null default,
  created_at timestamp with time zone not null,
  place_xid xid8 not null default,
  place_seq bigint not null default,
  CHECK (((about <> '{}'::text[]) AND (about <@ ARRAY['deadline'::text, 'job'::text]))),
  FOREIGN KEY (team_id) REFERENCES teams(id) ON DELETE CASCADE,
  PRIMARY KEY (id)
);
CREATE INDEX webhooks_sealed ON webhooks USING btree ("left"(config, 12));
CREATE INDEX webhooks_team ON webhooks USING btree (team_id) WHERE (team_id IS NOT NULL);
CREATE UNIQUE INDEX webhooks_pkey ON webhooks USING btree (id);
comment on table webhooks is 'Addresses to which changes of deadlines and jobs are posted.';
comment on column webhooks.host is 'Of its address, to be shown.';
comment on column webhooks.config is 'Its address and the secret that signs, sealed.';
comment on column webhooks.team_id is 'Only what belongs to this team; null: what belongs to anybody.';
comment on column webhooks.failing_since is 'Since when it has taken nothing.';
comment on column webhooks.failures is 'Tries in a row that were not taken.';
comment on column webhooks.place_xid is 'Transaction of the last event of the log that it was told of or has passed over.';
comment on column webhooks.place_seq is 'Sequence number of that event.';
