import type { CtmCalendar, CtmDays, CtmJob } from './shape.ts'

/** Calendars as a job sees them: those of its server, and rules that its own folder names. */
export type CalendarView = {
  dates(name: string): CtmCalendar | undefined
  rule(name: string): CtmDays | undefined
}

export type CtmCalendars = {
  addDates(server: string, calendar: CtmCalendar): void
  /** `folder`: the outermost one that defines it; empty for one that all may name. */
  addRule(server: string, folder: string, name: string, days: CtmDays): void
  all(): CtmCalendar[]
  /** Two jobs of the same sight see the same. */
  sightOf(job: CtmJob): string
  view(job: CtmJob): CalendarView
}

const keyed = (...parts: string[]): string => parts.join('\0')
/** What a file does not put on a server is on all of them. */
const serverOf = (server: string): string => (/^global$/i.test(server) ? '' : server)

export const ctmCalendars = (): CtmCalendars => {
  const dates = new Map<string, CtmCalendar>()
  const rules = new Map<string, CtmDays>()
  const byName = new Map<string, CtmCalendar>()
  const folderOf = ({ path, kind }: CtmJob) => (path.length > 1 || kind === 'folder' ? (path[0] ?? '') : '')
  return {
    addDates: (server, calendar) => {
      dates.set(keyed(serverOf(server), calendar.name), calendar)
      byName.set(calendar.name, calendar)
    },
    addRule: (server, folder, name, days) => {
      rules.set(keyed(serverOf(server), folder, name), days)
    },
    all: () => [...dates.values()],
    sightOf: (job) => (namesRules(job) ? keyed(job.server, folderOf(job)) : namesCalendars(job) ? job.server : ''),
    view: (job) => ({
      dates: (name) =>
        dates.get(keyed(job.server, name)) ?? dates.get(keyed('', name)) ?? (job.server ? undefined : byName.get(name)),
      rule: (name) =>
        rules.get(keyed(job.server, folderOf(job), name)) ??
        rules.get(keyed(job.server, '', name)) ??
        rules.get(keyed('', '', name)),
    }),
  }
}

const namesRules = ({ rules }: CtmJob): boolean => rules.included.length + rules.excluded.length > 0
const namesCalendars = ({ days }: CtmJob): boolean =>
  Boolean(days?.weekCalendar || days?.monthCalendar || days?.confirm)
