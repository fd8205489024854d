import { sql } from 'kysely'
import { sourceIdInput } from '../../../contract/alerts/source.ts'
import { plusMinutes } from '../../platform/clock.ts'
import { notFound } from '../../platform/errors.ts'
import { decode, unpack } from '../../platform/http/raw-body.ts'
import { MASKED, maskFields, secretName } from '../../platform/mask-secrets.ts'
import { query } from '../../platform/query.ts'
import { cut } from '../../platform/text.ts'
import { storable } from './clean.ts'
import { findSource } from './source-rows.ts'

const SHOWN = 20
const SHOWN_CHARACTERS = 4_000
/** The journal keeps no longer. */
const KEPT_DAYS = 14

type Row = {
  id: string
  at: Temporal.Instant
  content_type: string
  headers: Record<string, string>
  body: Buffer
  outcome: 'read' | 'unreadable'
  problem: string | null
  signals: number
}

/** What a tool sent last, as it was journalled, also what could not be read. */
export const listSamples = query('source.samples', {
  permission: 'source.read',
  input: sourceIdInput,
  async run(ctx, { id }) {
    if (!(await findSource(ctx.db, id))) throw notFound('The source')
    const { rows } = await sql<Row>`
      select id, at, content_type, headers, body, outcome, problem, signals from journal
      where source_id = ${id} and at > ${plusMinutes(ctx.now(), -KEPT_DAYS * 1440)}
      order by at desc, id desc limit ${SHOWN}`.execute(ctx.db)
    return { items: await Promise.all(rows.map(show)) }
  },
})

const show = async (r: Row) => {
  const text = await textOf(r)
  return {
    id: r.id,
    at: r.at,
    contentType: r.content_type,
    headers: Object.fromEntries(
      Object.entries(r.headers).map(([name, v]) => [name, secretName.test(name) ? MASKED : v]),
    ),
    body: cut(maskFields(text), SHOWN_CHARACTERS),
    bytes: r.body.length,
    cut: text.length > SHOWN_CHARACTERS,
    outcome: r.outcome,
    problem: r.problem,
    signals: r.signals,
  }
}

const textOf = async (r: Row): Promise<string> => {
  try {
    return storable(decode(await unpack(r.body, r.headers['content-encoding']), r.content_type))
  } catch {
    return storable(r.body.toString('utf8'))
  }
}
