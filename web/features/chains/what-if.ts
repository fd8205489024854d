import type { WhatIfAct } from '../../../contract/chains/night.ts'
import { clock, span } from '../../ui/time.ts'

/** An act as the API takes it: times as they are written. */
export type Given = Exclude<WhatIfAct, { at: unknown } | { dueAt: unknown }> | Timed
type Timed = { do: 'start'; jobId: string; at: string } | { do: 'extend'; dueAt: string }

export const kinds = ['finish', 'skip', 'takes', 'start', 'units', 'extend'] as const
export type Kind = (typeof kinds)[number]

export const kindWords: Record<Kind, string> = {
  finish: 'finishes now',
  skip: 'is skipped',
  takes: 'takes … in all',
  start: 'starts at …',
  units: 'has more of a resource: a host more',
  extend: 'the deadline is extended',
}

/** 'EOD_PRICES finishes now', 'the deadline is 08:15'. */
export const actWords = (act: Given, nameOf: (id: string) => string, zone: string): string => {
  switch (act.do) {
    case 'finish':
      return `${nameOf(act.jobId)} finishes now`
    case 'skip':
      return `${nameOf(act.jobId)} is skipped`
    case 'takes':
      return `${nameOf(act.jobId)} takes ${span(act.seconds * 1000)} in all`
    case 'start':
      return `${nameOf(act.jobId)} starts at ${clock(act.at, zone)}`
    case 'extend':
      return `the deadline is ${clock(act.dueAt, zone)}`
    case 'units':
      return `there are ${act.units} of ${act.resource}`
  }
}

/** What an act is about: a second one about the same takes the place of the first. */
export const aboutOf = (act: Given): string => {
  if (act.do === 'extend') return 'deadline'
  if (act.do === 'units') return `units ${act.resource}`
  return `job ${act.jobId}`
}

export const withAct = (acts: readonly Given[], act: Given): Given[] => [
  ...acts.filter((one) => aboutOf(one) !== aboutOf(act)),
  act,
]
