import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { until } from '../harness/patience.ts'
import { freePort } from '../harness/process.ts'

type Node = { name: string; rest: number; port: number; folder: string; patroni: ChildProcess | null }

/** How long the lock of a primary outlives it: the shortest that Patroni takes. */
export const LOCK_SECONDS = 20

const idOf = (flag: '-u' | '-g') => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))

/**
 * Two PostgreSQL of Debian under Patroni with etcd, in synchronous mode, and HAProxy before them that leads to the
 * primary: the set-up that Patroni's own manual describes, on one machine.
 */
export const startCluster = async () => {
  if (process.getuid?.() !== 0) throw new Error('Run it as root: PostgreSQL is started as the user postgres.')
  const as = { uid: idOf('-u'), gid: idOf('-g') }
  const folder = mkdtempSync(join(tmpdir(), 'wf-ha-'))
  chownSync(folder, as.uid, as.gid)
  const [etcdPort, etcdPeer, front] = [await freePort(), await freePort(), await freePort()]
  const run = (program: string, args: string[]) =>
    spawn(program, args, {
      ...as,
      cwd: folder,
      stdio: process.env.HA_LOG ? 'inherit' : 'ignore',
      env: { PATH: '/usr/sbin:/usr/bin:/bin', HOME: folder, LANG: 'C.UTF-8', ETCD_UNSUPPORTED_ARCH: process.arch },
    })
  const client = `http://127.0.0.1:${etcdPort}`
  const peer = `http://127.0.0.1:${etcdPeer}`
  const etcd = run('etcd', [
    ...['--name', 'a', '--data-dir', join(folder, 'etcd')],
    ...['--listen-client-urls', client, '--advertise-client-urls', client],
    ...['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer, '--initial-cluster', `a=${peer}`],
  ])
  await until('etcd answers', () =>
    fetch(`${client}/health`).then(
      (r) => r.ok,
      () => false,
    ),
  )

  const start = (node: Node) => {
    node.patroni = run('patroni', [join(node.folder, 'patroni.yaml')])
  }
  const nodes: Node[] = []
  for (const name of ['one', 'two']) {
    const node = { name, rest: await freePort(), port: await freePort(), folder: join(folder, name), patroni: null }
    mkdirSync(node.folder, { mode: 0o700 })
    writeFileSync(join(node.folder, 'patroni.yaml'), stringify(settingsOf(node, etcdPort)))
    for (const path of [node.folder, join(node.folder, 'patroni.yaml')]) chownSync(path, as.uid, as.gid)
    nodes.push(node)
    start(node)
    await until(`node ${name} runs`, () => isRunning(node), 60_000)
  }
  const [one, two] = nodes as [Node, Node]
  await until('there is a synchronous standby', async () => (await standbyOf(one)) === 'sync', 60_000)

  writeFileSync(join(folder, 'haproxy.cfg'), proxyFor(front, nodes))
  const haproxy = run('haproxy', ['-f', join(folder, 'haproxy.cfg'), '-db'])
  const primary = async () => ((await says(one, 'primary')) ? one : (await says(two, 'primary')) ? two : null)
  return {
    url: `postgres://postgres:secret@127.0.0.1:${front}/postgres`,
    /** The name of the node that is primary now, or null. */
    primary: async () => (await primary())?.name ?? null,
    /** Kills the primary and its Patroni at once, without a farewell; returns its name. */
    async killPrimary(): Promise<string> {
      const node = await primary()
      if (!node) throw new Error('There is no primary to be killed.')
      const postmaster = Number(readFileSync(join(node.folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0])
      node.patroni?.kill('SIGKILL')
      process.kill(postmaster, 'SIGKILL')
      return node.name
    },
    /** Starts the node that was killed; it follows the new primary, also where it had gone further than that. */
    async rejoin(name: string) {
      const node = nodes.find((one) => one.name === name)
      if (!node) throw new Error(`There is no node ${name}.`)
      start(node)
      await until(`${name} follows`, async () => (await standbyOf(node)) === 'sync', 120_000)
    },
    async stop() {
      for (const { patroni } of nodes) patroni?.kill('SIGINT')
      await Promise.all(nodes.map(({ patroni }) => patroni && patroni.exitCode === null && once(patroni, 'exit')))
      haproxy.kill('SIGKILL')
      etcd.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const ask = (node: Node, path: string): Promise<Response | null> =>
  fetch(`http://127.0.0.1:${node.rest}/${path}`, { signal: AbortSignal.timeout(2_000) }).catch(() => null)
const says = async (node: Node, path: string) => (await ask(node, path))?.status === 200
const isRunning = async (node: Node) => {
  const answer = await ask(node, 'patroni')
  return answer !== null && ((await answer.json()) as { state: string }).state === 'running'
}

/** Whether the cluster has this node's other, or this node itself, as its synchronous standby. */
const standbyOf = async (node: Node) => {
  const answer = await ask(node, 'cluster')
  const members = answer ? ((await answer.json()) as { members: { role: string; state: string }[] }).members : []
  return members.some(({ role }) => role === 'sync_standby') ? 'sync' : 'none'
}

const settingsOf = (node: Node, etcdPort: number) => ({
  scope: 'watchfloor',
  name: node.name,
  restapi: { listen: `127.0.0.1:${node.rest}`, connect_address: `127.0.0.1:${node.rest}` },
  etcd3: { hosts: `127.0.0.1:${etcdPort}` },
  bootstrap: {
    dcs: {
      ttl: LOCK_SECONDS,
      loop_wait: 2,
      retry_timeout: 5,
      // What was acknowledged to Watchfloor stands on both; the one that is left goes on alone.
      synchronous_mode: true,
      postgresql: { use_pg_rewind: true, use_slots: true },
    },
    initdb: [{ encoding: 'UTF8' }, { locale: 'C.UTF-8' }],
  },
  postgresql: {
    listen: `127.0.0.1:${node.port}`,
    connect_address: `127.0.0.1:${node.port}`,
    data_dir: join(node.folder, 'data'),
    bin_dir: '/usr/lib/postgresql/15/bin',
    pgpass: join(node.folder, 'pgpass'),
    pg_hba: ['host all all 127.0.0.1/32 md5', 'host replication replicator 127.0.0.1/32 md5'],
    parameters: { unix_socket_directories: node.folder, wal_log_hints: 'on', max_connections: 200 },
    authentication: {
      superuser: { username: 'postgres', password: 'secret' },
      replication: { username: 'replicator', password: 'secret' },
      rewind: { username: 'postgres', password: 'secret' },
    },
  },
})

const proxyFor = (port: number, nodes: Node[]) => `
defaults
  mode tcp
  timeout connect 3s
  timeout client 1h
  timeout server 1h
  timeout check 2s
listen postgres
  bind 127.0.0.1:${port}
  option httpchk OPTIONS /primary
  http-check expect status 200
  default-server inter 1s fall 2 rise 1 on-marked-down shutdown-sessions
${nodes.map((n) => `  server ${n.name} 127.0.0.1:${n.port} check port ${n.rest}`).join('\n')}
`
