import type { z } from 'zod'
import type { HierarchyRule, hierarchySettings } from '../../../../contract/desk/hierarchy.ts'

export type Rules = z.output<typeof hierarchySettings>['items'][number]

const upTo = (priority: number) => (priority === 1 ? 'P1' : priority === 5 ? 'Any priority' : `P1 to P${priority}`)
const lasting = (minutes: number) => (minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`)

/** 'P1: nobody has taken it for 15 min, the leads are told' */
export const ruleWords = (rule: HierarchyRule): string => {
  const what =
    rule.when === 'resolution'
      ? rule.percent === 100
        ? 'the time to resolve it is over'
        : `${rule.percent} % of the time to resolve it has gone`
      : rule.when === 'not_taken'
        ? `nobody has taken it for ${lasting(rule.minutes)}`
        : `escalated and not accepted for ${lasting(rule.minutes)}`
  return `${upTo(rule.priority)}: ${what}, the ${rule.tell} are told`
}
