import { type Permission, permissions } from '../../../contract/permissions.ts'

export type ScopeGroup = { kind: string; title: string; scopes: { scope: Permission; act: string }[] }

const titles: Record<string, string> = {
  me: 'own account',
  people: 'people',
  team: 'teams',
  key: 'API keys',
  calendar: 'calendars',
  contact: 'contacts',
  delivery: 'messages',
  service: 'services',
  host: 'hosts',
  schedule: 'schedules',
  override: 'overrides',
  policy: 'policies',
  page: 'pages',
  sla: 'SLA policies',
  ticket: 'tickets',
  matrix: 'the priority matrix',
  alert: 'alerts',
  silence: 'silences',
  source: 'sources',
  monitor: 'monitors',
  job: 'jobs',
  change: 'change log',
  knowledge: 'knowledge',
  view: 'saved views',
  macro: 'macros and replies',
  hierarchy: 'who is told when',
  request_type: 'request types',
  request: 'requests',
  approval: 'approvals',
  alert_route: 'routes',
  scheduler: 'schedulers',
  chain: 'chains',
  action: 'actions',
  announcement: 'announcements',
  backup: 'backups',
  declaration: 'all of it as code',
  event: 'the log',
  floor: 'the floor',
  system: 'the house',
}

const all = Object.keys(permissions) as Permission[]

/** What a key may be given, kind by kind, in the order of the permissions table. */
export const scopeGroups: readonly ScopeGroup[] = [...new Set(all.map((name) => name.split('.')[0] ?? ''))].map(
  (kind) => ({
    kind,
    title: titles[kind] ?? kind,
    scopes: all
      .filter((name) => name.startsWith(`${kind}.`))
      .map((scope) => ({ scope, act: scope.slice(kind.length + 1) })),
  }),
)

/** Everything that only reads, except what shows how people are reached and what keys there are. */
export const readScopes: readonly Permission[] = all.filter(
  (name) => name.endsWith('.read') && !['contact.read', 'key.read', 'me.read'].includes(name),
)
