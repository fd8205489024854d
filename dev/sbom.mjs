#!/usr/bin/env node
/**
 * `npm run sbom`: writes what is in Watchfloor as CycloneDX, from package-lock.json. npm's own command leaves out what
 * tools of the tests use as well (zod, yaml), and knows nothing of what stands in the pages. Plain JavaScript without any
 * package, so that it needs no installation.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Of the web's packages these build the pages; the others stand in them. */
const builds = /^(@types\/|@vitejs\/|vite$)/
const pagesOf = ({ dependencies, devDependencies }) =>
  Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !builds.test(name))

/** Where a package finds another one, as Node does: in its own node_modules, or in the nearest above. */
const find = (packages, from, name) => {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const path = `${at ? `${at}/` : ''}node_modules/${name}`
    if (packages[path]) return path
    if (!at) return undefined
  }
}

/** The packages that one needs to run; `optional`: of another platform, or not needed by all. */
const needsOf = (packages, path) => {
  const {
    dependencies = {},
    optionalDependencies = {},
    peerDependencies = {},
    peerDependenciesMeta = {},
  } = packages[path]
  const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional)
  const at = (names, optional) =>
    names.flatMap((name) => {
      const found = find(packages, path, name)
      return found ? [{ path: found, optional }] : []
    })
  const always = [...Object.keys(dependencies).filter((name) => !(name in optionalDependencies)), ...peers]
  return [...at(always, false), ...at(Object.keys(optionalDependencies), true)]
}

const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
const refOf = (packages, path) => `${nameOf(path)}@${packages[path].version}`
const purlOf = (name, version) => `pkg:npm/${name.replace('@', '%40')}@${version}`

const licensesOf = (license) => {
  if (!license) return []
  if (/ (OR|AND|WITH) /.test(license)) return [{ expression: license }]
  return [{ license: / /.test(license) ? { name: license } : { id: license } }]
}

const hashesOf = (integrity = '') =>
  integrity.startsWith('sha512-')
    ? [{ alg: 'SHA-512', content: Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex') }]
    : []

const componentOf = (packages, path, optional) => {
  const name = nameOf(path)
  const { version, license, integrity } = packages[path]
  const [hashes, licenses] = [hashesOf(integrity), licensesOf(license)]
  return {
    type: 'library',
    'bom-ref': refOf(packages, path),
    name,
    version,
    scope: optional ? 'optional' : 'required',
    ...(hashes.length > 0 && { hashes }),
    ...(licenses.length > 0 && { licenses }),
    purl: purlOf(name, version),
  }
}

/** The bill of materials of a lock file: what the server needs and what the pages hold, of every platform. */
export const sbomOf = ({ packages }, { now, serial }) => {
  const root = packages['']
  const wanted = [
    ...needsOf(packages, ''),
    ...pagesOf(packages.web ?? {}).map((name) => ({ path: find(packages, 'web', name), optional: false })),
  ]
  const components = new Map()
  const dependsOn = new Map()
  const own = `${root.name}@${root.version}`
  const link = (from, needs) => {
    const known = dependsOn.get(from) ?? new Set()
    for (const { path } of needs) known.add(refOf(packages, path))
    dependsOn.set(from, known)
  }
  link(own, wanted)
  const queue = [...wanted]
  for (let next = queue.pop(); next; next = queue.pop()) {
    const ref = refOf(packages, next.path)
    const known = components.get(ref)
    // What something always needs is required, whoever else could do without it.
    if (known && (next.optional || known.scope === 'required')) continue
    components.set(ref, componentOf(packages, next.path, next.optional))
    const needs = needsOf(packages, next.path)
    link(ref, needs)
    queue.push(...needs.map(({ path, optional }) => ({ path, optional: optional || next.optional })))
  }
  const byRef = ([one], [other]) => (one < other ? -1 : 1)
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: `urn:uuid:${serial}`,
    version: 1,
    metadata: {
      timestamp: now.toISOString(),
      component: {
        type: 'application',
        'bom-ref': own,
        name: root.name,
        version: root.version,
        licenses: licensesOf(root.license),
        purl: purlOf(root.name, root.version),
      },
    },
    components: [...components].toSorted(byRef).map(([, component]) => component),
    dependencies: [...dependsOn].toSorted(byRef).map(([ref, on]) => ({ ref, dependsOn: [...on].toSorted() })),
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = join(dirname(fileURLToPath(import.meta.url)), '..')
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const sbom = sbomOf(lock, { now: new Date(), serial: crypto.randomUUID() })
  const file = join(root, 'dist', 'watchfloor.cdx.json')
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(sbom, null, 2)}\n`)
  console.log(`${sbom.components.length} packages are in ${file}.`)
}
