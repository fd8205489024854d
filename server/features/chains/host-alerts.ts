import { sql } from 'kysely'
import type { Finding } from '../../../contract/chains/night.ts'
import type { Db } from '../../platform/db/pool.ts'
import { hostName, hostNameIn } from '../catalog/index.ts'
import { wallWords } from '../jobs/index.ts'
import type { NightInput } from './night-input.ts'

type Alert = { id: string; title: string; host: string; at: number }

const MOST = 20
const SHOWN = 3
/** Whether an alert of now still matters on a night that begins later than this, nobody knows. */
const AHEAD_MS = 86_400_000

/**
 * What monitoring has open on the hosts on which jobs of a night have still to run: disks that fill up, above all. A job is
 * on the host of its last run that named one; an alert may name it with its domain or its port.
 */
export const hostAlerts = async (
  db: Db,
  { graph, jobs, state, from, dating }: NightInput,
  now: number,
): Promise<Finding[]> => {
  if (from - now > AHEAD_MS) return []
  const placesOn = new Map<string, number[]>()
  graph.nodes.forEach((node, i) => {
    const last = state.nodes[i]?.runs[0]
    if (node.waits.isBox || (last?.date === state.date && last.outcome === 'succeeded')) return
    for (const share of node.shares) {
      if (!share.startsWith('host:')) continue
      const host = hostName(share.slice('host:'.length))
      placesOn.set(host, [...(placesOn.get(host) ?? []), i])
    }
  })
  if (placesOn.size === 0) return []
  const { rows } = await sql<Alert>`
    select id, title, host, (extract(epoch from started_at) * 1000)::float8 as at from alerts
    where status in ('firing', 'blind') and host is not null and severity <> 'info'
      and ${hostNameIn(sql.ref('host'))} = any(${[...placesOn.keys()]}::text[])
    order by started_at limit ${MOST}`.execute(db)
  return rows.map(({ title, host, at }): Finding => {
    const named = (placesOn.get(hostName(host)) ?? [])
      .flatMap((i) => jobs[i] ?? [])
      .toSorted((a, b) => a.name.localeCompare(b.name))
    const names = named.slice(0, SHOWN).map((job) => job.name)
    const list = named.length > SHOWN ? `${names.join(', ')} and ${named.length - SHOWN} more` : names.join(', ')
    return {
      kind: 'host',
      jobs: named.slice(0, 50).map(({ id, name }) => ({ id, name })),
      message: `On ${host}, where ${list} ${named.length === 1 ? 'runs' : 'run'}, since ${wallWords(at, dating.zone, now)}: ${title}`,
    }
  })
}
