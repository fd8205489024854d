import { basename } from 'node:path'
import { type CronJob, readLines, splitInput } from './lines.ts'

/** A line of the crontab that was, or would be, wrapped. */
export type WrappedJob = { line: number; slug: string } & Pick<CronJob, 'schedule' | 'zone' | 'path' | 'node'>
/** A line that is left as it is, and why. Lines count from 1. */
export type LeftLine = { line: number; text: string; why: string }
export type Wrapped = { text: string; jobs: WrappedJob[]; left: LeftLine[] }

export type WrapOptions = {
  /** The path of watchfloor, as cron is to start it. */
  program: string
  /** In front of each slug: jobs of two hosts are two jobs. */
  prefix: string
  system: boolean
}

/** Debian's cron takes commands of up to 999 bytes. */
const MOST_COMMAND = 990
const shells = new Set(['sh', 'bash', 'dash', 'ksh', 'zsh', 'ash'])

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
const word = (text: string): string => (/^[\w./+@:-]+$/.test(text) ? text : quoted(text))

/** Wraps each line that can be; what is wrapped already stays. Gives back as many lines as it got. */
export const wrapCrontab = (text: string, { program, prefix, system }: WrapOptions): Wrapped => {
  const lines = text.split('\n')
  const read = readLines(lines, system)
  const taken = new Set(read.flatMap((l) => (l.kind === 'job' ? (partsOf(l.command)?.slug ?? []) : [])))
  const jobs: WrappedJob[] = []
  const left: LeftLine[] = []
  const wrapped = lines.map((line, i) => {
    const job = read[i]
    const at = { line: i + 1 }
    const leave = (why: string) => {
      left.push({ ...at, text: line, why })
      return line
    }
    if (job?.kind === 'unread') return leave(job.why)
    if (job?.kind !== 'job') return line
    const told = { schedule: job.schedule, zone: job.zone, path: job.path, node: job.node }
    const already = partsOf(job.command)
    if (already) {
      jobs.push({ ...at, ...told, slug: already.slug })
      return line
    }
    const why = obstacleOf(job)
    if (why) return leave(why)
    const slug = slugOf(prefix, job.command, taken)
    const command = wrapCommand(job, word(program), slug)
    if (command.length > MOST_COMMAND) return leave('wrapped, it would be longer than cron takes')
    taken.add(slug)
    jobs.push({ ...at, ...told, slug })
    return job.lead + command
  })
  return { text: wrapped.join('\n'), jobs, left }
}

/** Why a line must be left alone; null when it need not. */
const obstacleOf = ({ command, schedule, shell }: CronJob): string | null => {
  if (schedule.toLowerCase() === '@reboot') return 'it runs when the host starts, which is no schedule'
  if (/(^|[\s/])watchfloor\s+run\s/.test(command)) return 'it has `watchfloor run` already, written by hand'
  if (/\/ping\/[\w-]{22}|hc-ping\.com|cronitor\.link|nosnch\.in/.test(command)) return 'it pings by itself'
  if (command.includes('\r')) return 'it ends with a carriage return, as from Windows'
  if (command.includes('\0')) return 'it holds a NUL'
  const parts = splitInput(command)
  if (!parts) return 'it has \\\\%, which one cron reads so and another otherwise'
  if (parts.command.trim() === '') return 'it has no command'
  if (!shells.has(basename(shell)) || !/^[\w./-]+$/.test(shell)) return `its SHELL (${shell}) may quote in other ways`
  return null
}

const wrapCommand = ({ command, shell }: CronJob, program: string, slug: string): string => {
  const parts = splitInput(command)
  if (!parts || isPlain(parts.command)) return `${program} run --wrapped ${slug} -- ${command}`
  return `${program} run --wrapped=shell ${slug} -- ${shell} -c ${quoted(parts.command)}${parts.input}`
}

/** One program by its path, with arguments and redirections: the shell may read it behind another one as well. */
const isPlain = (command: string): boolean => {
  const bare = command.replaceAll(/[12]?>&[12](?=\s|$)/g, '')
  return /^[\w.+-]*\/[\w./+-]+(\s|$)/.test(command) && !/[;&|()`{}\\#\n]|<</.test(bare)
}

const head = /^(?:'(?:[^']|'\\'')*'|[^\s']+) run --wrapped(=shell)? ([a-z0-9_-]{1,100}) -- /

/** What `wrapCommand` has put around a command; null when it has not. */
const partsOf = (command: string): { slug: string; original: string } | null => {
  const found = head.exec(command)
  const slug = found?.[2]
  if (!found || !slug) return null
  const rest = command.slice(found[0].length)
  if (!found[1]) return { slug, original: rest }
  const [whole, inner] = /^[\w./-]+ -c '((?:[^']|'\\'')*)'(?=%|$)/s.exec(rest) ?? []
  if (whole === undefined || inner === undefined) return null
  return { slug, original: inner.replaceAll("'\\''", "'") + rest.slice(whole.length) }
}

/** Takes away what `wrapCrontab` has put there; all else stays to the letter. */
export const unwrapCrontab = (text: string, system: boolean): { text: string; lines: number[] } => {
  const lines = text.split('\n')
  const unwrapped: number[] = []
  const read = readLines(lines, system)
  const back = lines.map((line, i) => {
    const job = read[i]
    const parts = job?.kind === 'job' ? partsOf(job.command) : null
    if (job?.kind !== 'job' || !parts) return line
    unwrapped.push(i + 1)
    return job.lead + parts.original
  })
  return { text: back.join('\n'), lines: unwrapped }
}

/** Words that say how a command is run, not which. */
const around = new Set(
  'cd exec nice ionice nohup sudo env time timeout flock chronic setsid test sh bash dash ksh zsh python python3 perl ruby java node php run-parts'.split(
    ' ',
  ),
)

/** Out of the first word that names something, such as a script; with a number where another line has it. */
const slugOf = (prefix: string, command: string, taken: ReadonlySet<string>): string => {
  const words = command.split(/[\s;&|()<>]+/).filter((w) => /^[\w./~$"'{}-]*[a-z]/i.test(w) && !/^(-|\w+=|\$)/.test(w))
  const script = words.find((w) => /\.(sh|py|pl|rb|js|php|bash|ksh|jar|ts)$/.test(w))
  const named = script ?? words.find((w) => !around.has(basename(w)) && !w.startsWith('/dev/')) ?? words[0] ?? 'job'
  const clean = (text: string) =>
    text
      .toLowerCase()
      .replaceAll(/[^a-z0-9_]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
  const name = clean(basename(named).replace(/\.[a-z]{2,4}$/i, '')) || 'job'
  const base = `${prefix}${name}`.slice(0, 90)
  let slug = base
  for (let n = 2; taken.has(slug); n++) slug = `${base}-${n}`
  return slug
}
