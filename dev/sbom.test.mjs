import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const json = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'))

const importing =
  /^(?:import |@import |(?:import|export) [^'"=;]* from )['"](@[\w-]+\/[\w.-]+|[a-z][\w.-]*)(?:\/[^'"]*)?['"]/gm

/** The packages that the files of these folders import, their tests aside. */
const importsOf = (...folders) => {
  const names = new Set()
  for (const file of globSync(
    folders.map((folder) => `${folder}/**/*.{ts,tsx,css,mjs}`),
    { cwd: root },
  )) {
    if (/\.test\.|\/testing\/|\/gallery[/.]|vite\.config|contract-routes|node_modules/.test(file)) continue
    const text = readFileSync(join(root, file), 'utf8')
    for (const [, name = ''] of text.matchAll(importing)) names.add(name)
  }
  return [...names]
}

test('the bill of materials: all that the program and its pages are made of, each with its licence, and no tool', () => {
  const said = execFileSync(process.execPath, ['dev/sbom.mjs'], { cwd: root, encoding: 'utf8' })
  const file = /^\d+ packages are in (.+)\.$/.exec(said.trim())?.[1] ?? ''
  expect(existsSync(file)).toBe(true)
  const sbom = JSON.parse(readFileSync(file, 'utf8'))
  const { dependencies, optionalDependencies, version } = json('package.json')

  // As the schema of CycloneDX 1.5 has it.
  expect(sbom).toMatchObject({
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: expect.stringMatching(/^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    version: 1,
    metadata: {
      component: { type: 'application', name: 'watchfloor', version, purl: `pkg:npm/watchfloor@${version}` },
    },
  })
  expect(new Date(sbom.metadata.timestamp).toISOString()).toBe(sbom.metadata.timestamp)
  const refs = sbom.components.map((component) => component['bom-ref'])
  expect(new Set(refs).size).toBe(refs.length)
  for (const { name, version: its, hashes, licenses, purl, ...rest } of sbom.components) {
    expect(rest, name).toMatchObject({ type: 'library', 'bom-ref': `${name}@${its}` })
    expect(purl, name).toBe(`pkg:npm/${name.replace('@', '%40')}@${its}`)
    expect(licenses, name).toEqual([
      expect.toSatisfy(
        (one) => /^[A-Za-z0-9.+-]+$/.test(one.license?.id ?? '') || / (OR|AND) /.test(one.expression ?? ''),
      ),
    ])
    if (hashes) expect(hashes, name).toEqual([{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) }])
  }
  const known = new Set([`watchfloor@${version}`, ...refs])
  const named = sbom.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn])
  expect(named.filter((ref) => !known.has(ref))).toEqual([])
  expect(sbom.dependencies.map(({ ref }) => ref).toSorted()).toEqual([...known].toSorted())

  const names = new Set(sbom.components.map(({ name }) => name))
  const server = importsOf('server', 'contract', 'checks', 'cli')
  const pages = importsOf('web')
  expect(server).toEqual(expect.arrayContaining(['zod', 'yaml', 'pg']))
  expect(pages).toEqual(expect.arrayContaining(['react', '@mantine/core', 'uplot']))
  const all = [...Object.keys(dependencies), ...Object.keys(optionalDependencies), ...server, ...pages]
  expect(all.filter((name) => !names.has(name))).toEqual([])
  const tools = ['vitest', 'typescript', '@biomejs/biome', 'playwright-core', 'axe-core', 'knip', 'fast-check']
  expect([...tools, 'vite'].filter((name) => names.has(name))).toEqual([])
  // What it cannot do without is not said to be optional.
  const optional = sbom.components.filter(({ scope }) => scope === 'optional').map(({ name }) => name)
  expect(optional.filter((name) => server.includes(name) || pages.includes(name))).toEqual([])
  expect(optional).toEqual(expect.arrayContaining(Object.keys(optionalDependencies)))
})
