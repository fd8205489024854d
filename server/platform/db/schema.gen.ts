// Generated from the migrated database by dev/generate.ts. Do not edit.
import type { ColumnType, Generated } from 'kysely'

type Instant = ColumnType<Temporal.Instant, Temporal.Instant | string, Temporal.Instant | string>
// Written as JSON text, read as a value.
type Json = ColumnType<unknown, unknown, unknown>

export type Accounts = {
  id: string
  user_id: string
  account_id: string
  provider_id: string
  access_token: string | null
  refresh_token: string | null
  id_token: string | null
  access_token_expires_at: Instant | null
  refresh_token_expires_at: Instant | null
  scope: string | null
  password: string | null
  created_at: Instant
  updated_at: Instant
}

export type AffectedPeople = {
  ticket_id: string
  user_id: string
  at: Instant
}

export type AlertHours = {
  at: Instant
  source_id: string
  alerts: number
}

export type AlertKeys = {
  source_id: string
  dedup_key: string
  state: Generated<string>
  severity: Generated<string>
  flip: Generated<number>
  fired_flip: Generated<number>
  fired_at: Instant | null
  fired_before: Generated<number>
  ended_at: Instant | null
  last_firing_at: Instant | null
  last_resolved_at: Instant | null
  last_signal_at: Instant
  shown_at: Instant | null
  shown_id: string | null
  occurrences: Generated<number>
  turn: Generated<number>
  fired_spell: Instant | null
}

export type AlertRollups = {
  one: Generated<boolean>
  done_until: Instant
}

export type AlertRoutes = {
  id: string
  position: number
  name: string
  condition: string
  service_id: string | null
  team_id: string | null
  environment: string | null
  priority: number | null
  opens_incident: boolean | null
  enabled: Generated<boolean>
  created_at: Instant
  updated_at: Instant
  version: Generated<number>
  policy_id: string | null
}

export type Alerts = {
  id: string
  source_id: string
  dedup_key: string
  status: string
  flip: number
  severity: string
  title: string
  summary: Generated<string>
  labels: Json
  links: Json
  service_id: string | null
  host: string | null
  environment: Generated<string>
  team_id: string | null
  priority: number | null
  route: Json
  ticket_id: string | null
  held: Json | null
  previous_id: string | null
  occurrences_before: Generated<number>
  occurrences_end: number | null
  started_at: Instant
  ended_at: Instant | null
  acknowledged_at: Instant | null
  acknowledged_by: Json | null
  updated_at: Instant
  version: Generated<number>
  merged_from: Generated<string[]>
  told: string | null
}

export type Announcements = {
  id: string
  title: string
  body: string
  posted_by: Json
  posted_at: Instant
  until_at: Instant | null
  ended_at: Instant | null
}

export type ApiKeySecrets = {
  id: string
  key_id: string
  hash: string
  hint: string
  created_at: Instant
  expires_at: Instant | null
  revoked_at: Instant | null
  last_used_at: Instant | null
}

export type ApiKeys = {
  id: string
  name: string
  scopes: string[]
  created_by: string | null
  created_at: Instant
  revoked_at: Instant | null
  version: Generated<number>
}

export type Attachments = {
  id: string
  name: string
  type: Generated<string>
  bytes: Generated<number>
  sha256: string | null
  width: number | null
  height: number | null
  state: string
  uploader_kind: string
  uploader_id: string | null
  uploader_name: string
  uploaded_at: Instant
  ticket_id: string | null
  message_id: string | null
  internal: Generated<boolean>
  attached_at: Instant | null
}

export type BusinessCuts = {
  zone: string
  cut: string
  updated_at: Instant
}

export type BusinessUnitPeople = {
  business_unit_id: string
  user_id: string
}

export type BusinessUnits = {
  id: string
  slug: string
  name: string
  site: Generated<string>
  people: number | null
  created_at: Instant
  updated_at: Instant
  version: Generated<number>
}

export type Calendars = {
  id: string
  slug: string
  name: string
  kind: string
  zone: string
  weekly: Json
  exceptions: Json
  valid_through: string | null
  provenance: Generated<string>
  created_at: Instant
  updated_at: Instant
  version: Generated<number>
}

export type CannedReplies = {
  id: string
  team_id: string | null
  name: string
  body: string
  created_at: Instant
  updated_at: Instant
  version: Generated<number>
}

export type ChainChanges = {
  tx: string
  n: Generated<number>
  at: Generated<Instant>
}

export type ChainDeadlines = {
  id: string
  slug: string
  name: string
  job_id: string | null
  due: Json
  weekdays: number[]
  calendar_id: string | null
  cut: string | null
  tell_from: string
  consequence: string
  audience: string
  cost: string
  team_id: string | null
  service_id: string | null
  held_until: Instant | null
  held_reason: Generated<string>
  said: Json | null
  created_at: Instant
  updated_at: Instant
  version: Generated<number>
  odds_limit: number | null
}

export type ChainEdges = {
  id: string
  from_job_id: string
  to_job_id: string
  outcome: string
  reach: Json
  reason: string
  by_name: string
  at: Instant
}

export type ChainExtensions = {
  deadline_id: string
  business_date: string
  due_at: Instant
  reason: string
  by_name: string
  at: Instant
}

export type ChainFeeds = {
  user_id: string
  hash: string
  created_at: Instant
}

export type ChainForecasts = {
  deadline_id: string
  at: Instant
  business_date: string
  state: string
  odds: number | null
  p50: Instant | null
  p80: Instant | null
  p95: Instant | null
  due_at: Instant
  culprit_id: string | null
}

export type ChainNights = {
  deadline_id: string
  business_date: string
  due_at: Instant
  state: string
  since: Instant
  settled: Generated<boolean>
  told: Generated<boolean>
  odds: number | null
  ends_at: Instant | null
  done_at: Instant | null
  slack_ms: number | null
  culprit_id: string | null
  predicted_at: Instant
}

export type ChainRuns = {
  job_id: string
  at: Instant
  run_id: string
  started_at: Instant | null
  ended_at: Instant
  outcome: string
  exit_status: number | null
  host: string | null
}

export type ContactMethods = {
  id: string
  user_id: string
  channel: string
  label: string
  config: string
  address: string
  verified_at: Instant | null
  disabled_at: Instant | null
  disabled_reason: string | null
  created_at: Instant
  version: Generated<number>
}

export type ContactVerifications = {
  method_id: string
  nonce: string
  expires_at: Instant
  tries: Generated<number>
}

export type CutOffs = {
  id: string
  service_id: string
  name: string
  at_time: string
  zone: string
  days: Generated<number[]>
}

export type Deliveries = {
  id: string
  class: string
  user_id: string | null
  method_id: string | null
  channel: string
  address: string
  message: Json
  subject: string
  about: Generated<string[]>
  reason: string
  link_id: string | null
  state: string
  attempts: Generated<number>
  may_repeat: Generated<boolean>
  stopped: Generated<boolean>
  our_fault: Generated<boolean>
  bundle_id: string | null
  receipt: string | null
  last_error: string | null
  created_at: Instant
  due_at: Instant
  sent_at: Instant | null
  finished_at: Instant | null
}

export type DeliveryAttempts = {
  id: string
  delivery_id: string
  number: number
  started_at: Instant
  finished_at: Instant | null
  outcome: string | null
  detail: string | null
}

export type Dependencies = {
  id: string
  service_id: string
  depends_on_service_id: string | null
  depends_on_host_id: string | null
}

export type Due = {
  key: string
  at: Instant
  priority: Generated<number>
  verb: string
  input: Json
  subject: string | null
  cause: string | null
  attempts: Generated<number>
  lease: string | null
  lease_until: Instant | null
  last_error: string | null
}

export type EscalationPolicies = {
  id: string
  slug: string
  name: string
  team_id: string | null
  steps: Json
  repeats: Generated<number>
  ack_timeout_minutes: number | null
  archived_at: Instant | null
  created_at: Instant
  updated_at: Instant
  version: Generated<number>
}

export type Escalations = {
  id: string
  ticket_id: string
  round: number
  from_team_id: string | null
  from_user_id: string | null
  from_name: string
  to_team_id: string
  packet: Json
  state: string
  paged: string | null
  sent_at: Instant
  decided_at: Instant | null
  decided_by: string | null
  decided_name: string | null
  reason: string | null
  before: Json
}

export type EventAbout = {
  ref: string
  at: Instant
  seq: number
}

export type EventSeals = {
  number: Generated<number>
  at: Instant
  upto_xid: string
  upto_seq: number
  events: number
  hash: string
}

export type Events = {
  seq: Generated<number>
  id: string
  xid: Generated<string>
  at: Instant
  type: string
  actor_kind: string
  actor_id: string | null
  actor_name: string
  subject: string
  about: string[]
  team_id: string | null
  audience: string
  data: Json
  cause: string | null
}

export type HierarchyRules = {
  team_id: string | null
  managers: Generated<string[]>
  rules: Json
  updated_at: Instant
  version: Generated<number>
}

export type HierarchySteps = {
  ticket_id: string
  step: string
  at: Instant
  told: string[]
}

export type HolidayFeeds = {
  calendar_id: string
  address: string
  host: string
  copy: string | null
  read_at: Instant | null
  tried_at: Instant | null
  failing_since: Instant | null
  problem: string | null
  decided: Generated<string[]>
  waiting: Generated<number>
  first_waiting: string | null
  created_at: Instant
}

export type Hosts = {
  id: string
  name: string
  environment: string
  site: Generated<string>
  team_id: string | null
  description: Generated<string>
  created_at: Instant
  updated_at: Instant
  version: Generated<number>
}

export type IdempotencyKeys = {
  actor: string
  key: string
  request_hash: string
  response: Json | null
  created_at: Instant
}

export type Invitations = {
  id: string
  user_id: string | null
  purpose: string
  created_at: Instant
  expires_at: Instant
  used_at: Instant | null
}

export type JobActs = {
  id: string
  job_id: string
  action_id: string | null
  action_version: number
  action_name: string
  act: string
  kind: string
  plan: Json
  words: string
  reason: string
  run_id: string | null
  business_date: string
  by_kind: string
  by_id: string | null
  by_name: string
  state: Generated<string>
  asked_at: Instant
  began_at: Instant | null
  ended_at: Instant | null
  exit_status: number | null
  http_status: number | null
  detail: Generated<string>
  output: Generated<string>
  output_bytes: Generated<number>
}

export type JobGlobals = {
  name: string
  value: string
  updated_at: Instant
}

export type JobHandOvers = {
  job_id: string
  note: string
  by_id: string | null
  by_name: string
  at: Instant
}

export type JobHeldRuns = {
  job_id: string
  run_id: string
  reason: string
  by_name: string
  at: Instant
}

export type JobNorms = {
  job_id: string
  judged_run: string | null
  judged_at: Instant | null
  unusual: Generated<string[]>
  norms: Json | null
  normed_at: Instant | null
}

export type JobOrigins = {
  job_id: string
  kind: string
  external_id: string
  host: string | null
  command: string
  attributes: Json
  said: Json
  imported_at: Instant
  deadlines: Json
}

export type JobResources = {
  name: string
  units: number
  updated_at: Instant
  said: number | null
}

export type JobSightJobs = {
  job_id: string
  sight_id: string
}

export type JobSights = {
  id: string
  name: string
  before_to: Instant | null
  from_at: Instant
  to_at: Instant
  blind_since: Instant | null
}

export type JobStates = {
  job_id: string
  outcome: string | null
  last_at: Instant | null
  last_run: string | null
  last_ms: number | null
  last_exit: number | null
  last_ping_at: Instant | null
  last_late_ms: number | null
  pings: Generated<number>
  open: Json
  is_long: Generated<boolean>
  due_at: Instant | null
  missed_at: Instant | null
  unheard_at: Instant | null
  look_at: Instant | null
  told_fail_at: Instant | null
  flip: Generated<number>
  version: Generated<number>
  fails: Generated<number>
  last_start: Instant | null
  often: Generated<boolean>
  standing: Generated<string | null>
  running: Generated<boolean | null>
  due_about: Generated<Instant | null>
  bars: Generated<Buffer | null>
  ran_on: string | null
}

export type JobTags = {
  tag: string
  sort: string
  job_id: string
}

export type JobTold = {
  job_id: string
  kind: string
  flip: number
}

export type JobTurns = {
  id: Generated<number>
  job_id: string
  at: Instant
  up: boolean
  reason: string
}

export type JobWaits = {
  job_id: string
  is_box: boolean
  box: string | null
  condition: Json | null
  condition_text: string | null
  window_from: string | null
  window_to: string | null
  hold: string
  resources: Json
  retries: number
  kill_after_seconds: number | null
  typical_seconds: number | null
  names: string[]
}

export type Jobs = {
  id: string
  slug: string
  name: string
  description: Generated<string>
  service_id: string | null
  environment: Generated<string>
  team_id: string | null
  schedule: Json
  grace_seconds: number
  max_run_seconds: number | null
  pings_per_second: Generated<number>
  paused_at: Instant | null
  archived_at: Instant | null
  created_at: Instant
  updated_at: Instant
  version: Generated<number>
  rules: Generated<string>
  tags: Generated<string[]>
  filters: Json
  resumes_by_hand: Generated<boolean>
  min_run_seconds: number | null
  min_gap_seconds: number | null
  failures_in_a_row: Generated<number>
  badge: Generated<string>
  late_until: Instant | null
  late_reason: Generated<string>
  tell_unusual: Generated<boolean>
  unique_key: string | null
  hold_told_at: Instant | null
}

export type Journal = {
  source_id: string
  at: Instant
  id: string
  content_type: string
  headers: Json
  body: Buffer
  outcome: string
  problem: string | null
  signals: Generated<number>
}

export type KnowledgeItems = {
  id: string
  number: string
  kind: string
  title: string
  state: Generated<string>
  audience: Generated<string>
  team_id: string | null
  tags: Generated<string[]>
  body: Generated<string>
  symptoms: Generated<string>
  cause: Generated<string>
  workaround: Generated<string>
  fix: Generated<string>
  steps: Json
  review_by: string | null
  search: string
  uses: Generated<number>
  helped: Generated<number>
  not_helped: Generated<number>
  last_used_at: Instant | null
  published_at: Instant | null
  created_at: Instant
  updated_at: Instant
  updated_by: Json
  version: Generated<number>
  answer: Generated<string>
}

export type KnowledgeServices = {
  item_id: string
  service_id: string
}

export type KnowledgeUses = {
  item_id: string
  subject: string
  at: Instant
  helped: boolean | null
}

export type KnowledgeVersions = {
  item_id: string
  version: number
  at: Instant
  by: Json
  why: Generated<string>
  content: Json
}

export type MacroRuns = {
  id: string
  ticket_id: string
  macro_name: string
  undos: Json
  ticket_version: number
  at: Instant
  undone_at: Instant | null
}

export type Macros = {
  id: string
  team_id: string | null
  name: string
  acts: Json
  created_at: Instant
  updated_at: Instant
  version: Generated<number>
}

export type MaintenanceWindows = {
  id: string
  name: string
  service_ids: Generated<string[]>
  hosts: Generated<string[]>
  environments: Generated<string[]>
  starts_at: Instant
  ends_at: Instant | null
  recurrence: Json | null
  reason: string
  team_id: string | null
  created_by: Json
  created_at: Instant
  ended_at: Instant | null
  version: Generated<number>
}

export type Messages = {
  id: string
  ticket_id: string
  kind: string
  via: Generated<string>
  author_kind: string
  author_id: string | null
  author_name: string
  body: string
  at: Instant
  copy_of: string | null
}

export type MonitorProcesses = {
  process: string
  lease_until: Instant
}

export type MonitorShards = {
  shard: number
  changes: Generated<number>
}

export type MonitorSpans = {
  monitor_id: string
  from_at: Instant
  to_at: Instant | null
  state: string
  message: string | null
}

export type MonitorStates = {
  monitor_id: string
  state: Generated<string>
  decided: Generated<boolean>
  since: Instant
  reason: string | null
  flip: Generated<number>
  applied_flip: Generated<number>
  looks: Json
  term: Generated<number>
  seq: Generated<number>
  span: string | null
  span_from: Instant | null
  watched_until: Instant | null
  last_at: Instant | null
  last_outcome: string | null
  last_ms: number | null
  last_message: string | null
  last_result: Json | null
  last_failure: Json | null
}

export type Monitors = {
  id: string
  name: string
  kind: string
  config: Json
  secrets: string | null
  address: string
  service_id: string | null
  environment: Generated<string>
  team_id: string | null
  interval_seconds: number
  timeout_seconds: number
  down_after: Generated<number>
  of_looks: Generated<number>
  up_after: Generated<number>
  enabled: Generated<boolean>
  shard: number
  created_at: Instant
  updated_at: Instant
  version: Generated<number>
}

export type NotificationRules = {
  id: string
  user_id: string
  urgency: string
  method_id: string
  after_minutes: number
}

export type ObservedSpans = {
  from_at: Instant
  to_at: Instant
}

export type Overrides = {
  id: string
  schedule_id: string
  starts_at: Instant
  ends_at: Instant
  add_user_id: string | null
  remove_user_id: string | null
  reason: Generated<string>
  created_by: string | null
  created_at: Instant
}

export type PageTargets = {
  id: string
  page_id: string
  round: number
  step: number
  user_id: string | null
  at: Instant
  why: Json
}

export type Pages = {
  id: string
  subject: string
  policy_id: string | null
  policy: Json
  team_id: string | null
  urgency: string
  brief: Json
  state: string
  step: Generated<number>
  round: Generated<number>
  started_at: Instant
  acknowledged_at: Instant | null
  acknowledged_by: string | null
  done_at: Instant | null
}

export type Passkeys = {
  id: string
  user_id: string
  credential_id: string
  public_key: string
  counter: number
  transports: string[]
  name: string
  created_at: Instant
  used_at: Instant | null
}

export type PingIds = {
  job_id: string
  id: string
  at: Instant
}

export type PingKeys = {
  team_id: string
  ping_key: string | null
  ping_hash: string | null
  write_hash: string | null
  write_hint: string | null
  read_hash: string | null
  read_hint: string | null
  badge_key: string
  created_at: Instant
  updated_at: Instant
  version: Generated<number>
}

export type Pings = {
  job_id: string
  at: Instant
  id: string
  kind: string
  happened_at: Instant
  run_id: string
  rid: string | null
  exit_status: number | null
  started_at: Instant | null
  due_at: Instant | null
  host: string | null
  remote: string | null
  method: string | null
  user_agent: string | null
  output: string | null
  output_bytes: Generated<number>
  note: string | null
  number: number | null
  scheme: string | null
  cpu_ms: number | null
  peak_kb: number | null
  volumes: Json | null
  verdicts: string[] | null
  output_id: string | null
}

export type Presences = {
  ticket_id: string
  user_id: string
  seen_at: Instant
  typing: string | null
}

export type PriorityMatrix = {
  only_one: Generated<boolean>
  matrix: Json
  updated_at: Instant
  version: Generated<number>
}

export type PushIdentity = {
  id: number
  public_key: string
  private_key: string
  created_at: Instant
}

export type RequestApprovals = {
  id: string
  request_id: string
  stage: number
  seat: string
  user_id: string | null
  state: string
  why: string
  reason: string | null
  asked_at: Instant
  expires_at: Instant
  remind_hours: number | null
  reminders: Generated<number>
  decided_at: Instant | null
  by_link: Generated<boolean>
}

export type RequestSteps = {
  id: string
  request_id: string
  position: number
  title: string
  help: Generated<string>
  required: boolean
  done_at: Instant | null
  done_by: string | null
  done_by_name: string | null
}

export type RequestTypeVersions = {
  type_id: string
  number: number
  form: Json
  checklist: Json
  approvals: Json
  created_at: Instant
}

export type RequestTypes = {
  id: string
  slug: string
  name: string
  description: Generated<string>
  category: string
  icon: string
  team_id: string
  service_id: string | null
  priority: Generated<number>
  business_unit_ids: Generated<string[]>
  current_version: Generated<number>
  retired_at: Instant | null
  created_at: Instant
  updated_at: Instant
  version: Generated<number>
}

export type Requests = {
  id: string
  ticket_id: string
  type_id: string
  type_version: number
  requester_id: string | null
  answers: Json
  state: string
  stage: Generated<number>
  created_at: Instant
  decided_at: Instant | null
}

export type ResultHours = {
  monitor_id: string
  at: Instant
  looks: number
  failures: number
  blind: number
  avg_ms: number | null
  p95_ms: number | null
  max_ms: number | null
}

export type ResultRollups = {
  one: Generated<boolean>
  done_until: Instant
}

export type Results = {
  monitor_id: string
  at: Instant
  outcome: string
  ms: number | null
  code: string | null
  message: string | null
  timings: Json | null
}

export type RunOutputs = {
  id: string
  job_id: string
  at: Instant
  kept: Generated<boolean>
  taken: Generated<number>
}

export type SavedViews = {
  id: string
  owner_id: string
  team_id: string | null
  name: string
  filter: string
  created_at: Instant
  updated_at: Instant
  version: Generated<number>
}

export type SchedulerActions = {
  id: string
  name: string
  act: string
  kind: string
  config: Json
  secrets: string | null
  team_id: string | null
  scheduler: string | null
  tags: Generated<string[]>
  environments: Generated<string[]>
  created_at: Instant
  updated_at: Instant
  version: Generated<number>
}

export type SchedulerEstimates = {
  scheduler_id: string
  name: string
  job: string
  service: string
  expected_end: Instant | null
  due: Instant | null
  status: string
  said: Json
  at: Instant
}

export type SchedulerStates = {
  scheduler_id: string
  cursor: Json | null
  about: string | null
  looked_at: Instant | null
  read_at: Instant | null
  failing_since: Instant | null
  problem: string | null
  lost_since: Instant | null
  next_at: Instant | null
  runs: Generated<number>
}

export type SchedulerStrangers = {
  scheduler_id: string
  name: string
  first_at: Instant
  last_at: Instant
}

export type Schedulers = {
  id: string
  name: string
  kind: string
  config: Json
  secrets: string | null
  address: string
  host: Generated<string>
  team_id: string | null
  interval_seconds: number
  enabled: Generated<boolean>
  version: Generated<number>
  created_at: Instant
  updated_at: Instant
}

export type Schedules = {
  id: string
  slug: string
  name: string
  team_id: string
  zone: string
  layers: Json
  archived_at: Instant | null
  created_at: Instant
  updated_at: Instant
  version: Generated<number>
}

export type SecondFactors = {
  user_id: string
  secret: string
  confirmed_at: Instant | null
  last_step: Generated<number>
  recovery: Generated<string[]>
  created_at: Instant
}

export type ServiceBusinessUnits = {
  service_id: string
  business_unit_id: string
}

export type ServiceChanges = {
  id: string
  service_id: string
  environment: Generated<string>
  at: Instant
  title: string
  details: Generated<string>
  origin: string
  reference: string | null
  by: Json
  links: Json
  noted_at: Instant
}

export type ServiceHealth = {
  service_id: string
  environment: string
  state: string
  since: Instant
  firing: Generated<number>
}

export type ServiceHealthSpans = {
  service_id: string
  environment: string
  state: string
  from_at: Instant
  to_at: Instant | null
}

export type ServicePolicies = {
  service_id: string
  policy_id: string
}

export type Services = {
  id: string
  slug: string
  name: string
  kind: string
  description: Generated<string>
  tier: Generated<number>
  environments: Generated<string[]>
  owner_team_id: string | null
  calendar_id: string | null
  cost_per_hour: number | null
  currency: string | null
  archived_at: Instant | null
  created_at: Instant
  updated_at: Instant
  version: Generated<number>
}

export type Sessions = {
  id: string
  user_id: string
  token: string
  expires_at: Instant
  ip_address: string | null
  user_agent: string | null
  created_at: Instant
  updated_at: Instant
}

export type Settings = {
  name: string
  value: Json
  updated_at: Instant
}

export type ShardLeases = {
  shard: number
  process: string | null
  lease_until: Instant | null
  term: Generated<number>
}

export type SignInTries = {
  key: string
  tries: number
  resets_at: Instant
}

export type Signals = {
  source_id: string
  at: Instant
  id: string
  dedup_key: string
  kind: string
  happened_at: Instant
  severity: string | null
  summary: string
  body: Json
  journal_id: string | null
}

export type SignedLinks = {
  id: string
  user_id: string
  verb: string
  input: Json
  readable: string[]
  created_at: Instant
  expires_at: Instant
  used_at: Instant | null
}

export type Silences = {
  id: string
  matchers: Json
  starts_at: Instant
  ends_at: Instant
  reason: string
  created_by: Json
  team_id: string | null
  created_at: Instant
  ended_at: Instant | null
  version: Generated<number>
}

export type SlaPolicies = {
  id: string
  name: string
  is_default: Generated<boolean>
  targets: Json
  created_at: Instant
  updated_at: Instant
  version: Generated<number>
  position: Generated<number>
  calendar_id: string | null
  rules: Json
}

export type Snoozes = {
  user_id: string
  ticket_id: string
  until: Instant
}

export type SourceKeys = {
  id: string
  source_id: string
  hash: string
  hint: string
  created_at: Instant
  revoked_at: Instant | null
}

export type SourceStats = {
  source_id: string
  slot: number
  last_at: Instant
  signals: Generated<number>
  problems: Generated<number>
  last_problem: string | null
  last_problem_at: Instant | null
  rate: Generated<number>
}

export type Sources = {
  id: string
  kind: string
  slug: string
  name: string
  team_id: string | null
  service_id: string | null
  environment: Generated<string>
  opens_incident: Generated<boolean>
  enabled: Generated<boolean>
  per_second: Generated<number>
  created_at: Instant
  updated_at: Instant
  version: Generated<number>
  expires_minutes: number | null
}

export type TeamMembers = {
  team_id: string
  user_id: string
  role: string
}

export type Teams = {
  id: string
  slug: string
  name: string
  kind: string
  zone: Generated<string>
  description: Generated<string>
  archived_at: Instant | null
  created_at: Instant
  updated_at: Instant
  version: Generated<number>
}

export type TicketCallers = {
  id: string
  ticket_id: string
  user_id: string | null
  business_unit_id: string | null
  words: Generated<string>
  at: Instant
}

export type TicketClocks = {
  ticket_id: string
  clock: string
  label: Generated<string>
  cycle: Generated<number>
  state: string
  started_at: Instant
  due_at: Instant | null
  warn_at: Instant | null
  stopped_at: Instant | null
  ticking: boolean
  target_minutes: number | null
  elapsed_minutes: number
  warned_at: Instant | null
  breached_at: Instant | null
  policy_id: string
  policy_version: number
  calendar_id: string | null
  calendar_version: number | null
  derivation: Json
  problem: string | null
}

export type TicketHelpers = {
  ticket_id: string
  user_id: string
  asked_at: Instant
  joined_at: Instant | null
}

export type TicketKnowledge = {
  ticket_id: string
  item_id: string
  relation: string
  version: number
  at: Instant
  by: Json
  helped: boolean | null
}

export type TicketLinks = {
  from_id: string
  kind: string
  to_id: string
  at: Instant
  merge: Json | null
}

export type TicketMails = {
  message_id: string
  ticket_id: string
  at: Instant
}

export type TicketRunbookSteps = {
  ticket_id: string
  item_id: string
  step_id: string
  at: Instant
  by: Json
  note: Generated<string>
  choice: number | null
}

export type TicketSearch = {
  ticket_id: string
  search: string
}

export type TicketWords = {
  ticket_id: string
  search: string
  told: string | null
}

export type Tickets = {
  id: string
  number: string
  kind: string
  title: string
  description: Generated<string>
  state: string
  open: Generated<boolean>
  pending_reason: string | null
  pending_until: Instant | null
  impact: string
  urgency: string
  priority: number
  priority_reason: string
  priority_basis: Json
  priority_overridden: Generated<boolean>
  service_id: string | null
  environment: Generated<string>
  team_id: string | null
  assignee_id: string | null
  requester_id: string | null
  opened_via: string
  opened_by: Json
  opened_at: Instant
  handled_at: Instant | null
  first_response_at: Instant | null
  due_at: Instant | null
  sla: Json
  resolved_at: Instant | null
  resolution: string | null
  closed_at: Instant | null
  reopened: Generated<number>
  marks: Json
  updated_at: Instant
  version: Generated<number>
  merged_into_id: string | null
  began_at: Instant | null
  escalated_to: string | null
  clock_facts: Json
  due_clock: string | null
  breached: Generated<boolean>
  held: string | null
}

export type UnusualRuns = {
  job_id: string
  run_id: string
  measure: string
  at: Instant
  value: number
  low: number
  high: number
  n: number
  day_class: string
}

export type Users = {
  id: string
  name: string
  email: string
  email_verified: Generated<boolean>
  image: string | null
  role: Generated<string>
  zone: Generated<string>
  disabled_at: Instant | null
  created_at: Instant
  updated_at: Instant
  version: Generated<number>
}

export type Verifications = {
  id: string
  identifier: string
  value: string
  expires_at: Instant
  created_at: Instant
  updated_at: Instant
}

export type Watchers = {
  ticket_id: string
  user_id: string
}

export type Webhooks = {
  id: string
  name: string
  host: string
  config: string
  about: string[]
  team_id: string | null
  delivered_at: Instant | null
  failing_since: Instant | null
  problem: string | null
  failures: Generated<number>
  created_at: Instant
  place_xid: Generated<string>
  place_seq: Generated<number>
}

export type DB = {
  accounts: Accounts
  affected_people: AffectedPeople
  alert_hours: AlertHours
  alert_keys: AlertKeys
  alert_rollups: AlertRollups
  alert_routes: AlertRoutes
  alerts: Alerts
  announcements: Announcements
  api_key_secrets: ApiKeySecrets
  api_keys: ApiKeys
  attachments: Attachments
  business_cuts: BusinessCuts
  business_unit_people: BusinessUnitPeople
  business_units: BusinessUnits
  calendars: Calendars
  canned_replies: CannedReplies
  chain_changes: ChainChanges
  chain_deadlines: ChainDeadlines
  chain_edges: ChainEdges
  chain_extensions: ChainExtensions
  chain_feeds: ChainFeeds
  chain_forecasts: ChainForecasts
  chain_nights: ChainNights
  chain_runs: ChainRuns
  contact_methods: ContactMethods
  contact_verifications: ContactVerifications
  cut_offs: CutOffs
  deliveries: Deliveries
  delivery_attempts: DeliveryAttempts
  dependencies: Dependencies
  due: Due
  escalation_policies: EscalationPolicies
  escalations: Escalations
  event_about: EventAbout
  event_seals: EventSeals
  events: Events
  hierarchy_rules: HierarchyRules
  hierarchy_steps: HierarchySteps
  holiday_feeds: HolidayFeeds
  hosts: Hosts
  idempotency_keys: IdempotencyKeys
  invitations: Invitations
  job_acts: JobActs
  job_globals: JobGlobals
  job_hand_overs: JobHandOvers
  job_held_runs: JobHeldRuns
  job_norms: JobNorms
  job_origins: JobOrigins
  job_resources: JobResources
  job_sight_jobs: JobSightJobs
  job_sights: JobSights
  job_states: JobStates
  job_tags: JobTags
  job_told: JobTold
  job_turns: JobTurns
  job_waits: JobWaits
  jobs: Jobs
  journal: Journal
  knowledge_items: KnowledgeItems
  knowledge_services: KnowledgeServices
  knowledge_uses: KnowledgeUses
  knowledge_versions: KnowledgeVersions
  macro_runs: MacroRuns
  macros: Macros
  maintenance_windows: MaintenanceWindows
  messages: Messages
  monitor_processes: MonitorProcesses
  monitor_shards: MonitorShards
  monitor_spans: MonitorSpans
  monitor_states: MonitorStates
  monitors: Monitors
  notification_rules: NotificationRules
  observed_spans: ObservedSpans
  overrides: Overrides
  page_targets: PageTargets
  pages: Pages
  passkeys: Passkeys
  ping_ids: PingIds
  ping_keys: PingKeys
  pings: Pings
  presences: Presences
  priority_matrix: PriorityMatrix
  push_identity: PushIdentity
  request_approvals: RequestApprovals
  request_steps: RequestSteps
  request_type_versions: RequestTypeVersions
  request_types: RequestTypes
  requests: Requests
  result_hours: ResultHours
  result_rollups: ResultRollups
  results: Results
  run_outputs: RunOutputs
  saved_views: SavedViews
  scheduler_actions: SchedulerActions
  scheduler_estimates: SchedulerEstimates
  scheduler_states: SchedulerStates
  scheduler_strangers: SchedulerStrangers
  schedulers: Schedulers
  schedules: Schedules
  second_factors: SecondFactors
  service_business_units: ServiceBusinessUnits
  service_changes: ServiceChanges
  service_health: ServiceHealth
  service_health_spans: ServiceHealthSpans
  service_policies: ServicePolicies
  services: Services
  sessions: Sessions
  settings: Settings
  shard_leases: ShardLeases
  sign_in_tries: SignInTries
  signals: Signals
  signed_links: SignedLinks
  silences: Silences
  sla_policies: SlaPolicies
  snoozes: Snoozes
  source_keys: SourceKeys
  source_stats: SourceStats
  sources: Sources
  team_members: TeamMembers
  teams: Teams
  ticket_callers: TicketCallers
  ticket_clocks: TicketClocks
  ticket_helpers: TicketHelpers
  ticket_knowledge: TicketKnowledge
  ticket_links: TicketLinks
  ticket_mails: TicketMails
  ticket_runbook_steps: TicketRunbookSteps
  ticket_search: TicketSearch
  ticket_words: TicketWords
  tickets: Tickets
  unusual_runs: UnusualRuns
  users: Users
  verifications: Verifications
  watchers: Watchers
  webhooks: Webhooks
}
