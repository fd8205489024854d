import { previewPolicyInput, type SlaTarget, slaPriorities } from '../../../contract/sla/index.ts'
import { query } from '../../platform/query.ts'
import { findCalendar } from '../calendars/index.ts'
import { findService } from '../catalog/index.ts'
import { clocksOf } from './clocks.ts'

/** When tickets of each priority would be due if they were opened now, by the same function that measures real ones. */
export const previewSlaPolicy = query('sla.preview', {
  permission: 'sla.read',
  input: previewPolicyInput,
  async run(ctx, { serviceId, calendarId, from = ctx.now(), ...draft }) {
    const service = serviceId ? await findService(ctx.db, serviceId) : null
    const counted = calendarId ?? service?.calendarId ?? null
    const calendar = counted === null ? null : await findCalendar(ctx.db, counted)
    const policy = {
      ...draft,
      name: '',
      version: 0,
      onReopen: 'resume' as const,
      onReclass: 'retroactive' as const,
      pauseReasons: [],
    }
    return {
      from,
      calendar: calendar?.name ?? 'around the clock',
      priorities: slaPriorities.map((name, i) => ({
        priority: name,
        counted: countedWords(draft.targets[name], calendar, service),
        clocks: clocksOf({
          policy,
          calendar,
          now: from,
          facts: [{ at: from, what: 'opened', priority: i + 1 }],
        })
          .concat(updateOf({ policy, calendar, now: from, priority: i + 1 }))
          .map(({ clock, label, dueAt, warnAt, tell }) => ({
            clock,
            label,
            dueAt,
            warnAt,
            text: tell().join(' '),
          })),
      })),
    }
  },
})

type Named = { name: string } | null

/** In whose open hours; around the clock also where they are asked for and there are none, as `clocksOf` counts then. */
const countedWords = ({ clock }: Pick<SlaTarget, 'clock'>, calendar: Named, service: Named): string => {
  if (clock === 'always') return 'around the clock'
  if (calendar) return `in the open hours of ${calendar.name}`
  return service
    ? `around the clock: ${service.name} has no calendar`
    : 'around the clock: a ticket about no service has no open hours'
}

type Given = Omit<Parameters<typeof clocksOf>[0], 'facts'> & { priority: number }

/** The next update, if somebody who was answered wrote again at this moment. */
const updateOf = ({ priority, ...given }: Given) =>
  clocksOf({
    ...given,
    facts: [
      { at: given.now, what: 'opened', priority },
      { at: given.now, what: 'first_response' },
      { at: given.now, what: 'customer' },
    ],
  }).filter((c) => c.clock === 'update')
