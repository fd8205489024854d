import type { ActName } from '../../../contract/acts/index.ts'
import type { Environment } from '../../../contract/base.ts'
import { fromForm, toForm } from '../../../contract/monitors/secrets.ts'
import type { JsonSchema } from '../../ui/schema.ts'
import { checkForm, type FormValue, startValue, withoutBlanks } from '../../ui/schema-check.ts'
import type { SchedulerAction } from './data.ts'

/** An action as it is being written. */
export type Draft = {
  name: string
  act: ActName
  kind: string
  config: FormValue
  /** Paths in the config at which a secret is stored. */
  kept: ReadonlySet<string>
  /** null: for the jobs of all teams. */
  teamId: string | null
  scheduler: string | null
  tags: string[]
  environments: Environment[]
}

export const newDraft = (kind: string, schema: JsonSchema, teamId: string | null): Draft => ({
  name: '',
  act: 'rerun',
  kind,
  config: startValue(schema),
  kept: new Set(),
  teamId,
  scheduler: null,
  tags: [],
  environments: [],
})

export const draftOf = (action: SchedulerAction): Draft => {
  const { value, kept } = toForm(action.config)
  const { name, act, kind, team, scheduler, tags, environments } = action
  return { name, act, kind, config: value, kept, teamId: team?.id ?? null, scheduler, tags, environments }
}

/** What can be seen to be wrong before the server is asked, by the path that it would name. */
export const draftProblems = (draft: Draft, schema: JsonSchema): Record<string, string> => ({
  ...(draft.name.trim() ? {} : { name: 'A name is needed.' }),
  ...Object.fromEntries(
    Object.entries(checkForm(schema, draft.config, draft.kept)).map(([path, problem]) => [`config.${path}`, problem]),
  ),
})

/** The fields as the API takes them; to be asked only when draftProblems has none. */
export const fieldsOf = (draft: Draft) => ({
  name: draft.name.trim(),
  act: draft.act,
  config: fromForm(withoutBlanks(draft.config) as Record<string, unknown>, draft.kept),
  teamId: draft.teamId,
  scheduler: draft.scheduler,
  tags: draft.tags,
  environments: draft.environments,
})

export const fieldNames = (draft: Draft): string[] => [
  'name',
  'act',
  'teamId',
  'scheduler',
  'tags',
  'environments',
  ...Object.keys(draft.config).map((name) => `config.${name}`),
]
