import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'

/**
 * Debian's cron with these lines in its crontab, by a clock that shows three seconds to the minute, so that nobody waits
 * for one; or by another, in another zone: `2026-03-29 01:50:00 x600` runs 600 times as fast. It sees a spool and a pid
 * file of its own and runs nothing else of this machine. Resolves to a function that ends it.
 */
export const startCron = async (
  lines: string,
  { clock = '2026-11-26 21:59:57', zone = '' } = {},
): Promise<() => Promise<void>> => {
  // An ordinary user is root in a namespace of users of its own: cron takes on groups, which needs more than one id.
  const root = process.getuid?.() === 0
  const own = root ? [] : ['--user', '--map-root-user', '--map-auto']
  for (const program of [
    '/usr/sbin/cron',
    '/usr/bin/faketime',
    '/usr/bin/curl',
    ...(root ? [] : ['/usr/bin/newuidmap']),
  ])
    if (!existsSync(program)) throw new Error(`${program} is missing. Run dev/install-test-deps.`)
  const script = [
    'set -e',
    'for place in /var/spool/cron/crontabs /etc/cron.d /run; do mount -t tmpfs none $place; done',
    'mount --bind /dev/null /etc/crontab',
    'printf "%s\\n" "$1" > /var/spool/cron/crontabs/root',
    'chmod 600 /var/spool/cron/crontabs/root',
    // faketime stays as its parent and passes no signal on.
    "trap 'kill $(cat /run/crond.pid)' TERM",
    '[ -z "$3" ] || export TZ="$3"',
    'faketime -f "@$2" /usr/sbin/cron -f &',
    'wait; wait',
  ].join('\n')
  const child = spawn('unshare', ['--mount', ...own, 'sh', '-c', script, 'cron', lines, clock, zone], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (d) => (said += d))
  let stopping = false
  const ended = once(child, 'exit').then(() => {
    if (said && !stopping) process.stderr.write(`cron: ${said}\n`)
  })
  return async () => {
    stopping = true
    child.kill()
    await ended
  }
}
