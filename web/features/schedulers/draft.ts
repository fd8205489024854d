import { fromForm, toForm } from '../../../contract/monitors/secrets.ts'
import { checkForm, type FormValue, startValue, withoutBlanks } from '../../ui/schema-check.ts'
import type { Kind, SchedulerDetail } from './data.ts'

/** A connection as it is being written. A number is undefined while its field is empty. */
export type Draft = {
  kind: string
  name: string
  config: FormValue
  /** Paths in the config at which a secret is stored. */
  kept: ReadonlySet<string>
  host: string
  teamId: string | null
  intervalSeconds: number | undefined
}

export const newDraft = (kind: Kind, teamId: string | null): Draft => ({
  kind: kind.kind,
  name: '',
  config: startValue(kind.schema),
  kept: new Set(),
  host: '',
  teamId,
  intervalSeconds: 30,
})

export const draftOf = ({ kind, name, config, host, team, intervalSeconds }: SchedulerDetail): Draft => {
  const { value, kept } = toForm(config)
  return { kind, name, config: value, kept, host, teamId: team?.id ?? null, intervalSeconds }
}

/** The config as the API takes it: without what was left empty, with a mark for each secret that stays. */
const configOf = (draft: Draft): Record<string, unknown> =>
  fromForm(withoutBlanks(draft.config) as Record<string, unknown>, draft.kept)

/** What a test asks. When it is another, what was answered says nothing any more. */
export const testOf = (draft: Draft) => ({
  kind: draft.kind,
  config: configOf(draft),
  host: draft.host.trim(),
  teamId: draft.teamId,
})

/** How it would be called if nobody says. */
export const suggestedName = (draft: Draft, title: string): string => {
  const host = typeof draft.config.url === 'string' ? URL.parse(draft.config.url)?.hostname : ''
  return [title, host].filter(Boolean).join(' ').slice(0, 120)
}

export const fieldsOf = (draft: Draft, title: string) => ({
  name: draft.name.trim() || suggestedName(draft, title),
  config: configOf(draft),
  host: draft.host.trim(),
  teamId: draft.teamId,
  intervalSeconds: draft.intervalSeconds ?? 30,
})

/** What can be seen to be wrong before the server is asked, by the path that it would name. */
export const draftProblems = (draft: Draft, { schema }: Kind): Record<string, string> => {
  const { intervalSeconds: every } = draft
  const wrongEvery = every === undefined || !Number.isInteger(every) || every < 10 || every > 3_600
  const config = Object.entries(checkForm(schema, draft.config, draft.kept)).map(([path, problem]) => [
    `config.${path}`,
    problem,
  ])
  return {
    ...Object.fromEntries(config),
    ...(wrongEvery && { intervalSeconds: 'It must be 10 to 3,600 whole seconds.' }),
  }
}
