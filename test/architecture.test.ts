import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rules, runtimeImports } from './architecture/rules.ts'
import { readTree, type Source } from './architecture/tree.ts'

const root = join(import.meta.dirname, '..')
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const all = [
  ...rules,
  runtimeImports([...Object.keys(manifest.dependencies), ...Object.keys(manifest.optionalDependencies)]),
]
const tree = readTree(root)

describe('the architecture', () => {
  it.each(all.map((r) => [r.name, r] as const))('%s', (_name, rule) => {
    expect(tree.length).toBeGreaterThan(50)
    expect(rule.broken(tree)).toEqual([])
  })
})

/** One violation of each rule, planted; each must be caught, and only by the rule it breaks. */
const planted: Record<string, Source[]> = {
  'parts of the house import only what they may': [
    { path: 'checks/x.ts', text: "import { a } from '../server/platform/clock.ts'" },
  ],
  'the contract needs zod and the contract library alone': [{ path: 'contract/x.ts', text: "import pg from 'pg'" }],
  'the platform imports no feature': [
    { path: 'server/platform/x.ts', text: "import { desk } from '../features/desk/index.ts'" },
  ],
  'features import leftward only, and only what is public': [
    { path: 'server/features/oncall/x.ts', text: "import { desk } from '../desk/index.ts'" },
    { path: 'server/features/desk/x.ts', text: "import { engage } from '../oncall/engage.ts'" },
    { path: 'server/features/desk/y.ts', text: "import { paged } from '../oncall/events.ts'" },
    { path: 'server/features/stranger/x.ts', text: "export * from '../desk/index.ts'" },
  ],
  'only app.ts and main.ts name the features from outside': [
    { path: 'server/helper.ts', text: "import { desk } from './features/desk/index.ts'" },
  ],
  'a table is written by one feature alone': [
    { path: 'server/features/desk/x.ts', text: "db.insertInto('tickets')" },
    { path: 'server/features/alerts/x.ts', text: 'sql`update tickets set state = 1`' },
  ],
  'no file is longer than 400 lines': [{ path: 'server/features/desk/x.ts', text: '\n'.repeat(401) }],
  'the time is read in platform/clock.ts alone': [
    { path: 'server/features/desk/x.ts', text: 'const now = Date.now()' },
    { path: 'checks/x.ts', text: 'const now = new Date()' },
    { path: 'server/platform/x.ts', text: 'Temporal.Now.instant()' },
  ],
  'a key that takes something away does nothing else on any page': [
    { path: 'web/features/x/X.tsx', text: '<Act label="Extend" k="x" run={() => go()} />' },
    { path: 'web/features/x/X.tsx', text: '<Act\n  label="Calendar"\n  k="d"\n/>' },
    { path: 'web/features/x/x.ts', text: "useKeys([{ key: 'g', label: 'Codes', run }])" },
  ],
  'exports have names': [{ path: 'server/features/desk/x.ts', text: 'export default 1' }],
  'the running program imports no development package': [
    { path: 'server/features/desk/x.ts', text: "import { it } from 'vitest'" },
    { path: 'checks/x.ts', text: "const x = await import('oidc-provider')" },
  ],
}

describe('a planted violation', () => {
  it('exists for each rule', () => {
    expect(Object.keys(planted).sort()).toEqual(all.map((r) => r.name).sort())
  })

  it.each(all.map((r) => [r.name, r] as const))('is caught: %s', (name, rule) => {
    const violations = planted[name] ?? []
    const caught = name.startsWith('a table') ? [rule.broken(violations)] : violations.map((v) => rule.broken([v]))
    for (const broken of caught) expect(broken).not.toEqual([])
  })
})
