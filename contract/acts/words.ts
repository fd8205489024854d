import { z } from 'zod'

/** The words of what people do about jobs, as code, API and pages use them. */

export const actNames = ['rerun', 'hold', 'release', 'kill'] as const
export const actName = z.enum(actNames, 'must be rerun, hold, release or kill').meta({
  description: 'rerun: run it again; hold: do not let it start; release: let it start; kill: end its run',
})
export type ActName = (typeof actNames)[number]

export const actWords: Record<ActName, { title: string; does: string; noun: string }> = {
  rerun: { title: 'Re-run', does: 're-runs', noun: 're-run' },
  hold: { title: 'Hold', does: 'holds', noun: 'hold' },
  release: { title: 'Release', does: 'releases', noun: 'release' },
  kill: { title: 'Kill', does: 'kills', noun: 'kill' },
}

export const actStates = ['asked', 'doing', 'done', 'failed', 'unknown'] as const
export const actState = z.enum(actStates).meta({
  description:
    'asked: not begun yet; doing: under way; done: it was taken; failed: it was not taken; unknown: it may have been taken, and nobody knows: look before you repeat',
})
export type ActState = (typeof actStates)[number]

/** What stands for a value in what a scheduler is told. */
export const placeholders = {
  job: 'its name, as its scheduler calls it where it was imported',
  slug: 'its short name',
  externalId: 'what its scheduler calls it, with the host that it was imported from',
  box: 'the name of the box that it is in',
  host: 'the machine or instance that it was imported from',
  runId: 'the id here of the run that goes on, else of the last one',
  businessDate: 'the business date, such as 2026-11-25',
} as const
export type Placeholder = keyof typeof placeholders
export const placeholderNames = Object.keys(placeholders) as Placeholder[]
