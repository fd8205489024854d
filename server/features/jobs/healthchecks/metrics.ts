import type { FastifyInstance } from 'fastify'
import { sha256 } from '../../../platform/crypto.ts'
import type { Platform } from '../../../platform/platform.ts'
import { isUuid } from '../ping-action.ts'
import { allChecksOf, type CheckRow, type Status, startedAt, statusOf, uniqueKey } from './checks.ts'

const quoted = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`

type Seen = { check: CheckRow; status: Status }

const gauges: [string, string, (seen: Seen) => boolean][] = [
  ['hc_check_up', 'Whether the check is currently up (1 for yes, 0 for no).', ({ status }) => status !== 'down'],
  [
    'hc_check_started',
    'Whether the check is currently started (1 for yes, 0 for no).',
    ({ check }) => startedAt(check) !== null,
  ],
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

/** Prometheus' text of the checks of a project, under the names that upstream has. */
export const metricsOf = (checks: readonly CheckRow[], now: number): string => {
  const seen = checks.map((check) => ({ check, status: statusOf(check, now) }))
  const lines: string[] = []
  const head = (name: string, help: string) => lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} gauge`)
  for (const [name, help, is] of gauges) {
    head(name, help)
    for (const one of seen) {
      const { check } = one
      const labels = `name=${quoted(check.name)}, tags=${quoted(check.tags.join(' '))}, unique_key="${uniqueKey(check.id)}"`
      lines.push(`${name}{${labels}} ${is(one) ? 1 : 0}`)
    }
  }
  head('hc_tag_up', 'Whether all checks with this tag are up (1 for yes, 0 for no).')
  for (const tag of [...new Set(checks.flatMap((c) => c.tags))].sort())
    lines.push(
      `hc_tag_up{tag=${quoted(tag)}} ${seen.some((s) => s.check.tags.includes(tag) && s.status === 'down') ? 0 : 1}`,
    )
  head('hc_checks_total', 'The total number of checks.')
  lines.push(`hc_checks_total ${seen.length}`)
  head('hc_checks_down_total', 'The number of checks currently down.')
  lines.push(`hc_checks_down_total ${seen.filter((s) => s.status === 'down').length}`)
  return `${lines.join('\n')}\n`
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
    const checks = await allChecksOf(platform.db, row.team_id)
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(metricsOf(checks, platform.clock.ms()))
  })
}
