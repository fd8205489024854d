import type { FastifyInstance } from 'fastify'
import type { Permission } from '../../contract/permissions.ts'
import packageFile from '../../package.json' with { type: 'json' }
import type { Declaration, ForeignDocuments } from './declare/declaration.ts'
import type { Effect } from './effect.ts'
import type { EventType } from './events.ts'
import type { HealthCheck } from './health.ts'
import type { Authenticate } from './http/api.ts'
import type { Names } from './names.ts'
import type { Platform } from './platform.ts'
import type { SealedColumn } from './reseal.ts'
import type { Verb } from './verb.ts'

// biome-ignore lint/suspicious/noExplicitAny: a registry holds verbs of every input and answer; each parses its own input.
type AnyVerb = Verb<any, any>
// biome-ignore lint/suspicious/noExplicitAny: as above.
type AnyEffect = Effect<any, any, any>
// biome-ignore lint/suspicious/noExplicitAny: as above.
type AnyEvent = EventType<any>

/** A reaction: when this event was recorded, run this verb, at least once, in any order. */
export type Reaction = { event: AnyEvent; verb: AnyVerb }

/** Work that comes round: `every` in seconds. Shown by `watchfloor schedule`. */
export type Periodic = { key: string; every: number; verb: AnyVerb; what: string }

/** What a feature adds to the platform. */
export type FeatureParts = {
  name: string
  verbs?: readonly AnyVerb[]
  effects?: readonly AnyEffect[]
  events?: readonly AnyEvent[]
  reactions?: readonly Reaction[]
  schedule?: readonly Periodic[]
  /** What of it can be written as YAML. */
  // biome-ignore lint/suspicious/noExplicitAny: as above; each reads its own documents.
  declarations?: readonly Declaration<any>[]
  /** Documents of others that are read as such. */
  foreign?: readonly ForeignDocuments[]
  /** How its things are called in the log. */
  names?: readonly Names[]
  /** What of it is sealed with SECRET_KEY. */
  sealed?: readonly SealedColumn[]
  /** What of it is told on the floor when it is wrong. */
  health?: HealthCheck
}

/** Something that goes on by itself beside due work, such as the looks of the monitors. */
export type Running = {
  /** Resolves when nothing is under way at the clock's present time: for tests that push it. */
  idle(): Promise<void>
  stop(): Promise<void>
}

export type LargeBody = { path: string; permission: Permission; mostBytes: number }

export type Feature = FeatureParts & {
  /** Paths of the contract, with all below them, whose bodies may be larger than others, for those who have this permission. */
  bodies?: readonly LargeBody[]
  /** Where machines send, thousands a second: nothing is done there for browsers, and each route has a limit of its own. */
  intake?(http: FastifyInstance, platform: Platform): Promise<void>
  /** Other routes that are not in the contract: sign-in, feeds. */
  mount?(http: FastifyInstance, platform: Platform, authenticate: Authenticate): void | Promise<void>
  /** Runs in processes with the role worker. */
  start?(platform: Platform): Promise<Running>
}

export type Registry = {
  /** Of the program, from package.json. */
  version: string
  verbs: Map<string, AnyVerb>
  effects: Map<string, AnyEffect>
  events: Map<string, AnyEvent>
  reactions: Map<string, AnyVerb[]>
  schedule: Periodic[]
  /** By kind, in the order of the features: what comes later may name what came before. */
  declarations: Map<string, Declaration>
  foreign: ForeignDocuments[]
  names: Names[]
  sealed: SealedColumn[]
  health: { name: string; look: HealthCheck }[]
}

/** Names every verb, effect, event and reaction once; a name used twice, or a reaction without a type, ends the start. */
export const createRegistry = (features: readonly FeatureParts[]): Registry => {
  const registry: Registry = {
    version: packageFile.version,
    verbs: new Map(),
    effects: new Map(),
    events: new Map(),
    reactions: new Map(),
    schedule: [],
    declarations: new Map(),
    foreign: [],
    names: [],
    sealed: [],
    health: [],
  }
  const add = <T extends { name: string }>(map: Map<string, T>, item: T, feature: string) => {
    const known = map.get(item.name)
    if (known && known !== item) throw new Error(`${feature}: the name ${item.name} is used twice.`)
    map.set(item.name, item)
  }
  for (const f of features) {
    for (const d of f.declarations ?? []) {
      if (registry.declarations.has(d.kind)) throw new Error(`${f.name}: the kind ${d.kind} is declared twice.`)
      registry.declarations.set(d.kind, d)
    }
    registry.foreign.push(...(f.foreign ?? []))
    registry.names.push(...(f.names ?? []))
    registry.sealed.push(...(f.sealed ?? []))
    if (f.health) registry.health.push({ name: f.name, look: f.health })
    for (const v of f.verbs ?? []) add(registry.verbs, v, f.name)
    for (const e of f.effects ?? []) add(registry.effects, e, f.name)
    for (const e of f.events ?? []) add(registry.events, e, f.name)
    for (const p of f.schedule ?? []) {
      add(registry.verbs, p.verb, f.name)
      registry.schedule.push(p)
    }
    for (const r of f.reactions ?? []) {
      add(registry.verbs, r.verb, f.name)
      registry.reactions.set(r.event.name, [...(registry.reactions.get(r.event.name) ?? []), r.verb])
    }
  }
  for (const type of registry.reactions.keys()) {
    if (!registry.events.has(type)) throw new Error(`A reaction names the event ${type}, which no feature declares.`)
  }
  return registry
}
