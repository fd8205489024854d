import type { z } from 'zod'
import type { ContactMethodView, notificationRule, Urgency } from '../../../contract/notify/index.ts'

export type Method = ContactMethodView
export type Rule = z.output<typeof notificationRule>

/** Why a method is passed over, or undefined when it can be used. */
export const whyNotUsed = (method: Method | undefined): string | undefined => {
  if (!method) return 'it was removed'
  if (method.disabledReason) return `it is switched off: ${method.disabledReason}`
  return method.verifiedAt ? undefined : 'it is not verified yet'
}

export type Reach = {
  /** In the order in which they are tried, with the minutes after the page began. */
  steps: { after: number; label: string; address: string; channel: string }[]
  /** Rules that do nothing now, and why. */
  skipped: { label: string; why: string }[]
}

/**
 * How a person is told, by the rules of one urgency. As the server plans a page: what cannot be used is passed over,
 * the first usable way takes the earliest time, and each method is used once. Without a step, the mail address of the
 * account is the last resort.
 */
export const reachOf = (methods: readonly Method[], rules: readonly Rule[], urgency: Urgency): Reach => {
  const ordered = rules.filter((rule) => rule.urgency === urgency).toSorted((a, b) => a.afterMinutes - b.afterMinutes)
  const steps: Reach['steps'] = []
  const skipped: Reach['skipped'] = []
  const used = new Set<string>()
  for (const rule of ordered) {
    const method = methods.find(({ id }) => id === rule.methodId)
    const why = whyNotUsed(method) ?? (used.has(rule.methodId) ? 'an earlier rule uses it' : undefined)
    if (why || !method) {
      skipped.push({ label: method?.label ?? 'A contact method', why: why ?? '' })
      continue
    }
    used.add(method.id)
    const after = steps.length === 0 ? (ordered[0]?.afterMinutes ?? 0) : rule.afterMinutes
    steps.push({ after, label: method.label, address: method.address, channel: method.channel })
  }
  return { steps, skipped }
}

/** Whether nothing but mails tells of what must wake somebody. */
export const restsOnMail = (methods: readonly Method[], rules: readonly Rule[]): boolean =>
  reachOf(methods, rules, 'high').steps.every(({ channel }) => channel === 'mail')

/** Ways that could wake somebody, and that no rule uses yet. */
export const unusedWays = (methods: readonly Method[]): Method[] =>
  methods.filter((method) => method.channel !== 'mail' && whyNotUsed(method) === undefined)

/** 'at once', 'after 5 min'. */
export const afterWords = (minutes: number): string => (minutes === 0 ? 'at once' : `after ${minutes} min`)

export const urgencyWords: Record<Urgency, { title: string; when: string }> = {
  high: { title: 'High urgency', when: 'P1 and P2 in production: these pages wake' },
  low: { title: 'Low urgency', when: 'everything else that pages' },
}
