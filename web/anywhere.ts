import { settingsEntries } from './features/settings/entries.ts'
import type { Anywhere } from './parts/nav.ts'
import { paths } from './paths.ts'

/** Acts that one thinks of before one knows whose page has them. */
const verbs = [
  {
    label: 'Add an override…',
    to: paths.onCall(),
    act: 'Add an override…',
    may: 'override.write',
    also: 'on-call swap hand over cover replace take over',
  },
  {
    label: 'Cover me…',
    to: paths.onCall(),
    act: 'Cover me…',
    may: 'override.write',
    also: 'on-call swap hand over my shift sick leave holiday override',
  },
  { label: 'New ticket', to: paths.newTicket(), may: 'ticket.work', also: 'report incident problem change open raise' },
  {
    label: 'New silence',
    to: paths.alerts(),
    search: { view: 'silences' },
    act: 'New silence',
    may: 'silence.write',
    also: 'silence alerts mute quiet noise',
  },
  {
    label: 'Plan maintenance',
    to: paths.alerts(),
    search: { view: 'maintenance' },
    act: 'Plan maintenance',
    may: 'silence.write',
    also: 'new window downtime patch',
  },
  { label: 'New monitor', to: paths.newMonitor(), may: 'monitor.write', also: 'check watch add' },
  { label: 'New job', to: paths.newJob(), may: 'job.write', also: 'cron heartbeat ping add' },
  { label: 'Import jobs', to: paths.importJobs(), may: 'job.write', also: 'crontab jil autosys control-m csv' },
  { label: 'New deadline', to: paths.newDeadline(), may: 'chain.write', also: 'chain cut-off batch' },
  { label: 'New schedule', to: paths.schedule('new'), may: 'schedule.write', also: 'on-call rota rotation' },
  { label: 'New escalation policy', to: paths.policy('new'), may: 'policy.write', also: 'who is paged' },
  { label: 'Connect a tool', to: paths.newSource(), may: 'source.write', also: 'new source intake key integration' },
  { label: 'Connect a scheduler', to: paths.newScheduler(), may: 'scheduler.write', also: 'autosys control-m airflow' },
  { label: 'New route', to: paths.newRoute(), may: 'alert_route.write', also: 'rule' },
  {
    label: 'Write down what is known',
    to: paths.newKnowledge(),
    may: 'knowledge.write',
    also: 'new article known error runbook knowledge',
  },
  {
    label: 'Invite somebody',
    to: paths.people(),
    act: 'Invite',
    may: 'people.write',
    also: 'new person user account add',
  },
  { label: 'New team', to: paths.people(), act: 'New team', may: 'people.write', also: 'add' },
  { label: 'New API key', to: paths.people(), act: 'New key', may: 'key.write', also: 'token secret rotate' },
] satisfies readonly Omit<Anywhere, 'kind'>[]

const places = [
  { label: 'Silences', to: paths.alerts(), search: { view: 'silences' }, may: 'alert.read', also: 'muted' },
  { label: 'Maintenance', to: paths.alerts(), search: { view: 'maintenance' }, may: 'alert.read', also: 'windows' },
  { label: 'Service map', to: paths.serviceMap(), may: 'service.read', also: 'dependencies graph impact' },
  { label: 'Hosts', to: paths.hosts(), may: 'host.read', also: 'servers machines' },
  { label: 'Business units', to: paths.businessUnits(), may: 'host.read', also: 'desks' },
  { label: 'Calendar of runs', to: paths.jobsCalendar(), may: 'job.read', also: 'jobs month history' },
  { label: 'Schedulers', to: paths.schedulers(), may: 'scheduler.read', also: 'autosys control-m airflow' },
  { label: 'Pre-flight', to: paths.preFlight(), may: 'chain.read', also: 'tonight plan of the night' },
  { label: 'Back-test', to: paths.backtest(), may: 'chain.read', also: 'predictions played again' },
  ...settingsEntries.map(({ title, to, may, words, also = '' }) => ({
    label: title,
    to,
    may,
    also: `${words} ${also}`,
  })),
  {
    label: 'My contact methods',
    to: paths.contactMethods(),
    may: 'me.read',
    also: 'account password sessions passkey app sign in zone phone mail push profile',
  },
] satisfies readonly Omit<Anywhere, 'kind'>[]

/** What the palette offers on every page. */
export const anywhere: readonly Anywhere[] = [
  ...verbs.map((one) => ({ ...one, kind: 'do' as const })),
  ...places.map((one) => ({ ...one, kind: 'go' as const })),
]
