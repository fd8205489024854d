import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ownAccount } from './supervisor-account.ts'
import { EmbeddedDatabaseError } from './supervisor-error.ts'
import { chooseSocketFolder, diskOwner, makePrivate, preparePlace } from './supervisor-place.ts'

describe('the folder of the sockets', () => {
  const home = (bytes: number) => `/${'d'.repeat(bytes - 1)}`

  it.each([
    ['a short path stays beside the data', '/srv/watchfloor/postgres', ['/run'], '/srv/watchfloor/postgres/run'],
    ['the longest path that fits', home(85), ['/run'], `${home(85)}/run`],
    ['one byte more goes elsewhere', home(86), ['/run'], expect.stringMatching(/^\/run\/watchfloor-[0-9a-f]{12}$/)],
    ['bytes count, not letters', `/${'é'.repeat(43)}`, ['/run'], expect.stringMatching(/^\/run\/watchfloor-/)],
    [
      'a long temporary folder is passed over',
      home(200),
      [home(90), '/tmp'],
      expect.stringMatching(/^\/tmp\/watchfloor-/),
    ],
  ])('%s', (_, path, temporary, expected) => {
    expect(chooseSocketFolder(path, temporary)).toEqual(expected)
  })

  it('is another one for another database', () => {
    expect(chooseSocketFolder(`${home(100)}a`, ['/tmp'])).not.toBe(chooseSocketFolder(`${home(100)}b`, ['/tmp']))
  })

  it('says so when no path is short enough', () => {
    expect(() => chooseSocketFolder(home(200), [home(99)])).toThrow(/too long for a socket: set DATA_DIR/)
  })
})

describe('a private folder', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'wf-private-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('is entered by its owner alone, also when it was open before', () => {
    makePrivate(join(folder, 'run'), ownAccount())
    expect(lstatSync(join(folder, 'run')).mode & 0o777).toBe(0o700)
  })

  it('is refused when somebody put a link there', () => {
    symlinkSync(tmpdir(), join(folder, 'run'))
    expect(() => makePrivate(join(folder, 'run'), ownAccount())).toThrow(EmbeddedDatabaseError)
  })
})

describe('the place of the data', () => {
  const isRoot = process.getuid?.() === 0
  let home: string
  let elsewhere: string
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'wf-home-'))
    elsewhere = mkdtempSync(join(tmpdir(), 'wf-else-'))
  })
  afterEach(() => {
    for (const folder of [home, elsewhere]) rmSync(folder, { recursive: true })
  })

  it('is the data folder, which is opened for the server if it is empty', () => {
    const data = join(home, 'data')
    mkdirSync(data, { mode: 0o700 })
    chmodSync(home, 0o755)
    expect(preparePlace(data, elsewhere).home).toBe(join(data, 'postgres'))
    expect(statSync(data).mode & 0o777).toBe(isRoot ? 0o711 : 0o700)
  })

  it('is elsewhere when the server may not pass, stays there, and the data folder leads to it', () => {
    // An ordinary user runs the server as himself and may always pass.
    const expected = isRoot ? elsewhere : home
    const data = join(home, 'data')
    const place = preparePlace(data, elsewhere)
    expect(place.home.startsWith(`${expected}/`)).toBe(true)
    expect(realpathSync(join(data, 'postgres'))).toBe(place.home)
    makePrivate(place.cluster, diskOwner(place))
    chmodSync(home, 0o755)
    expect(preparePlace(data, elsewhere).home).toBe(place.home)
  })

  it('leaves a folder closed that holds something else', () => {
    chmodSync(home, 0o700)
    writeFileSync(join(home, 'letter'), '')
    preparePlace(home, elsewhere)
    expect(statSync(home).mode & 0o777).toBe(0o700)
  })
})
