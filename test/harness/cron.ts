import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'

/**
 * Debian's cron with one line in its crontab, by a clock that shows three seconds to the minute, so that nobody waits for
 * one. It sees a spool and a pid file of its own and runs nothing else of this machine. Resolves to a function that ends it.
 */
export const startCron = async (line: string): Promise<() => Promise<void>> => {
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
    "faketime '2026-11-26 21:59:57' /usr/sbin/cron -f &",
    'wait; wait',
  ].join('\n')
  const child = spawn('unshare', ['--mount', ...own, 'sh', '-c', script, 'cron', line], {
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
