import type { Environment } from '../../../contract/base.ts'
import type { Source } from './words.ts'

/** A source as its form holds it. */
export type SourceDraft = {
  name: string
  teamId: string | null
  serviceId: string | null
  environment: Environment
  opensIncident: boolean
  perSecond: number | undefined
  expiresMinutes: number | undefined
}

export const newSourceDraft = (teamId: string | null): SourceDraft => ({
  name: '',
  teamId,
  serviceId: null,
  environment: 'prod',
  opensIncident: true,
  perSecond: 500,
  expiresMinutes: undefined,
})

export const sourceDraftOf = (source: Source): SourceDraft => ({
  name: source.name,
  teamId: source.team?.id ?? null,
  serviceId: source.service?.id ?? null,
  environment: source.environment,
  opensIncident: source.opensIncident,
  perSecond: source.perSecond,
  expiresMinutes: source.expiresMinutes ?? undefined,
})

export const sourceFields = [
  'name',
  'teamId',
  'serviceId',
  'environment',
  'opensIncident',
  'perSecond',
  'expiresMinutes',
  'kind',
]

/** What is wrong, by field; empty when it may be sent. */
export const sourceProblems = (draft: SourceDraft): Record<string, string> => ({
  ...(draft.name.trim() === '' && { name: 'Give it a name, such as "Zabbix London".' }),
  ...(!draft.perSecond && { perSecond: 'Say how many requests a second it may send.' }),
})

export const sourceInput = (draft: SourceDraft) => ({
  ...draft,
  name: draft.name.trim(),
  perSecond: draft.perSecond ?? 500,
  expiresMinutes: draft.expiresMinutes ?? null,
})
