import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { isCheck } from '../checks/lib/define.ts'
import type { Net } from '../checks/lib/net.ts'
import { secretPaths, secretsIn } from '../checks/lib/secrets.ts'
import { isActionKind } from '../server/features/acts/action-kinds.ts'
import type { ActionKind } from '../server/features/acts/define-kind.ts'
import { isImporterKind } from '../server/features/imports/define-importer.ts'
import type { Message } from '../server/features/notify/message.ts'
import { isSchedulerKind } from '../server/features/schedulers/define-scheduler.ts'
import { createNet } from '../server/platform/net/index.ts'
import { loadKinds } from '../server/platform/registry.ts'

type Kind = Record<string, unknown> & { kind: string }

const has = (value: unknown, parts: string[]): value is Kind =>
  typeof value === 'object' && value !== null && 'kind' in value && parts.every((part) => part in value)

const isChannel = (value: unknown): value is Kind => has(value, ['send', 'limits'])
const isSource = (value: unknown): value is Kind => has(value, ['parse', 'samples'])
const isDialect = (value: unknown): value is Kind => has(value, ['who', 'samples'])

const kindsIn = async (folder: string, isKind: (value: unknown) => value is Kind): Promise<[string, Kind][]> => {
  const url = new URL(`../${folder}/`, import.meta.url)
  // A folder of kinds comes with its feature.
  return existsSync(url) ? [...(await loadKinds(url, isKind))].map(([kind, found]) => [`${folder}/${kind}`, found]) : []
}

const checks = await kindsIn('checks', isCheck as (value: unknown) => value is Kind)
const channels = await kindsIn('server/features/notify/channels', isChannel)
const sources = await kindsIn('server/features/alerts/sources', isSource)
const importers = await kindsIn(
  'server/features/imports/kinds',
  isImporterKind as unknown as (value: unknown) => value is Kind,
)
const dialects = await kindsIn('server/features/jobs/dialects', isDialect)
const actions = await kindsIn(
  'server/features/acts/kinds',
  isActionKind as unknown as (value: unknown) => value is Kind,
)
const schedulers = await kindsIn(
  'server/features/schedulers/kinds',
  isSchedulerKind as unknown as (value: unknown) => value is Kind,
)
const all = [...checks, ...channels, ...sources, ...dialects, ...importers, ...schedulers, ...actions]
const configured = all.filter(([, kind]) => 'config' in kind)

/** A world that never answers: whatever waits for it longer than its signal allows hangs the test. */
const never = () => new Promise<never>(() => undefined)
const silentNet: Net = { resolve: never, query: never, connect: never, request: never }
/** The real way out, which may not be used. */
const unused = createNet({
  allowPrivate: true,
  resolver: () => Promise.reject(new Error('a name was looked up after the abort')),
  connector: () => {
    throw new Error('a connection was opened after the abort')
  },
})
const aborted = AbortSignal.abort(new Error('shutting down'))
const now = Temporal.Instant.from('2026-03-04T06:10:30Z')

const text = z.string().min(1)

it('there are kinds to look at', () => {
  expect(checks.map(([name]) => name)).toEqual(
    expect.arrayContaining(['checks/http', 'checks/tcp', 'checks/dns', 'checks/tls']),
  )
})

describe.each(all)('%s', (name, kind) => {
  it('has the name of its file, in small letters', () => {
    expect(name.split('/').at(-1)).toBe(kind.kind)
    expect(kind.kind).toMatch(/^[a-z][a-z0-9-]*$/)
  })

  it('has a short title and a help of whole sentences', () => {
    expect(text.max(40).parse(kind.title)).toBe(String(kind.title).trim())
    const help = text.min(30).parse(kind.help)
    expect(help).toMatch(/^[A-Z].*[.:]$/s)
    expect(help).not.toContain('!')
  })
})

describe.each(configured)('the config of %s', (_name, kind) => {
  const config = kind.config as z.ZodType

  it('accepts its example, and an example that was filled with defaults again', () => {
    const parsed = config.parse(kind.example)
    expect(config.parse(parsed)).toEqual(parsed)
  })

  it('refuses nothing at all, and a field of another type', () => {
    expect(config.safeParse(undefined).success).toBe(false)
    const [field] = Object.keys(kind.example as object)
    expect(config.safeParse({ ...(kind.example as object), [field ?? '']: () => undefined }).success).toBe(false)
  })

  it('can be made a form of: a JSON Schema in which every field has a title', () => {
    const schema = z.toJSONSchema(config, { io: 'input' })
    expect(schema.type).toBe('object')
    for (const [path, field] of fieldsOf(schema))
      expect([path, field.title]).toEqual([path, expect.stringMatching(/\S/)])
  })

  it('marks its secrets', () => {
    const marked = secretPaths(config).map((path) => path.join('.'))
    const named = fieldsOf(z.toJSONSchema(config, { io: 'input' }))
      .map(([path]) => path)
      .filter((path) => /password|secret|token|key|authorization/i.test(path.split('.').at(-1) ?? ''))
    expect(marked).toEqual(expect.arrayContaining(named))
  })
})

describe.each(checks)('a look by %s', (_name, kind) => {
  if (!isCheck(kind)) throw new Error('unreachable: scanned as a check')
  const config = () => kind.config.parse(kind.example)

  it('ends at once, blind, when it was aborted before', async () => {
    const result = await kind.run(config(), { signal: aborted, now, net: silentNet })
    expect(result).toMatchObject({ outcome: 'blind', code: 'aborted' })
    expect(result.ms).toBeLessThan(500)
  })

  it('ends soon, blind, when it is aborted while the target is silent', async () => {
    const controller = new AbortController()
    const look = kind.run(config(), { signal: controller.signal, now, net: silentNet })
    controller.abort(new Error('shutting down'))
    expect(await look).toMatchObject({ outcome: 'blind', code: 'aborted' })
  })

  it('ends by its own deadline when the target is silent', async () => {
    const look = kind.run(
      { ...config(), timeoutSeconds: 0.1 },
      { signal: new AbortController().signal, now, net: silentNet },
    )
    expect(await look).toMatchObject({ outcome: 'failed', code: 'timeout' })
  })

  it('that meets a fault of our own is blind', async () => {
    const broken = () => Promise.reject(new TypeError('undefined is not a function'))
    const net: Net = { resolve: broken, query: broken, connect: broken, request: broken }
    const result = await kind.run(config(), { signal: new AbortController().signal, now, net })
    expect(result).toMatchObject({ outcome: 'blind', code: 'internal' })
  })
})

const message: Message = {
  id: '0198c0de-0000-7000-8000-000000000001',
  class: 'page',
  title: 'Orders is down',
  lines: ['It has not answered.'],
  links: [],
  at: '2026-03-04T06:10:22Z',
}

describe.each(channels)('%s', (_name, kind) => {
  it('sends nothing and says so at once when it was aborted before', async () => {
    const send = kind.send as (config: unknown, message: Message, tools: object) => Promise<{ kind: string }>
    const started = performance.now()
    const sending = send(kind.example, message, { net: unused, now, signal: aborted, settings: {} })
    const outcome = await Promise.race([sending, new Promise((late) => setTimeout(late, 2_000, { kind: 'hung' }))])
    expect(outcome).toMatchObject({ kind: expect.stringMatching(/^(retry|refused)$/) })
    expect(JSON.stringify(outcome)).not.toContain('after the abort')
    expect(performance.now() - started).toBeLessThan(1_000)
  })
})

describe.each(actions)('%s', (_name, kind) => {
  const action = kind as unknown as ActionKind
  const config = (kind.config as z.ZodType).parse(kind.example)
  const values = {
    job: 'EOD_PRICES',
    slug: 'eod-prices',
    externalId: 'PRD:EOD_PRICES',
    box: 'EOD_BOX',
    host: 'prdbat01',
    runId: '0198c0de-0000-7000-8000-000000000001',
    businessDate: '2026-11-25',
  }
  const secrets = secretsIn(secretPaths(kind.config as z.ZodType), kind.example)

  it('says exactly what it would do and where, and neither that nor its plan holds a secret', () => {
    const plan = action.prepare(config as never, values)
    const { what, where } = action.words(plan)
    expect([what, where].map((words) => words.length > 0)).toEqual([true, true])
    expect(what).toContain('EOD_PRICES')
    expect(what).not.toMatch(/[{]job[}]/)
    for (const secret of secrets) expect(JSON.stringify([plan, what, where])).not.toContain(secret)
  })

  it('does nothing and says so when it was aborted before', async () => {
    const plan = action.prepare(config as never, values)
    const outcome = await action.run(plan, config as never, { net: unused, programs: ['/bin/true'], signal: aborted })
    expect(outcome).toMatchObject({ state: 'failed', detail: expect.stringContaining('Nothing was sent') })
  })
})

describe.each([...sources, ...dialects, ...schedulers])('%s', (_name, kind) => {
  it('says how to set it up and brings samples', () => {
    expect(text.parse(kind.setup)).toBeTruthy()
    expect(z.array(z.unknown()).min(1).parse(kind.samples).length).toBeGreaterThan(0)
  })
})

type Field = { title?: unknown; properties?: Record<string, Field>; items?: Field }

/** All named fields of a JSON Schema with their paths; `*` stands for the items of a list. */
function fieldsOf(schema: unknown, path: string[] = []): [string, Field][] {
  const { properties = {}, items } = schema as Field
  const own = Object.entries(properties).flatMap(([name, field]): [string, Field][] => [
    [[...path, name].join('.'), field],
    ...fieldsOf(field, [...path, name]),
  ])
  return items ? [...own, ...fieldsOf(items, [...path, '*'])] : own
}
