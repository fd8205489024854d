/**
 * The one table of permissions: action × role → which rows. `own`: what I asked for or what is about me. `team`: what
 * belongs to a team in which I hold that role. `all`: everything. A role that is not named may not do it.
 * Requesters and stakeholders never see internal columns (see `seesInternal`).
 */
export const roles = ['requester', 'stakeholder', 'responder', 'lead', 'admin'] as const
export type Role = (typeof roles)[number]
export type Rows = 'own' | 'team' | 'all'

const everyone = { requester: 'own', stakeholder: 'own', responder: 'all', lead: 'all', admin: 'all' } as const
const readable = { requester: 'all', stakeholder: 'all', responder: 'all', lead: 'all', admin: 'all' } as const
const desk = { responder: 'all', lead: 'all', admin: 'all' } as const
const teamWork = { responder: 'team', lead: 'team', admin: 'all' } as const
const leads = { lead: 'team', admin: 'all' } as const
const self = { requester: 'own', stakeholder: 'own', responder: 'own', lead: 'own', admin: 'own' } as const
const admins = { admin: 'all' } as const
/** What is of the business: whoever has business units reads what hurts these. */
const business = { stakeholder: 'own', responder: 'all', lead: 'all', admin: 'all' } as const

export const permissions = {
  // identity
  'me.read': self,
  'me.write': self,
  'people.read': desk,
  'people.write': admins,
  'team.read': desk,
  'team.write': leads,
  'key.read': admins,
  'key.write': admins,
  // calendars
  'calendar.read': desk,
  'calendar.write': admins,
  // notify
  'contact.read': { ...self, lead: 'team', admin: 'all' },
  'contact.write': self,
  'delivery.read': desk,
  // catalog
  'service.read': readable,
  'service.write': leads,
  'host.read': desk,
  'host.write': leads,
  'change.read': desk,
  'change.write': desk,
  // knowledge
  'knowledge.read': readable,
  'knowledge.write': desk,
  // oncall
  'schedule.read': desk,
  'schedule.write': leads,
  'override.write': teamWork,
  'policy.write': leads,
  'page.read': desk,
  'page.respond': { responder: 'own', lead: 'team', admin: 'all' },
  // sla
  'sla.read': desk,
  'sla.write': admins,
  // desk
  'ticket.read': everyone,
  'ticket.open': readable,
  'ticket.reply': everyone,
  'ticket.work': desk,
  'view.write': self,
  'macro.read': desk,
  'macro.write': leads,
  'hierarchy.read': desk,
  'hierarchy.write': leads,
  'matrix.read': desk,
  'matrix.write': admins,
  // requests
  'request_type.read': readable,
  'request_type.write': leads,
  'request.open': readable,
  'approval.read': self,
  'approval.decide': self,
  'approval.delegate': { ...self, lead: 'team', admin: 'all' },
  // alerts
  'alert.read': desk,
  'alert.work': desk,
  'silence.write': teamWork,
  'source.read': desk,
  'source.write': leads,
  'alert_route.read': desk,
  'alert_route.write': admins,
  // monitors
  'monitor.read': desk,
  'monitor.write': teamWork,
  // jobs
  'job.read': desk,
  'job.write': teamWork,
  // schedulers
  'scheduler.read': desk,
  'scheduler.write': leads,
  // chains
  // Stakeholders read which deadlines there are and how they stand, and no more of a chain.
  'chain.read': business,
  'chain.write': teamWork,
  'chain.setting': admins,
  'chain.feed': { responder: 'own', lead: 'own', admin: 'own' },
  // acts
  'action.read': desk,
  'action.write': leads,
  // Apart from job.*, which keys hold that ping or edit jobs.
  'action.run': teamWork,
  'job.note': desk,
  // shift
  'announcement.read': desk,
  'announcement.write': desk,
  // webhooks
  'webhook.read': admins,
  'webhook.write': admins,
  // reports
  'report.read': business,
  // the log and the house
  'event.read': everyone,
  'audit.read': admins,
  'floor.read': desk,
  'system.read': admins,
  'backup.read': admins,
  'declaration.read': admins,
  'declaration.write': admins,
} as const satisfies Record<string, Partial<Record<Role, Rows>>>

export type Permission = keyof typeof permissions

/** Internal notes, internal events and people's contact details are for these roles alone. */
export const seesInternal = (role: Role): boolean => role === 'responder' || role === 'lead' || role === 'admin'
