import type { z } from 'zod'
import type { JobHold } from '../../../contract/jobs/waits.ts'
import type { RunReport } from '../jobs/index.ts'
import type { Ask } from './ask.ts'

/** A scheduler that cannot be read as it is. The message is the end of "it cannot be read: …", without a full stop. */
export class SchedulerError extends Error {
  readonly retryAfterSeconds: number | null
  constructor(words: string, retryAfterSeconds: number | null = null) {
    super(words)
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** Lists that go on from page to page: throws where the same page comes again, which would never end. */
export const noPageTwice = (place: string) => {
  let before = ''
  return (page: unknown): void => {
    const now = JSON.stringify(page)
    if (now === before) throw new SchedulerError(`${place} gives the same page again and again`)
    before = now
  }
}

/** What it tells of a run, of a job that it alone knows. */
export type Told = Omit<RunReport, 'jobId'> & {
  /** What it calls the job, as the importer of this kind does, without the host. */
  name: string
  /** It is a part of another job: where that is not ours, nobody is told of the part. */
  isPart?: true
}

/** By when it expects a service of its own to end. */
export type Estimate = {
  service: string
  /** The business date of it, or whatever else tells it from the same service on another day. */
  date: string
  /** The last job of the service, named as in `Told`. */
  job: string
  expectedEnd: number | null
  due: number | null
  status: string
  /** Whatever else it says, by name. */
  said: Record<string, string>
}

export type Looked = {
  /** Its name and version: "Airflow 3.1.2". */
  about: string
  told: Told[]
  /** Every job that it has, where it was asked; null: not this time. */
  names: string[] | null
  estimates?: Estimate[]
  /** Whether it starts these jobs, by the names of `Told`, where it was asked. */
  holds?: ReadonlyMap<string, JobHold>
  /** Where the next look goes on. */
  cursor: unknown
  /** Nothing can have been missed since the last look. */
  complete: boolean
  /** There is more that was not read yet. */
  more: boolean
  /** Its clock as it answered; null where it does not say. */
  sent: number | null
}

export type LookTools<C> = {
  config: C
  /** As the look before left it; null: from the beginning. */
  cursor: unknown
  ask: Ask
  /** Epoch milliseconds. */
  now: number
  /** When everything was read last; null: never. */
  readAt: number | null
}

/** A wire as it really is: what a look asks, what is answered, and what must be read from it. */
export type SchedulerSample = {
  name: string
  config?: Record<string, unknown>
  /** As the look before left it, and as this one leaves it. */
  cursor?: unknown
  next?: unknown
  /** By method and path with its query, of which `*` stands for any text. What is not there is answered 404. */
  answers: Record<string, unknown>
  /** In a line each: kind, name, time, and what else is said. */
  told: string[]
  names: string[] | null
  holds?: Record<string, JobHold>
  estimates?: Estimate[]
}

/** A kind as the registry holds it: any config that its `config` has parsed. */
export type SchedulerKind = {
  /** The same as the file's name. */
  kind: string
  title: string
  summary: string
  help: string
  /** The importer whose jobs it tells of. */
  importer: string
  /** Text to copy: what is to be done on the side of the scheduler. */
  setup: string
  config: z.ZodObject
  example: Record<string, unknown>
  headers(config: Record<string, unknown>): Record<string, string>
  /** Pure but for `ask`. Throws SchedulerError. */
  look(tools: LookTools<Record<string, unknown>>): Promise<Looked>
  samples: SchedulerSample[]
}

type Definition<C extends z.ZodObject> = Omit<SchedulerKind, 'config' | 'example' | 'headers' | 'look'> & {
  config: C
  example: z.input<C>
  /** By which it knows us; none where it must be asked first. */
  headers?(config: z.output<C>): Record<string, string>
  look(tools: LookTools<z.output<C>>): Promise<Looked>
}

export const defineScheduler = <C extends z.ZodObject>(definition: Definition<C>): SchedulerKind => ({
  ...definition,
  example: definition.example as Record<string, unknown>,
  headers: (config) => definition.headers?.(config as z.output<C>) ?? {},
  look: (tools) => definition.look(tools as LookTools<z.output<C>>),
})

export const isSchedulerKind = (value: unknown): value is SchedulerKind =>
  typeof value === 'object' && value !== null && 'importer' in value && 'look' in value
