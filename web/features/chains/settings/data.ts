import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { cuts, globals, resources } from '../../../../contract/chains/index.ts'
import { query } from '../../../api.ts'
import { refreshOn } from '../../../live.ts'
import { useMay } from '../../../parts/frame-data.ts'
import { chainKeys } from '../data.ts'

export type Resource = z.output<typeof resources>['items'][number]
export type Variable = z.output<typeof globals>['items'][number]
export type Cut = z.output<typeof cuts>['items'][number]

const { chains } = query

export const settingKeys = [chains.resources.key(), chains.globals.key(), chains.cuts.key(), ...chainKeys] as const
const own = settingKeys.slice(0, 3)
refreshOn('chain.', () => [...own])
// What jobs need and wait for comes with them.
refreshOn('job.imported', () => [...own])

export const useResources = () => useQuery(chains.resources.queryOptions())
export const useVariables = () => useQuery(chains.globals.queryOptions())
export const useCuts = () => useQuery(chains.cuts.queryOptions())

/** Why I may change none of it; false when I may. */
export const useNot = (): string | false =>
  useMay('chain.setting') === undefined && 'An administrator sets it, for the whole installation.'

/** '3 jobs', '1 job', 'no job'. */
export const jobsWords = (jobs: number): string => (jobs === 1 ? '1 job' : jobs === 0 ? 'no job' : `${jobs} jobs`)
