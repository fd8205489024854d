import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { sha256 } from '../../../platform/crypto.ts'
import type { Platform } from '../../../platform/platform.ts'
import { isUuid } from '../ping-action.ts'
import { type CheckRow, checksOf, type Status, startedAt, statusOf } from './checks.ts'
import { uniqueKey } from './unique-key.ts'

const quoted = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`

type Seen = { labels: string; tags: readonly string[]; status: Status; started: boolean }

const gauges: [string, string, (seen: Seen) => boolean][] = [
  ['hc_check_up', 'Whether the check is currently up (1 for yes, 0 for no).', ({ status }) => status !== 'down'],
  ['hc_check_started', 'Whether the check is currently started (1 for yes, 0 for no).', ({ started }) => started],
  [
    'hc_check_grace',
    'Whether the check is currently in the grace period (1 for yes, 0 for no).',
    ({ status }) => status === 'grace',
  ],
  [
    'hc_check_paused',
    'Whether the check is currently paused (1 for yes, 0 for no).',
    ({ status }) => status === 'paused',
  ],
]

const seenOf = (check: CheckRow, now: number): Seen => ({
  labels: `{name=${quoted(check.name)}, tags=${quoted(check.tags.join(' '))}, unique_key="${uniqueKey(check.id)}"}`,
  tags: check.tags,
  status: statusOf(check, now),
  started: startedAt(check) !== null,
})

const headOf = (name: string, help: string) => `# HELP ${name} ${help}\n# TYPE ${name} gauge\n`
/** So many lines are written at once: in between, others have their turn. */
const AT_ONCE = 500

/** Prometheus' text of the checks of a project, under the names that upstream has; written while it is read. */
export async function* metricsOf(pages: AsyncIterable<readonly CheckRow[]>, now: number): AsyncGenerator<string> {
  const seen: Seen[] = []
  for await (const page of pages) for (const check of page) seen.push(seenOf(check, now))
  for (const [name, help, is] of gauges) {
    yield headOf(name, help)
    for (let from = 0; from < seen.length; from += AT_ONCE) {
      const some = seen.slice(from, from + AT_ONCE)
      yield some.map((one) => `${name}${one.labels} ${is(one) ? 1 : 0}\n`).join('')
      await setImmediate()
    }
  }
  const tags = new Set<string>()
  const down = new Set<string>()
  for (const one of seen)
    for (const tag of one.tags) {
      tags.add(tag)
      if (one.status === 'down') down.add(tag)
    }
  yield headOf('hc_tag_up', 'Whether all checks with this tag are up (1 for yes, 0 for no).')
  for (const tag of [...tags].sort()) yield `hc_tag_up{tag=${quoted(tag)}} ${down.has(tag) ? 0 : 1}\n`
  yield `${headOf('hc_checks_total', 'The total number of checks.')}hc_checks_total ${seen.length}\n`
  const isDown = seen.filter(({ status }) => status === 'down').length
  yield `${headOf('hc_checks_down_total', 'The number of checks currently down.')}hc_checks_down_total ${isDown}\n`
}

/** For a Prometheus that scraped healthchecks: a team's read-only key stands in the address. */
export const mountMetrics = (http: FastifyInstance, platform: Platform): void => {
  http.get('/projects/:team/metrics/:key', async (request, reply) => {
    const { team = '', key = '' } = request.params as Record<string, string>
    const row = isUuid(team)
      ? await platform.db
          .selectFrom('ping_keys')
          .select('team_id')
          .where('team_id', '=', team)
          .where('read_hash', '=', sha256(key))
          .executeTakeFirst()
      : undefined
    if (!row) return reply.code(403).type('text/plain').send('This key opens no metrics.')
    const text = metricsOf(checksOf(platform.db, row.team_id), platform.clock.ms())
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(Readable.from(text, { objectMode: false }))
  })
}
