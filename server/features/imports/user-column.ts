import { partsOf } from './cron-table.ts'

const MOST_LINES = 500
/** What begins a command and looks like the name of a user. */
const programs =
  /^(test|if|command|cd|flock|nice|timeout|bash|sh|ksh|python\d?|perl|php|node|java|curl|wget|find|echo|rsync|tar|cp|mv|rm|date|sleep|env|export|run-parts|docker|kubectl|psql|mysqldump|mysql|rclone|restic|sudo|nohup|exec|make|git|logrotate)$/

/** Whether the lines of a crontab have a user before their command, as those of the system do. */
export const userColumn = (text: string): boolean => {
  const commands = text
    .split('\n')
    .slice(0, MOST_LINES)
    .filter((l) => /^\s*[@\d*-]/.test(l) && l.length < 1_000)
    .flatMap((l) => partsOf(l, false)?.command ?? [])
  const isNamed = (command: string) => {
    const [first = '', second] = command.split(/\s+/)
    if (second === undefined || !/^[a-z_][\w.-]*\$?$/.test(first) || programs.test(first)) return false
    // `backup daily` is a command of two words; `backup /opt/daily` names a user.
    return first === 'root' || /^([/.~"'[({!$]|\w+=)/.test(second) || programs.test(second)
  }
  return commands.length > 0 && commands.filter(isNamed).length > commands.length / 2
}
