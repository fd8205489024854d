/**
 * The only place that spells the addresses of pages. A link uses a function: `paths.ticket('INC-2043')`; a route's
 * pattern is the same function with '$number' for its argument.
 */
const part = (value: string): string => (value.startsWith('$') ? value : encodeURIComponent(value))

export const paths = {
  floor: () => '/',
  queue: () => '/queue',
  newTicket: () => '/queue/new',
  /** `about`: the ticket that the call is about, as far as one knows. */
  phoneLog: (about?: string) => (about ? `/phone-log?about=${part(about)}` : '/phone-log'),
  disturbance: (number: string) => `/disturbances/${part(number)}`,
  ticket: (number: string) => `/tickets/${part(number)}`,
  deskSettings: () => '/settings/desk',
  audit: () => '/settings/audit',
  alerts: () => '/alerts',
  alert: (id: string) => `/alerts/${part(id)}`,
  monitors: () => '/monitors',
  newMonitor: () => '/monitors/new',
  monitor: (id: string) => `/monitors/${part(id)}`,
  editMonitor: (id: string) => `/monitors/${part(id)}/edit`,
  jobs: () => '/jobs',
  newJob: () => '/jobs/new',
  job: (id: string) => `/jobs/${part(id)}`,
  editJob: (id: string) => `/jobs/${part(id)}/edit`,
  onCall: () => '/on-call',
  schedule: (id: string) => `/on-call/schedules/${part(id)}`,
  policy: (id: string) => `/on-call/policies/${part(id)}`,
  services: () => '/services',
  serviceMap: () => '/services/map',
  service: (id: string) => `/services/${part(id)}`,
  knowledge: () => '/knowledge',
  newKnowledge: () => '/knowledge/new',
  knowledgeItem: (number: string) => `/knowledge/${part(number)}`,
  editKnowledge: (number: string) => `/knowledge/${part(number)}/edit`,
  people: () => '/people',
  person: (id: string) => `/people/${part(id)}`,
  team: (id: string) => `/teams/${part(id)}`,
  sources: () => '/sources',
  newSource: () => '/sources/new',
  source: (id: string) => `/sources/${part(id)}`,
  routes: () => '/routes',
  newRoute: () => '/routes/new',
  route: (id: string) => `/routes/${part(id)}`,
  settings: () => '/settings',
  slaPolicies: () => '/settings/sla-policies',
  newSlaPolicy: () => '/settings/sla-policies/new',
  slaPolicy: (id: string) => `/settings/sla-policies/${part(id)}`,
  matrix: () => '/settings/priority-matrix',
  calendars: () => '/settings/calendars',
  newCalendar: () => '/settings/calendars/new',
  calendar: (id: string) => `/settings/calendars/${part(id)}`,
  catalogue: () => '/catalogue',
  askFor: (slug: string) => `/catalogue/${part(slug)}`,
  approvals: () => '/approvals',
  approve: (token: string) => `/approve/${part(token)}`,
  requestTypes: () => '/settings/request-types',
  newRequestType: () => '/settings/request-types/new',
  requestType: (slug: string) => `/settings/request-types/${part(slug)}`,
  contactMethods: () => '/me/contact-methods',
  signIn: (then?: string) => (then && then !== '/' ? `/sign-in?then=${encodeURIComponent(then)}` : '/sign-in'),
  firstRun: (token: string) => `/welcome/${part(token)}`,
  acknowledge: (token: string) => `/ack/${part(token)}`,
}

/** Where to go after signing in: only a path of this site, never an address that somebody put into a link. */
export const safeThen = (then: unknown): string =>
  typeof then === 'string' && /^\/(?![/\\])/.test(then) ? then : paths.floor()
