import { builtinModules } from 'node:module'
import { type Import, importsOf, isTest, type Source } from './tree.ts'

/** The line of features: each may import only those to its left, and only their index.ts (or events.ts). */
export const line = [
  'identity',
  'calendars',
  'notify',
  'catalog',
  'knowledge',
  'oncall',
  'sla',
  'desk',
  'requests',
  'mailbox',
  'alerts',
  'monitors',
  'jobs',
  'imports',
  'schedulers',
  'chains',
  'acts',
  'major',
  'comms',
  'shift',
  'webhooks',
  'reports',
]

/** What each part of the house may import of the others. */
const mayImport: Record<string, string[]> = {
  contract: [],
  checks: ['contract'],
  web: ['contract'],
  cli: ['contract', 'checks'],
  agent: ['contract', 'checks'],
  server: ['contract', 'checks'],
}

const LONGEST = 400

const part = (path: string) => path.split('/')[0] ?? ''
const featureOf = (path: string) => /^server\/features\/([^/]+)\//.exec(path)?.[1]

export type Rule = { name: string; broken(sources: Source[]): string[] }

const overImports = (sources: Source[], judge: (i: Import) => string | null): string[] =>
  sources
    .filter((s) => !isTest(s.path))
    .flatMap((s) => importsOf(s).map(judge))
    .filter((b): b is string => b !== null)

const borders: Rule = {
  name: 'parts of the house import only what they may',
  broken: (sources) =>
    overImports(sources, ({ from, to, isPackage }) => {
      const allowed = mayImport[part(from)]
      if (isPackage || !allowed || part(to) === part(from) || to === 'package.json') return null
      return allowed.includes(part(to))
        ? null
        : `${from} imports ${to}: ${part(from)} may import ${allowed.join(', ') || 'nothing of the house'}`
    }),
}

const contractPackages: Rule = {
  name: 'the contract needs zod and the contract library alone',
  broken: (sources) =>
    overImports(sources, ({ from, to, isPackage }) =>
      isPackage && part(from) === 'contract' && !['zod', '@orpc/contract'].includes(to)
        ? `${from} imports ${to}`
        : null,
    ),
}

const platformKnowsNoFeature: Rule = {
  name: 'the platform imports no feature',
  broken: (sources) =>
    overImports(sources, ({ from, to }) =>
      from.startsWith('server/platform/') && featureOf(to) ? `${from} imports ${to}` : null,
    ),
}

const featureLine: Rule = {
  name: 'features import leftward only, and only what is public',
  broken: (sources) =>
    overImports(sources, ({ from, to, typeOnly }) => {
      const here = featureOf(from)
      const there = featureOf(to)
      if (!here || !there || here === there) return null
      if (!line.includes(here)) return `${from}: the feature ${here} does not stand in the line`
      if (line.indexOf(there) >= line.indexOf(here))
        return `${from} imports ${to}: ${there} is not to the left of ${here}`
      const file = to.split('/')[3]
      return file === 'index.ts' || (file === 'events.ts' && typeOnly)
        ? null
        : `${from} imports ${to}: only index.ts of another feature is public`
    }),
}

const onlyAppNamesFeatures: Rule = {
  name: 'only app.ts and main.ts name the features from outside',
  broken: (sources) =>
    overImports(sources, ({ from, to }) =>
      part(from) === 'server' &&
      featureOf(to) &&
      !featureOf(from) &&
      !['server/app.ts', 'server/main.ts'].includes(from)
        ? `${from} imports ${to}`
        : null,
    ),
}

const writes =
  /\b(?:insertInto|updateTable|deleteFrom|mergeInto)\(\s*['"`](\w+)|\b(?:insert\s+into|delete\s+from|merge\s+into)\s+(\w+)|\bupdate\s+(\w+)\s+(?:as\s+\w+\s+|\w+\s+)?set\b/gi

const ownerOf = (path: string) => featureOf(path) ?? (path.startsWith('server/platform/') ? 'platform' : null)

const oneWriter: Rule = {
  name: 'a table is written by one feature alone',
  broken(sources) {
    const writers = new Map<string, Map<string, string>>()
    for (const s of sources) {
      const owner = ownerOf(s.path)
      if (!owner || isTest(s.path)) continue
      for (const match of s.text.matchAll(writes)) {
        const table = (match[1] ?? match[2] ?? match[3] ?? '').toLowerCase()
        const known = writers.get(table) ?? new Map<string, string>()
        writers.set(table, known.set(owner, s.path))
      }
    }
    return [...writers]
      .filter(([, by]) => by.size > 1)
      .map(([table, by]) => `${table} is written by ${[...by.values()].join(' and ')}`)
  },
}

const fileLength: Rule = {
  name: `no file is longer than ${LONGEST} lines`,
  broken: (sources) =>
    sources
      .map((s) => ({ path: s.path, lines: s.text.split('\n').length }))
      .filter((s) => s.lines > LONGEST + 1)
      .map((s) => `${s.path} has ${s.lines} lines`),
}

const time = /\bnew Date\(\)|\bDate\.now\(\)|\bTemporal\.Now\b|(?<![\w.])performance\.timeOrigin\b/

const oneClock: Rule = {
  name: 'the time is read in platform/clock.ts alone',
  broken: (sources) =>
    sources
      .filter(
        (s) =>
          ['server', 'contract', 'checks'].includes(part(s.path)) &&
          !isTest(s.path) &&
          s.path !== 'server/platform/clock.ts',
      )
      .flatMap((s) =>
        s.text
          .split('\n')
          .flatMap((l, i) => (time.test(l.replace(/\/\/.*$|^\s*\*.*$/, '')) ? [`${s.path}:${i + 1} ${l.trim()}`] : [])),
      ),
}

/** Sources of the running program, with the packages they may use: dependencies of the root, and for the web its own. */
export const runtimeImports = (dependencies: readonly string[]): Rule => ({
  name: 'the running program imports no development package',
  broken: (sources) =>
    overImports(sources, ({ from, to, isPackage, typeOnly }) => {
      if (!isPackage || typeOnly || !['server', 'contract', 'checks', 'cli', 'agent'].includes(part(from))) return null
      if (to.startsWith('node:') || builtinModules.includes(to)) return null
      return dependencies.includes(to) ? null : `${from} imports ${to}, which is not among the dependencies`
    }),
})

const namedExports: Rule = {
  name: 'exports have names',
  broken: (sources) =>
    sources
      .filter((s) => !isTest(s.path) && !/(^|\/)[\w.-]*config\.ts$/.test(s.path) && /^export default\b/m.test(s.text))
      .map((s) => `${s.path} has a default export`),
}

/** Keys that take something away, or would hide what every page has, by what their acts are called. */
const kept: Record<string, RegExp> = {
  x: /^Select/,
  z: /^(Undo|`Undo)/,
  // The first half of "g q" and its like.
  g: /^never$/,
  d: /^(Delete|Remove|Take out|Retire|End by hand|Disable|Enable)|retired|enabled/,
  v: /^(Archive|Restore)|archival/,
  X: /^(Withdraw|End)|End all/,
  P: /^(Pass|Publish)|pausing|Pause/,
}
const bound = [
  /<Act\b[^>]*?\blabel=(?:"([^"]+)"|\{([^}]+))[^>]*?\bk="([^"]+)"/g,
  /\bkey: '([^']+)',\s*label: (?:'([^']+)'|([^,]+),)/g,
]

const oneMeaning: Rule = {
  name: 'a key that takes something away does nothing else on any page',
  broken: (sources) =>
    sources
      .filter((s) => s.path.startsWith('web/') && !isTest(s.path) && !s.path.includes('/gallery'))
      .flatMap(({ path, text }) => {
        const acts = [...text.matchAll(bound[0] as RegExp)].map((m) => ({ key: m[3], label: m[1] ?? m[2] }))
        const keys = [...text.matchAll(bound[1] as RegExp)].map((m) => ({ key: m[1], label: m[2] ?? m[3] }))
        return [...acts, ...keys]
          .filter(({ key = '', label = '' }) => kept[key] && !kept[key].test(label))
          .map(({ key, label }) => `${path}: the key ${key} stands for "${label}"`)
      }),
}

export const rules: Rule[] = [
  borders,
  contractPackages,
  platformKnowsNoFeature,
  featureLine,
  onlyAppNamesFeatures,
  oneWriter,
  fileLength,
  oneClock,
  namedExports,
  oneMeaning,
]
