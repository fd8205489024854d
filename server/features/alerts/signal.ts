import { z } from 'zod'
import { type Severity, severity, signalKind } from '../../../contract/alerts/words.ts'

/** How much of a signal is kept. What is longer is cut, and the signal says so in its notes. */
export const bounds = {
  labels: 200,
  labelName: 200,
  labelValue: 2_000,
  links: 20,
  summary: 500,
  details: 10_000,
  dedupKey: 255,
  word: 200,
  /** Signals of one request. */
  batch: 1_000,
} as const

const word = z.string().min(1).max(bounds.word)

/** One event of a tool, in the form that all kinds of sources are read into. */
export const signal = z.strictObject({
  kind: signalKind,
  /** Names the thing that is wrong, within its source. */
  dedupKey: z.string().refine((key) => [...key].length <= bounds.dedupKey, 'is too long'),
  /** When it happened, as the sender says; null where it does not. */
  at: z.instanceof(Temporal.Instant).nullable(),
  /** When that began of which it tells, as the sender says, where its resolves say so as well: names the spell. */
  spell: z.instanceof(Temporal.Instant).nullable().optional(),
  severity,
  /** One line. */
  summary: z.string().max(bounds.summary),
  details: z.string().max(bounds.details).optional(),
  /** What of it tells what is wrong, without the words of our own sentences; without it, summary and details. */
  told: z.string().max(bounds.details).optional(),
  /** Slug or name of a service. */
  service: word.optional(),
  host: word.optional(),
  /** Id, slug or name of a team: whose it is when the service does not say so. */
  team: word.optional(),
  environment: z.enum(['prod', 'uat', 'test', 'dev']).optional(),
  labels: z.record(z.string().max(bounds.labelName), z.string().max(bounds.labelValue)),
  links: z
    .array(z.object({ label: z.string().max(bounds.word), url: z.url({ protocol: /^https?$/ }) }))
    .max(bounds.links),
  /** What was cut or could not be read, in sentences. */
  notes: z.array(z.string()).optional(),
})
export type Signal = z.output<typeof signal>

// As maps, here and below: a tool may say "constructor", which every object knows.
const severityWords = new Map(
  Object.entries<Severity>({
    critical: 'critical',
    crit: 'critical',
    fatal: 'critical',
    emergency: 'critical',
    emerg: 'critical',
    disaster: 'critical',
    alert: 'critical',
    p1: 'critical',
    sev0: 'critical',
    sev1: 'critical',
    high: 'high',
    error: 'high',
    err: 'high',
    major: 'high',
    severe: 'high',
    p2: 'high',
    sev2: 'high',
    medium: 'medium',
    warning: 'medium',
    warn: 'medium',
    average: 'medium',
    moderate: 'medium',
    p3: 'medium',
    sev3: 'medium',
    low: 'low',
    minor: 'low',
    notice: 'low',
    p4: 'low',
    sev4: 'low',
    info: 'info',
    information: 'info',
    informational: 'info',
    none: 'info',
    ok: 'info',
    debug: 'info',
    p5: 'info',
    sev5: 'info',
  }),
)

/** The severity that a tool means by a word, or null when it is not known. */
export const severityOf = (given: string): Severity | null => severityWords.get(given.trim().toLowerCase()) ?? null

const environmentWords = new Map(
  Object.entries<NonNullable<Signal['environment']>>({
    prod: 'prod',
    production: 'prod',
    prd: 'prod',
    live: 'prod',
    uat: 'uat',
    staging: 'uat',
    stage: 'uat',
    preprod: 'uat',
    'pre-prod': 'uat',
    acceptance: 'uat',
    test: 'test',
    testing: 'test',
    qa: 'test',
    sit: 'test',
    dev: 'dev',
    development: 'dev',
  }),
)

/** The environment that a tool means by a word, or null when it is not known. */
export const environmentOf = (given: string): Signal['environment'] | null =>
  environmentWords.get(given.trim().toLowerCase()) ?? null
