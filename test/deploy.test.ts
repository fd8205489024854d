import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { validate } from 'dockerfile-utils'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { environment } from '../server/platform/config.ts'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const known = new Set([...Object.keys(environment.shape), 'NODE_ENV', 'NODE_COMPILE_CACHE'])
const unknownOf = (names: Iterable<string>) => [...names].filter((name) => !known.has(name))

test('the Dockerfile has no fault, and copies and starts what is there', () => {
  const text = read('deploy/Dockerfile')
  expect(validate(text)).toEqual([])
  const copied = [...text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths = '']) => paths.split(' '))
  expect(copied).toContain('server')
  expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([])
  expect(text).toContain('ENTRYPOINT ["node", "server/main.ts"]')
  const set = [...(/^ENV (.+)$/m.exec(text)?.[1] ?? '').matchAll(/(\w+)=/g)].map(([, name = '']) => name)
  expect(unknownOf(set)).toEqual([])
  // What the server imports at run time is all in the image.
  const folders = [...new Set(copied.map((path) => path.split('/')[0]))]
  expect(folders).toEqual(expect.arrayContaining(['checks', 'cli', 'contract', 'migrations', 'server']))
})

test('the compose file: two equal processes, one database, no secret of its own, settings that exist', () => {
  const text = read('deploy/compose.yaml')
  const { services } = parse(text, { merge: true })
  const { ports: one, ...first } = services.one
  const { ports: two, ...second } = services.two
  expect(first).toEqual(second)
  expect(one).not.toEqual(two)
  expect(existsSync(join(root, first.build.dockerfile))).toBe(true)
  expect(unknownOf(Object.keys(first.environment))).toEqual([])
  for (const secret of ['SECRET_KEY', 'BASE_URL']) expect(first.environment[secret]).toContain(`\${${secret}:?`)
  expect(new URL(first.environment.DATABASE_URL.replace(/\$\{.*?\}/, 'secret')).hostname).toBe('postgres')
  expect(services.postgres.environment.POSTGRES_PASSWORD).toContain('POSTGRES_PASSWORD:?')
})

test('the systemd unit is right for systemd, and shut in', () => {
  const analyze = (...args: string[]) => {
    try {
      return execFileSync('systemd-analyze', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
    } catch (error) {
      const { code, stderr } = error as { code?: string; stderr?: string }
      throw new Error(code === 'ENOENT' ? 'There is no systemd-analyze. Run dev/install-test-deps.' : stderr)
    }
  }
  const unit = join(root, 'deploy/watchfloor.service')
  analyze('verify', unit)
  // 0 is shut in wholly, 10 not at all; here in tenths.
  expect(analyze('security', '--offline=true', '--no-pager', '--threshold=20', unit)).toContain('exposure level')
})
