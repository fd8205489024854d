import { plusMinutes } from '../../platform/clock.ts'

export type Urgency = 'high' | 'low'

export type NotificationRule = { id: string; urgency: Urgency; methodId: string; afterMinutes: number }

/** `label` says where it leads in words that its owner knows: "Mail to ana@example.com". */
export type ContactMethod = { id: string; channel: string; label: string; verified: boolean; disabled: boolean }

export type PlannedAttempt = {
  at: Temporal.Instant
  /** Null: the mail address that the person signs in with, which is not a contact method of its own. */
  methodId: string | null
  channel: string
  label: string
  /** Why this way and at this time, for the page's record. */
  reason: string
}

export type Plan = {
  /** By time. Empty only when `nobody` says why. */
  attempts: PlannedAttempt[]
  skipped: { ruleId: string; methodId: string; reason: string }[]
  /** A sentence when this person cannot be reached at all. */
  nobody: string | null
}

export type PlanInput = {
  person: { name: string; signInMail: string | null }
  rules: NotificationRule[]
  methods: ContactMethod[]
  urgency: Urgency
  now: Temporal.Instant
}

const whySkipped = (method: ContactMethod | undefined): string | null => {
  if (!method) return 'Its contact method does not exist any more.'
  if (method.disabled) return `${method.label} is switched off.`
  if (!method.verified) return `${method.label} has not been verified.`
  return null
}

const minutes = (n: number): string => (n === 0 ? 'at once' : n === 1 ? 'after 1 minute' : `after ${n} minutes`)

const lastResort = ({ person, urgency, rules, now }: PlanInput): PlannedAttempt | null => {
  if (!person.signInMail) return null
  const none = rules.some((r) => r.urgency === urgency)
    ? `None of the notification rules of ${person.name} for ${urgency} urgency can be used`
    : `${person.name} has no notification rule for ${urgency} urgency`
  return {
    at: now,
    methodId: null,
    channel: 'mail',
    label: `Mail to ${person.signInMail}`,
    reason: `${none}, so it goes to the address of the account as a last resort.`,
  }
}

/**
 * How one person is told, by the rules for this urgency. A rule whose method cannot be used is skipped with its reason,
 * and the first usable one takes the earliest skipped time: nobody waits for a way that does not exist. Each method is
 * used once, at its earliest time. With no usable rule, the mail address of the account is the last resort.
 */
export const planNotifications = (input: PlanInput): Plan => {
  const { rules, methods, urgency, now, person } = input
  const ordered = rules.filter((r) => r.urgency === urgency).toSorted((a, b) => a.afterMinutes - b.afterMinutes)
  const skipped: Plan['skipped'] = []
  const usable: { rule: NotificationRule; method: ContactMethod }[] = []
  for (const rule of ordered) {
    const method = methods.find((m) => m.id === rule.methodId)
    const reason =
      whySkipped(method) ??
      (usable.some((u) => u.rule.methodId === rule.methodId) ? 'An earlier rule uses the same contact method.' : null)
    if (reason === null && method) usable.push({ rule, method })
    else skipped.push({ ruleId: rule.id, methodId: rule.methodId, reason: reason ?? '' })
  }
  if (usable.length === 0) {
    const attempt = lastResort(input)
    if (attempt) return { attempts: [attempt], skipped, nobody: null }
    const nobody = `${person.name} cannot be reached: no usable contact method, and no mail address on the account.`
    return { attempts: [], skipped, nobody }
  }
  const earliest = ordered[0]?.afterMinutes ?? 0
  const attempts = usable.map(({ rule, method }, index) => {
    const pulled = index === 0 && rule.afterMinutes > earliest
    const after = pulled ? earliest : rule.afterMinutes
    const reason = pulled
      ? `Rule for ${urgency} urgency: ${minutes(rule.afterMinutes)}, but ${minutes(after)} because every earlier way was skipped.`
      : `Rule for ${urgency} urgency: ${minutes(after)}.`
    return { at: plusMinutes(now, after), methodId: method.id, channel: method.channel, label: method.label, reason }
  })
  return { attempts, skipped, nobody: null }
}
