import { describe, expect, it } from 'vitest'
import { accessFiles, serverArguments, serverSettings, versionRefusal } from './supervisor-cluster.ts'
import { commandFor } from './supervisor-process.ts'

describe('how the server is started', () => {
  it('listens on no network, and lets a caller override a setting', () => {
    const args = serverArguments('/d/cluster', serverSettings('/d/run', { fsync: 'off', max_connections: '20' }))
    expect(args.slice(0, 2)).toEqual(['-D', '/d/cluster'])
    for (const setting of [
      'listen_addresses=',
      'unix_socket_directories=/d/run',
      'jit=off',
      'fsync=off',
      'max_connections=20',
    ])
      expect(args).toContain(setting)
    expect(args.filter((arg) => arg.startsWith('max_connections='))).toHaveLength(1)
  })

  const account = { uid: 101, gid: 104, name: 'postgres' }
  it.each([
    ['as ourselves', { kind: 'self' } as const, 'postgres', ['-V'], {}],
    ['as another account', { kind: 'account', account } as const, 'postgres', ['-V'], { uid: 101, gid: 104 }],
    [
      'in a user namespace',
      { kind: 'namespace', account } as const,
      'unshare',
      ['--user', '--map-user=101', '--map-group=104', 'postgres', '-V'],
      {},
    ],
  ])('%s', (_, runAs, file, args, identity) => {
    expect(commandFor(runAs, 'postgres', ['-V'])).toEqual({ file, args, identity })
  })

  it('lets only the named users in, whatever is in their names', () => {
    const { hba, ident } = accessFiles(['ann', 'o"neil'])
    expect(hba).toMatch(/^local all all peer map=watchfloor$/m)
    expect(hba).not.toMatch(/trust|host/)
    expect(ident).toContain('watchfloor "ann" watchfloor\n')
    expect(ident).toContain('watchfloor "o""neil" watchfloor\n')
  })

  it('refuses data of another major version with a way out', () => {
    expect(versionRefusal(18, 18, '/d')).toBeNull()
    expect(versionRefusal(17, 18, '/d')).toMatch(/made by PostgreSQL 17.*brings PostgreSQL 18.*set DATABASE_URL/)
  })
})
