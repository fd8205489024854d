import type { z } from 'zod'
import type { host, hostSummary } from '../../../contract/catalog/host.ts'
import type { cutOff, service, serviceRef, serviceSummary } from '../../../contract/catalog/service.ts'
import type { businessUnit } from '../../../contract/catalog/unit.ts'
import type { businessUnitDetail } from '../../../contract/catalog/unit-detail.ts'
import { zoneName } from '../../ui/time.ts'

export type Service = z.output<typeof service>
export type ServiceRow = z.output<typeof serviceSummary>
export type ServiceRef = z.output<typeof serviceRef>
export type Host = z.output<typeof host>
export type HostRow = z.output<typeof hostSummary>
export type Unit = z.output<typeof businessUnitDetail>
export type UnitRow = z.output<typeof businessUnit>
export type CutOff = z.output<typeof cutOff>
export type Environment = ServiceRow['environments'][number]

export const environments = ['prod', 'uat', 'test', 'dev'] as const satisfies readonly Environment[]

export const tierWords: Record<number, string> = {
  1: 'the business stands still without it',
  2: 'the business is slowed down without it',
  3: 'it hurts after a day',
  4: 'it can wait',
}

/** '3 services', '1 service'. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`

/** What breaks when the service breaks, as the end of a sentence; undefined when nothing is known to. */
export const impactWords = ({ services, businessUnits }: Service['impact']): string | undefined => {
  const people = businessUnits.reduce((sum, unit) => sum + (unit.people ?? 0), 0)
  const parts = [
    services.length > 0 && counted(services.length, 'other service'),
    businessUnits.length > 0 &&
      `${counted(businessUnits.length, 'business unit')}${people > 0 ? ` (${counted(people, 'person', 'people')})` : ''}`,
  ].filter(Boolean)
  return parts.length > 0 ? parts.join(' and ') : undefined
}

const dayNames = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
export const dayName = (day: number): string => dayNames[day] ?? String(day)

/** 'Mon–Fri', 'every day', 'Mon, Wed, Fri'. Days are 1 Monday to 7 Sunday. */
export const daysWords = (days: readonly number[]): string => {
  const sorted = [...new Set(days)].sort((a, b) => a - b)
  if (sorted.length === 7) return 'every day'
  const [first = 0] = sorted
  const last = sorted.at(-1) ?? 0
  if (sorted.length > 2 && last - first === sorted.length - 1) return `${dayName(first)}–${dayName(last)}`
  return sorted.map(dayName).join(', ')
}

/** '07:45 London'. */
export const cutOffTime = ({ atTime, zone }: Pick<CutOff, 'atTime' | 'zone'>): string => `${atTime} ${zoneName(zone)}`

/** '400,000 GBP an hour', or undefined when it is not known. */
export const costWords = ({ costPerHour, currency }: Pick<Service, 'costPerHour' | 'currency'>): string | undefined =>
  costPerHour === null
    ? undefined
    : `${costPerHour.toLocaleString('en-GB')} ${currency ?? ''} an hour`.replace('  ', ' ')
