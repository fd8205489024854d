import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { isUuid } from '../ping-action.ts'
import { type CheckRow, checkOfId, checkOfKey, checksOf, showCheck } from './checks.ts'
import { Refused } from './fields.ts'
import type { Asked } from './mount.ts'

const shown = ({ base, version, caller, platform }: Asked) => ({
  base,
  version,
  writes: caller.writes,
  now: platform.clock.ms(),
})

/** One answer with all of them, which is written while they are read. */
export const listChecks = async (asked: Asked) => {
  const { caller, platform, query, reply } = asked
  const tags = [query.tag ?? []].flat()
  const slug = typeof query.slug === 'string' ? query.slug : undefined
  const pages = checksOf(platform.db, caller.team?.id ?? null, { slug, tags })
  // What fails at once is still told as any other error.
  const first = await pages.next()
  const text = (checks: readonly CheckRow[]) => checks.map((c) => JSON.stringify(showCheck(c, shown(asked)))).join(',')
  async function* written() {
    yield `{"checks":[${first.done ? '' : text(first.value)}`
    for await (const page of pages) yield `,${text(page)}`
    yield ']}'
  }
  return reply.type('application/json; charset=utf-8').send(Readable.from(written()))
}

/** By its uuid, or for reading by its unique key. Of another team's it is said that it is theirs, as upstream does. */
export const findCheck = async ({ params, caller, platform }: Asked, byKey: boolean): Promise<CheckRow> => {
  const { id = '' } = params
  if (isUuid(id)) {
    const check = await checkOfId(platform.db, id.toLowerCase())
    if (!check) throw new Refused(404, '')
    if (caller.team && check.teamId !== caller.team.id) throw new Refused(403, '')
    return check
  }
  if (byKey && /^[0-9a-f]{40}$/.test(id)) {
    const found = await checkOfKey(platform.db, caller.team?.id ?? null, id)
    if (found) return found
  }
  throw new Refused(404, '')
}

export const readCheck = async (asked: Asked) => showCheck(await findCheck(asked, true), shown(asked))

const MOST_PINGS = 1_000

type PingRow = {
  kind: string
  at: number
  n: number
  scheme: string | null
  remote: string | null
  method: string | null
  ua: string | null
  rid: string | null
  bytes: number
  started: number | null
  happened: number
}

export const pingsOf = async (asked: Asked) => {
  const check = await findCheck(asked, false)
  const { rows } = await sql<PingRow>`
    select p.kind, (extract(epoch from p.at) * 1000000)::int8 as at, p.number as n, p.scheme, p.remote, p.method,
      p.user_agent as ua, p.rid, p.output_bytes as bytes, (extract(epoch from p.started_at) * 1000000)::int8 as started,
      (extract(epoch from p.happened_at) * 1000000)::int8 as happened
    from pings p where p.job_id = ${check.id} and p.kind <> 'lost' and p.number is not null order by p.at desc, p.id desc limit ${MOST_PINGS}`.execute(
    asked.platform.db,
  )
  const address = `${asked.base}/api/v${asked.version}/checks/${check.id}/pings`
  return {
    pings: rows.map((p) => ({
      type: p.kind === 'ignored' ? 'ign' : p.kind,
      date: micros(p.at),
      n: p.n,
      scheme: p.scheme ?? 'http',
      remote_addr: p.remote ?? '',
      method: p.method ?? '',
      ua: p.ua ?? '',
      rid: p.rid,
      body_url: p.bytes > 0 && p.n !== null ? `${address}/${p.n}/body` : null,
      ...(p.started === null ? {} : { duration: (p.happened - p.started) / 1_000_000 }),
    })),
  }
}

const micros = (at: number): string =>
  `${new Date(Math.floor(at / 1000)).toISOString().slice(0, 20)}${String(at % 1_000_000).padStart(6, '0')}+00:00`

export const bodyOfPing = async (asked: Asked) => {
  const check = await findCheck(asked, false)
  const number = Number(asked.params.number)
  if (!Number.isSafeInteger(number)) throw new Refused(404, '')
  const { rows } = await sql<{ output: string | null; output_id: string | null }>`
    select output, output_id from (
      select number, output, output_id from pings where job_id = ${check.id} order by at desc, id desc limit ${MOST_PINGS}) newest
    where number = ${number} limit 1`.execute(asked.platform.db)
  if (!rows[0]?.output) throw new Refused(404, '')
  const { output, output_id: all } = rows[0]
  const file = all === null ? null : await asked.platform.store.get(all)
  // As upstream answers while its object store is away.
  if (all !== null && !file) throw new Refused(503, '')
  return asked.reply.type('text/plain; charset=utf-8').send(file?.stream ?? output)
}

/** In the year 9999. */
const LAST_SECOND = 253_402_300_799
const MOST_SECONDS = 31_536_000

/** Between `start` and `end`, or in the last `seconds`. */
export const flipsOf = async (asked: Asked) => {
  const check = await findCheck(asked, true)
  const now = asked.platform.clock.ms() / 1000
  const number = (name: string): number | null => {
    const given = asked.query[name]
    if (given === undefined || given === '') return null
    const found = Number(given)
    if (!Number.isSafeInteger(found) || found < 0 || found > LAST_SECOND)
      throw new Refused(400, 'invalid query parameters')
    return found
  }
  const [start, end, seconds] = [number('start'), number('end'), number('seconds')]
  if (seconds !== null && (start !== null || end !== null || seconds > MOST_SECONDS))
    throw new Refused(400, 'invalid query parameters')
  const from = seconds === null ? (start ?? 0) : now - seconds
  const { rows } = await sql<{ at: number; up: boolean }>`
    select (extract(epoch from at) * 1000)::int8 as at, up from job_turns
    where job_id = ${check.id} and at >= to_timestamp(${from}::float8) and at < to_timestamp(${end ?? now + 1}::float8)
    order by at desc, id desc`.execute(asked.platform.db)
  return {
    flips: rows.map((t) => ({ timestamp: `${new Date(t.at).toISOString().slice(0, 19)}+00:00`, up: t.up ? 1 : 0 })),
  }
}
