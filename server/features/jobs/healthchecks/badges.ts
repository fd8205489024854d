import type { FastifyInstance, FastifyReply } from 'fastify'
import { sameText } from '../../../platform/crypto.ts'
import type { Platform } from '../../../platform/platform.ts'
import { remembering } from '../../../platform/remembering.ts'
import { isUuid } from '../ping-action.ts'
import { checkOfBadge, type Status, standingOf, statusOf, tagsOf } from './checks.ts'
import type { Asked } from './mount.ts'

type Badge = { label: string; status: 'up' | 'late' | 'down'; total: number; grace: number; down: number }

/** Of all checks with a tag, or of one; `late` where three states are asked for, else late is still up. */
export const badgeOf = (
  label: string,
  statuses: readonly Status[],
  isThree: boolean,
  total = statuses.length,
): Badge => {
  const down = statuses.filter((s) => s === 'down').length
  const grace = statuses.filter((s) => s === 'grace').length
  const status = down > 0 ? 'down' : grace > 0 && isThree ? 'late' : 'up'
  return { label, status, total, grace, down }
}

const colours = { up: '#2e7d32', late: '#b45309', down: '#b91c1c' }
const shields = { up: 'success', late: 'important', down: 'critical' }

const escaped = (text: string): string =>
  text.replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`).replace(/\p{Cc}/gu, ' ')

/** Some seven pixels a letter at eleven pixels. */
const widthOf = (text: string): number => [...text].length * 7 + 12

export const svgOf = ({ label, status }: Badge): string => {
  const short = [...label].slice(0, 60).join('')
  const [left, right] = [widthOf(short), widthOf(status)]
  const words = `${escaped(short)}: ${status}`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${words}"><title>${words}</title><rect width="${left + right}" height="20" rx="3" fill="#444"/><path fill="${colours[status]}" d="M${left} 0h${right - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3h-${right - 3}z"/><g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle"><text x="${left / 2}" y="14">${escaped(short)}</text><text x="${left + right / 2}" y="14">${status}</text></g></svg>`
}

const send = (reply: FastifyReply, badge: Badge, format: string) => {
  reply.header('cache-control', 'no-cache, no-store').header('access-control-allow-origin', '*')
  const { label, status, ...counts } = badge
  if (format === 'json') return reply.send({ status, ...counts })
  if (format === 'shields') return reply.send({ schemaVersion: 1, label, message: status, color: shields[status] })
  return reply.type('image/svg+xml').send(svgOf(badge))
}

const formats = ['svg', 'json', 'shields']

const signOf = ({ crypto }: Platform, badgeKey: string, tag: string): string =>
  crypto.sign('badge', `${badgeKey}/${tag}`).replace(/[-_]/g, 'x').slice(0, 12)

/** The addresses of all badges of a team: of each of its tags, and `*` of all its checks. */
export const badgesOf = async ({ platform, caller, base }: Asked) => {
  const { team } = caller
  if (!team) return { badges: {} }
  const tags = ['*', ...(await tagsOf(platform.db, team.id))]
  const of = (tag: string) => {
    const sign = signOf(platform, team.badgeKey, tag)
    const tail = tag === '*' ? '' : `/${encodeURIComponent(tag)}`
    const at = (format: string, suffix: string) => `${base}/badge/${team.badgeKey}/${sign}${suffix}${tail}.${format}`
    return Object.fromEntries(
      formats.flatMap((f) => [
        [f, at(f, '-2')],
        [`${f}3`, at(f, '')],
      ]),
    )
  }
  return { badges: Object.fromEntries(tags.map((tag) => [tag, of(tag)])) }
}

/** Badges, which anybody may see who knows their address. */
export const mountBadges = (http: FastifyInstance, platform: Platform): void => {
  const options = { helmet: { contentSecurityPolicy: false }, config: { rateLimit: false } } as const
  const notFound = (reply: FastifyReply) => reply.code(404).type('text/plain').send('not found')
  // Anybody may ask, and often: what has a tag is looked through once in three seconds.
  const tagged = remembering(platform, (key) => {
    const cut = key.indexOf(' ')
    const [teamId, tag] = [key.slice(0, cut), key.slice(cut + 1)]
    return standingOf(platform.db, teamId, tag === '*' ? null : tag, platform.clock.ms())
  })

  http.get('/b/:states/:file', options, async (request, reply) => {
    const { states = '', file = '' } = request.params as Record<string, string>
    const [badge = '', format = ''] = file.split('.')
    if (!/^[23]$/.test(states) || !isUuid(badge) || !formats.includes(format)) return notFound(reply)
    const check = await checkOfBadge(platform.db, badge.toLowerCase())
    if (!check) return notFound(reply)
    return send(reply, badgeOf(check.name, [statusOf(check, platform.clock.ms())], states === '3'), format)
  })

  const ofTag = async (reply: FastifyReply, badgeKey: string, signed: string, tag: string, format: string) => {
    const isThree = !signed.endsWith('-2')
    const sign = isThree ? signed : signed.slice(0, -2)
    if (!formats.includes(format) || !sameText(sign, signOf(platform, badgeKey, tag))) return notFound(reply)
    const team = await platform.db
      .selectFrom('ping_keys')
      .select('team_id')
      .where('badge_key', '=', badgeKey)
      .executeTakeFirst()
    if (!team) return notFound(reply)
    const { total, doubtful } = await tagged.ask(`${team.team_id} ${tag}`)
    const statuses = doubtful.map((c) => statusOf(c, platform.clock.ms()))
    return send(reply, badgeOf(tag === '*' ? 'all' : tag, statuses, isThree, total), format)
  }
  const cut = (file: string): [string, string] => {
    const dot = file.lastIndexOf('.')
    return dot < 0 ? [file, ''] : [file.slice(0, dot), file.slice(dot + 1)]
  }
  http.get('/badge/:key/:file', options, async (request, reply) => {
    const { key = '', file = '' } = request.params as Record<string, string>
    const [signed, format] = cut(file)
    return ofTag(reply, key, signed, '*', format)
  })
  http.get('/badge/:key/:signed/:file', options, async (request, reply) => {
    const { key = '', signed = '', file = '' } = request.params as Record<string, string>
    const [tag, format] = cut(file)
    return ofTag(reply, key, signed, tag, format)
  })
}
