import type { z } from 'zod'
import type { Environment } from '../../../contract/base.ts'
import type { TicketKind } from '../../../contract/desk/words.ts'
import type { SlaCutOff, SlaTargets, slaPolicy } from '../../../contract/sla/index.ts'
import { minutesOf, minutesWords } from './minutes.ts'

export type SlaPolicy = z.output<typeof slaPolicy>
export const priorities = ['P1', 'P2', 'P3', 'P4', 'P5'] as const
export const clockFields = ['firstResponse', 'update', 'resolution'] as const
type ClockField = (typeof clockFields)[number]

/** Lengths of time are held as somebody writes them. */
export type TargetDraft = Record<ClockField, string> & { clock: 'support' | 'always' }
export type CutOffDraft = SlaCutOff & { key: number }

export type PolicyDraft = {
  name: string
  serviceIds: string[]
  businessUnitIds: string[]
  kinds: TicketKind[]
  environments: Environment[]
  priorities: number[]
  targets: Record<(typeof priorities)[number], TargetDraft>
  calendarId: string | null
  warnPercent: number | null
  onReopen: SlaPolicy['onReopen']
  onReclass: SlaPolicy['onReclass']
  pauseReasons: SlaPolicy['pauseReasons']
  cutOffs: CutOffDraft[]
}

let keys = 0
export const newCutOff = (zone: string): CutOffDraft => ({
  key: ++keys,
  name: '',
  atTime: '17:00',
  zone,
  days: [1, 2, 3, 4, 5],
  priorities: [],
  warnMinutes: 60,
})

const written = (minutes: number | null) => (minutes === null ? '' : minutesWords(minutes))

/** A policy as its form holds it; a new one begins with the targets of the default. */
export const policyDraftOf = (p: SlaPolicy, isNew = false): PolicyDraft => ({
  name: isNew ? '' : p.name,
  serviceIds: [...p.appliesTo.serviceIds],
  businessUnitIds: [...p.appliesTo.businessUnitIds],
  kinds: [...p.appliesTo.kinds],
  environments: [...p.appliesTo.environments],
  priorities: [...p.appliesTo.priorities],
  targets: Object.fromEntries(
    priorities.map((priority) => {
      const t = p.targets[priority]
      return [
        priority,
        {
          firstResponse: written(t.firstResponse),
          update: written(t.update),
          resolution: written(t.resolution),
          clock: t.clock,
        },
      ]
    }),
  ) as PolicyDraft['targets'],
  calendarId: p.calendarId,
  warnPercent: p.warnPercent,
  onReopen: p.onReopen,
  onReclass: p.onReclass,
  pauseReasons: [...p.pauseReasons],
  cutOffs: p.cutOffs.map((cutOff) => ({ ...cutOff, key: ++keys })),
})

const noLength = 'A length of time, such as 30 min or 4 h; empty for no target.'

/** What is wrong, by field as the API names it; empty when it may be sent. */
export const policyProblems = (draft: PolicyDraft): Record<string, string> => {
  const problems: Record<string, string> = {}
  if (draft.name.trim() === '') problems.name = 'Give it a name, such as "Trading floor".'
  for (const priority of priorities) {
    const t = draft.targets[priority]
    for (const field of clockFields)
      if (minutesOf(t[field]) === undefined) problems[`targets.${priority}.${field}`] = noLength
    const [response, resolution] = [minutesOf(t.firstResponse), minutesOf(t.resolution)]
    if (response && resolution && response > resolution)
      problems[`targets.${priority}.firstResponse`] = 'Not later than the resolution.'
  }
  for (const [i, cutOff] of draft.cutOffs.entries()) {
    if (cutOff.name.trim() === '') problems[`cutOffs.${i}.name`] = 'Give it a name, such as "New York close".'
    if (!/^\d\d:\d\d$/.test(cutOff.atTime)) problems[`cutOffs.${i}.atTime`] = 'A time of day, such as 17:00.'
    if (cutOff.days.length === 0) problems[`cutOffs.${i}.days`] = 'Choose at least one day.'
  }
  return problems
}

/** What the API is sent; only for a draft without problems. */
export const policyInput = (draft: PolicyDraft) => ({
  name: draft.name.trim(),
  appliesTo: {
    serviceIds: draft.serviceIds,
    businessUnitIds: draft.businessUnitIds,
    kinds: draft.kinds,
    environments: draft.environments,
    priorities: draft.priorities,
  },
  targets: Object.fromEntries(
    priorities.map((priority) => {
      const t = draft.targets[priority]
      const lengths = Object.fromEntries(clockFields.map((field) => [field, minutesOf(t[field]) ?? null]))
      return [priority, { ...lengths, clock: t.clock }]
    }),
  ) as SlaTargets,
  calendarId: draft.calendarId,
  warnPercent: draft.warnPercent,
  onReopen: draft.onReopen,
  onReclass: draft.onReclass,
  pauseReasons: draft.pauseReasons,
  cutOffs: draft.cutOffs.map(({ key: _, ...cutOff }) => ({ ...cutOff, name: cutOff.name.trim() })),
})

/** Fields of the API that the form shows; what is wrong with another one stands at its foot. */
export const policyFields: readonly string[] = [
  'name',
  'calendarId',
  'warnPercent',
  'cutOffs',
  ...priorities.flatMap((priority) => clockFields.map((field) => `targets.${priority}.${field}`)),
]

/** What a policy is for, in a line: 'incident · uat · P1, P2 · Order entry'. */
export const appliesWords = (p: SlaPolicy): string => {
  if (p.isDefault) return 'everything that no other policy is for'
  const parts = [
    p.appliesTo.kinds.join(', '),
    p.appliesTo.environments.join(', '),
    p.appliesTo.priorities.map((n) => `P${n}`).join(', '),
    p.services.map((s) => s.name).join(', '),
    p.businessUnits.map((u) => u.name).join(', '),
  ].filter((part) => part !== '')
  return parts.length === 0 ? 'all tickets' : parts.join(' · ')
}

/** What `before` moves a policy one place earlier (-1) or later (1); undefined when it is there already. */
export const moveTo = (policies: readonly Pick<SlaPolicy, 'id' | 'isDefault'>[], id: string, by: -1 | 1) => {
  const tried = policies.filter((p) => !p.isDefault)
  const at = tried.findIndex((one) => one.id === id)
  if (at < 0 || !tried[at + by]) return undefined
  return { id, before: tried[by < 0 ? at - 1 : at + 2]?.id ?? null }
}
