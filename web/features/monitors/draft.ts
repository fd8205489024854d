import type { Environment } from '../../../contract/base.ts'
import { foundDownWithin, type Rhythm } from '../../../contract/monitors/detection.ts'
import { fromForm, toForm } from '../../../contract/monitors/secrets.ts'
import type { JsonSchema } from '../../ui/schema.ts'
import { checkForm, type FormValue, startValue, withoutBlanks } from '../../ui/schema-check.ts'
import type { MonitorDetail } from './data.ts'

type Named = { id: string; name: string }

/** A monitor as it is being written. A number is undefined while its field is empty. */
export type Draft = {
  name: string
  kind: string
  config: FormValue
  /** Paths in the config at which a secret is stored. */
  kept: ReadonlySet<string>
  service: Named | null
  environment: Environment
  /** Who may change it; undefined: the team that owns the service. */
  team: Named | null | undefined
  intervalSeconds: number | undefined
  downAfter: number | undefined
  ofLooks: number | undefined
  upAfter: number | undefined
}

export const newDraft = (kind: string, schema: JsonSchema): Draft => ({
  name: '',
  kind,
  config: startValue(schema),
  kept: new Set(),
  service: null,
  environment: 'prod',
  team: undefined,
  intervalSeconds: 60,
  downAfter: 3,
  ofLooks: 3,
  upAfter: 1,
})

export const draftOf = (monitor: MonitorDetail): Draft => {
  const { value, kept } = toForm(monitor.config)
  const { name, kind, service, environment, team, intervalSeconds, downAfter, ofLooks, upAfter } = monitor
  return { name, kind, config: value, kept, service, environment, team, intervalSeconds, downAfter, ofLooks, upAfter }
}

/** The config as the API takes it: without what was left empty, with a mark for each secret that stays. */
export const configOf = (draft: Draft): Record<string, unknown> =>
  fromForm(withoutBlanks(draft.config) as Record<string, unknown>, draft.kept)

const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '')

/** How it would be called if nobody says: by what it looks at. */
export const suggestedName = ({ config }: Draft): string => {
  const address = text(config.address) || text(config.url)
  const { hostname, pathname } = URL.parse(address) ?? { hostname: '', pathname: '' }
  const host = text(config.host) || hostname
  if (host)
    return `${host}${typeof config.port === 'number' && config.host ? `:${config.port}` : pathname === '/' ? '' : pathname}`.slice(
      0,
      120,
    )
  return [text(config.name), text(config.type)].filter(Boolean).join(' ').slice(0, 120)
}

const whole = (value: number | undefined, least: number, most: number, unit: string): string | undefined => {
  if (value === undefined) return `A number of ${unit} is needed.`
  if (!Number.isInteger(value) || value < least || value > most)
    return `It must be ${least.toLocaleString('en-GB')} to ${most.toLocaleString('en-GB')} whole ${unit}.`
  return undefined
}

const looks = (value: number | undefined) => whole(value, 1, 20, 'looks')

/** How long a look may take, in seconds; the schema's own value while the field is empty. */
export const timeoutOf = (draft: Draft, schema: JsonSchema): number => {
  const given = draft.config.timeoutSeconds ?? schema.properties?.timeoutSeconds?.default
  return typeof given === 'number' ? given : 0
}

/** How it looks and decides; undefined while a number of it is missing. */
export const rhythmOf = (draft: Draft, schema: JsonSchema): Rhythm | undefined => {
  const { intervalSeconds, downAfter } = draft
  if (intervalSeconds === undefined || downAfter === undefined) return undefined
  const rhythm = { intervalSeconds, downAfter, timeoutSeconds: timeoutOf(draft, schema) }
  return foundDownWithin(rhythm) > 0 ? rhythm : undefined
}

/** What can be seen to be wrong with the config, by path ('config.address'): sentences. */
export const configProblems = (draft: Draft, schema: JsonSchema): Record<string, string> =>
  Object.fromEntries(
    Object.entries(checkForm(schema, draft.config, draft.kept)).map(([path, problem]) => [`config.${path}`, problem]),
  )

/** What can be seen to be wrong before the server is asked, by the path that it would name. */
export const draftProblems = (draft: Draft, schema: JsonSchema): Record<string, string> => {
  const { intervalSeconds, downAfter, ofLooks, upAfter } = draft
  const timeout = timeoutOf(draft, schema)
  const late = intervalSeconds !== undefined && intervalSeconds >= 5 && timeout > intervalSeconds
  const found: Record<string, string | undefined> = {
    name: draft.name.trim() || suggestedName(draft) ? undefined : 'A name is needed.',
    intervalSeconds: whole(intervalSeconds, 5, 86_400, 'seconds'),
    downAfter:
      looks(downAfter) ??
      ((downAfter ?? 0) > (ofLooks ?? 20)
        ? `It must be at most ${ofLooks}: so many of the last ${ofLooks} looks.`
        : undefined),
    ofLooks: looks(ofLooks),
    upAfter: looks(upAfter),
    ...configProblems(draft, schema),
    ...(late && {
      'config.timeoutSeconds': `It must be at most ${intervalSeconds} s, the time between two looks, so that they do not overtake each other.`,
    }),
  }
  return Object.fromEntries(Object.entries(found).filter((one): one is [string, string] => one[1] !== undefined))
}

/** The fields as the API takes them; to be asked only when draftProblems has none. */
export const fieldsOf = (draft: Draft) => ({
  name: draft.name.trim() || suggestedName(draft),
  config: configOf(draft),
  serviceId: draft.service?.id ?? null,
  environment: draft.environment,
  ...(draft.team !== undefined && { teamId: draft.team?.id ?? null }),
  intervalSeconds: draft.intervalSeconds ?? 60,
  downAfter: draft.downAfter ?? 3,
  ofLooks: draft.ofLooks ?? 3,
  upAfter: draft.upAfter ?? 1,
})

/** What a trial was about: when this is another, what was seen says nothing any more. */
export const trialKey = (draft: Draft): string => JSON.stringify([draft.kind, configOf(draft)])
