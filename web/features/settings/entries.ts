import type { Permission } from '../../../contract/permissions.ts'
import { paths } from '../../paths.ts'

/** A line of the settings page. */
export type SettingsEntry = { title: string; words: string; to: string; may: Permission; also?: string }

/** What is set for the whole installation; each line leads to its page. */
export const settingsEntries: readonly SettingsEntry[] = [
  {
    title: 'SLA policies',
    words: 'How soon tickets are answered and solved, whose hours count, and what stops the clocks.',
    to: paths.slaPolicies(),
    may: 'sla.read',
  },
  {
    title: 'Priority matrix',
    words: 'Which priority follows from impact and urgency.',
    to: paths.matrix(),
    may: 'matrix.read',
  },
  {
    title: 'Calendars',
    words: 'Open hours, holidays and half days of support desks, markets and banks.',
    to: paths.calendars(),
    may: 'calendar.read',
  },
  {
    title: 'Request types',
    words: 'What can be asked for: forms, approvals, checklists, and who fulfils it.',
    to: paths.requestTypes(),
    may: 'request_type.write',
  },
  {
    title: 'Macros, canned replies, and who is told when',
    words: 'What makes the desk quick, and when leads and managers learn of a ticket.',
    to: paths.deskSettings(),
    may: 'macro.read',
  },
  {
    title: 'Chain predictions',
    words:
      'What predictions go by: how much there is of each resource, the values of variables, and when a business date begins.',
    to: paths.chainSettings(),
    may: 'chain.read',
  },
  {
    title: 'Scheduler actions',
    words: 'How schedulers are told to re-run, hold, release or kill a job: programs and calls over HTTP.',
    to: paths.schedulerActions(),
    may: 'action.read',
  },
  {
    title: 'Webhooks',
    words: 'Programs of your own that hear at their address when a deadline is at risk or a job fails.',
    to: paths.webhooks(),
    may: 'webhook.read',
  },
  {
    title: 'Watchfloor itself',
    words:
      'Its health, what waits to be done, what it sent and how fast, its periodic tasks, and what its database holds.',
    to: paths.self(),
    may: 'system.read',
    also: 'backup health doctor disk database version',
  },
  {
    title: 'Audit log',
    words: 'Who did what and when, and whether the log is as it was written.',
    to: paths.audit(),
    may: 'audit.read',
  },
]
