import type { z } from 'zod'
import type { HierarchyRule, hierarchySettings } from '../../../../contract/desk/hierarchy.ts'

export type Rules = z.output<typeof hierarchySettings>['items'][number]

const upTo = (priority: number) => (priority === 1 ? 'P1' : `P1 to P${priority}`)

/** 'P1: nobody has taken it for 15 min, the leads are told' */
export const ruleWords = (rule: HierarchyRule): string => {
  const what =
    rule.when === 'resolution'
      ? rule.percent === 100
        ? 'the time to resolve it is over'
        : `${rule.percent} % of the time to resolve it`
      : rule.when === 'not_taken'
        ? `nobody has taken it for ${rule.minutes} min`
        : `escalated and not accepted for ${rule.minutes} min`
  return `${upTo(rule.priority)}: ${what}, the ${rule.tell} are told`
}
