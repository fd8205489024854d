import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative } from 'node:path'

export type Source = { path: string; text: string }

const roots = ['contract', 'server', 'checks', 'agent', 'cli', 'web', 'test', 'bench', 'dev']

/** All hand-written sources of the project, with paths relative to its root. */
export const readTree = (root: string): Source[] =>
  roots.flatMap((folder) => {
    try {
      return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((e) => e.isFile() && /\.(ts|tsx|mjs)$/.test(e.name))
        .map((e) => relative(root, join(e.parentPath, e.name)).replaceAll('\\', '/'))
        .filter((path) => !path.includes('node_modules/') && !path.includes('/dist/') && !path.endsWith('.gen.ts'))
        .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
    } catch {
      return []
    }
  })

export type Import = { from: string; to: string; typeOnly: boolean; isPackage: boolean }

const statement = /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/gm
const dynamic = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g

/** What a file imports: project files by their path from the root, packages by name. */
export const importsOf = ({ path, text }: Source): Import[] => {
  const found: Import[] = []
  const add = (target: string, typeOnly: boolean) => {
    const isPackage = !target.startsWith('.')
    found.push({
      from: path,
      to: isPackage ? packageName(target) : posix.normalize(posix.join(dirname(path), target)),
      typeOnly,
      isPackage,
    })
  }
  for (const match of text.matchAll(statement)) add(match[2] ?? '', match[1] !== undefined)
  for (const match of text.matchAll(dynamic)) add(match[1] ?? '', false)
  return found
}

const packageName = (specifier: string): string =>
  specifier.startsWith('@') ? specifier.split('/').slice(0, 2).join('/') : (specifier.split('/')[0] ?? specifier)

export const isTest = (path: string): boolean =>
  /\.test\.(tsx?|mjs)$/.test(path) || path.startsWith('test/') || path.startsWith('bench/') || path.startsWith('dev/')
