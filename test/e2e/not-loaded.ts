import type { BrowserWorld } from './world.ts'

/** Forms: what their fields offer could not be loaded; what is written meanwhile stays. */
export const forms: readonly string[] = [
  '/queue/new',
  '/settings/request-types/new',
  '/jobs/new',
  '/jobs/import',
  '/chains/new',
  '/knowledge/new',
]

/** Pages that say what could not be loaded, and have it when it is tried again. */
export const pagesToFail = (
  { services, people, teams, calendars }: BrowserWorld['world'],
  number: string,
): readonly string[] => {
  const nothing = crypto.randomUUID()
  return [
    '/',
    '/queue?q=state:open',
    `/tickets/${number}`,
    '/alerts',
    '/monitors',
    '/jobs',
    '/on-call',
    '/services',
    '/services/map',
    `/services/${services.orderEntry}`,
    '/knowledge',
    '/people',
    `/people/${people.priya}`,
    `/teams/${teams.markets}`,
    '/sources',
    '/sources?view=noise',
    '/routes',
    '/settings/desk',
    '/settings/watchfloor',
    '/settings/audit',
    '/settings/sla-policies',
    '/settings/priority-matrix',
    '/settings/calendars',
    `/settings/calendars/${calendars.london}/feed`,
    '/settings/request-types',
    '/catalogue',
    '/approvals',
    '/me/contact-methods',
    '/jobs/calendar',
    `/jobs/${nothing}`,
    `/jobs/${nothing}/graph`,
    '/jobs/schedulers',
    '/chains',
    '/chains/pre-flight',
    `/chains/${nothing}`,
    '/services/hosts',
    `/monitors/${nothing}`,
    `/alerts/${nothing}`,
    ...forms,
  ]
}
