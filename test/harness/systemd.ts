import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants, existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const manager = '/lib/systemd/systemd'

/** It moves itself and what it starts into control groups, which an ordinary user, and many a container, may not. */
export const canRunSystemd = (): boolean => {
  if (!existsSync(manager)) throw new Error(`${manager} is missing. Run dev/install-test-deps.`)
  if (process.getuid?.() !== 0) return false
  try {
    accessSync('/sys/fs/cgroup', constants.W_OK)
    return true
  } catch {
    return false
  }
}

/**
 * The manager of systemd that each user has, with these units and nothing of this machine, by the real clock; `start`
 * is what it brings up. `systemctl` asks it and resolves to what that prints.
 */
export const startSystemd = async (units: Record<string, string>, start: string) => {
  const home = await mkdtemp(join(tmpdir(), 'wf-systemd-'))
  const folder = join(home, '.config/systemd/user')
  await mkdir(folder, { recursive: true })
  for (const [name, text] of Object.entries(units)) await writeFile(join(folder, name), text)
  const env = { ...process.env, HOME: home, XDG_RUNTIME_DIR: home }
  // Only what says that systemd has started this machine makes it start.
  const script = [
    'mount -t tmpfs none /run/systemd && mkdir /run/systemd/system || exit',
    `exec ${manager} --user --unit="$1"`,
  ].join('\n')
  const child = spawn('unshare', ['--mount', 'sh', '-c', script, 'systemd', start], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return {
    systemctl: async (...args: string[]) =>
      (await promisify(execFile)('systemctl', ['--user', ...args], { env })).stdout,
    stop: async () => {
      child.kill()
      if (child.exitCode === null && !child.signalCode) await once(child, 'exit')
      await rm(home, { recursive: true, force: true })
    },
  }
}
