/**
 * The lines of a crontab, as Debian's cron and cronie read them. Text is what the bytes are in Latin-1, so that nothing of
 * it changes on the way. `lead` is all that stands before the command: times, a user where there is one, and the spaces.
 */
export type CronJob = {
  kind: 'job'
  lead: string
  /** Its five fields, or a word such as @daily. */
  schedule: string
  command: string
  /** What the lines above it say; null: nothing. */
  shell: string
  zone: string | null
  path: string | null
  node: string | null
}
export type CronLine = CronJob | { kind: 'setting'; name: string } | { kind: 'other' } | { kind: 'unread'; why: string }

/** As SHELL is unless a line says otherwise. */
const usualShell = '/bin/sh'

const setting = /^\s*(?:"([^"]*)"|'([^']*)'|([^\s='"]+))\s*=\s*(.*?)\s*$/s
const nickname = /^(@[a-z]+)[ \t]+/i
const fields = /^((?:[^\s#]\S*[ \t]+){4}\S+)[ \t]+/

const known = new Set(['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly', '@reboot'])

/** Reads all lines, in order; `system`: a user stands before the command, as in /etc/crontab. */
export const readLines = (lines: string[], system: boolean): CronLine[] => {
  const said = new Map<string, string>()
  return lines.map((line): CronLine => {
    if (/^\s*(#|$)/.test(line)) return { kind: 'other' }
    const [, a, b, c, value = ''] = setting.exec(line) ?? []
    const name = a ?? b ?? c
    if (name !== undefined) {
      said.set(name, value.replace(/^(["'])(.*)\1$/s, '$2'))
      return { kind: 'setting', name }
    }
    const indent = /^[ \t]*/.exec(line)?.[0] ?? ''
    const rest = line.slice(indent.length)
    const times = nickname.exec(rest) ?? fields.exec(rest)
    if (!times) return { kind: 'unread', why: 'it has no five times and a command' }
    const user = system ? /^\S+[ \t]+/.exec(rest.slice(times[0].length)) : null
    if (system && !user) return { kind: 'unread', why: 'it names no user before its command' }
    const lead = indent + times[0] + (user?.[0] ?? '')
    const schedule = times[1] ?? ''
    const why = problemOf(schedule)
    if (why) return { kind: 'unread', why }
    return {
      kind: 'job',
      lead,
      schedule: schedule.replaceAll(/[ \t]+/g, ' '),
      command: line.slice(lead.length),
      shell: said.get('SHELL') ?? usualShell,
      zone: said.get('CRON_TZ') ?? null,
      path: said.get('PATH') ?? null,
      node: said.get('WATCHFLOOR_NODE') ?? null,
    }
  })
}

const problemOf = (schedule: string): string | null => {
  if (schedule.startsWith('@')) {
    if (!known.has(schedule.toLowerCase())) return `${schedule} is no time that is known here`
    return null
  }
  if (/[~]/.test(schedule)) return 'its time is drawn by chance (~), so nobody can say when it is due'
  return /^[\d*,/\-a-z ?\t]+$/i.test(schedule) ? null : 'its times cannot be read'
}

/**
 * Where the command ends and what it reads begins: at the first % that no backslash stands before. Null where one cron
 * reads it so and another otherwise.
 */
export const splitInput = (command: string): { command: string; input: string } | null => {
  if (/\\\\+%/.test(command)) return null
  const at = /(?<!\\)%/.exec(command)?.index ?? command.length
  return { command: command.slice(0, at), input: command.slice(at) }
}
