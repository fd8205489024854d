import { boundsOf, mark, nameOf } from './command-words.ts'
import { fieldFindings } from './cron-fields.ts'
import type { Finding, ImportedJob, ImportFile, ImportOptions, Place, Reading, Refusal } from './define-importer.ts'
import { eachOf, folderFindings, isListing, type Scripts, scriptsIn } from './run-parts.ts'

/** Longer than any cron takes, which is some thousand characters. */
const MOST_CHARACTERS = 10_000

/** `NAME = value`, in quotes or not; it holds for the lines below it. */
export const settingOf = (line: string): [name: string, value: string] | null => {
  const found = /^\s*(?:([A-Za-z_]\w*)|"([^"]+)"|'([^']+)')\s*=\s*(.*)$/.exec(line)
  if (!found) return null
  const [, plain, double, single, value = ''] = found
  return [plain ?? double ?? single ?? '', value.trim().replace(/^(["'])(.*)\1$/, '$2')]
}

type Line = { fields: string; user: string | null; command: string }

/** The parts of a line of a job; null when it is none. */
export const partsOf = (line: string, hasUser: boolean): Line | null => {
  const when = /^\s*(@\S+|\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s+(\S.*)$/.exec(line)
  if (!when?.[1] || !when[2]) return null
  const fields = when[1].replace(/\s+/g, ' ')
  if (!hasUser) return { fields, user: null, command: when[2].trim() }
  const rest = /^(\S+)\s+(\S.*)$/.exec(when[2])
  return rest?.[1] && rest[2] ? { fields, user: rest[1], command: rest[2].trim() } : null
}

/** Reads a crontab: one of a user, or one that names a user in each line. */
export const readCronTable = (files: readonly ImportFile[], options: ImportOptions, hasUser: boolean): Reading => {
  const reading: Reading = { jobs: [], findings: [], refused: [] }
  const seen = new Map<string, number>()
  const lists = files.filter(({ text }) => isListing(text))
  const scripts = scriptsIn(lists)
  for (const file of files) if (!lists.includes(file)) readFile(file, options, hasUser, reading, seen, scripts)
  return reading
}

const readFile = (
  { name: file, text }: ImportFile,
  options: ImportOptions,
  hasUser: boolean,
  { jobs, findings, refused }: Reading,
  seen: Map<string, number>,
  scripts: Scripts,
): void => {
  const settings = new Map<string, string>()
  let remark: string[] = []
  for (const [at, whole] of text.split('\n').entries()) {
    const place = { file, line: at + 1 }
    const line = whole.trim()
    if (line === '') remark = []
    else if (line.startsWith('#')) remark.push(line.replace(/^#+\s*/, ''))
    else {
      const setting = line.length <= MOST_CHARACTERS ? settingOf(line) : null
      if (setting) {
        settings.set(...setting)
        findings.push(...settingFindings(place, setting, options))
      } else {
        const found = readLine(place, line, hasUser, settings, remark, options)
        if ('reason' in found) refused.push(found)
        else {
          const { job: whole, notes } = found
          for (const job of eachOf(whole, scripts, options)) {
            const times = (seen.get(job.externalId) ?? 0) + 1
            seen.set(job.externalId, times)
            jobs.push(times > 1 ? { ...job, externalId: `${job.externalId}#${times}` } : job)
          }
          findings.push(...notes, ...folderFindings(place, whole, scripts))
        }
      }
      remark = []
    }
  }
}

const readLine = (
  place: Place,
  line: string,
  hasUser: boolean,
  settings: ReadonlyMap<string, string>,
  remark: readonly string[],
  { zone: own, host }: ImportOptions,
): { job: ImportedJob; notes: Finding[] } | Refusal => {
  if (line.length > MOST_CHARACTERS)
    return { ...place, reason: `It has more than ${MOST_CHARACTERS} characters; cron takes about a thousand.` }
  const parts = partsOf(line.replace(/^-/, ''), hasUser)
  if (!parts)
    return {
      ...place,
      reason: hasUser
        ? 'A line of a system crontab has five fields, a user and a command.'
        : 'A line of a crontab has five fields and a command.',
    }
  const problem = otherDialect(parts.fields)
  if (problem) return { ...place, reason: problem }
  const [command, ...input] = cutAtPercent(parts.command)
  const { alone, maxRunSeconds } = boundsOf(command)
  const atBoot = parts.fields === '@reboot'
  const zone = settings.get('CRON_TZ') || own
  const about = remark.filter((l) => !isCommentedOut(l, hasUser)).join('\n')
  const shown = Object.fromEntries(settings)
  const job: ImportedJob = {
    ...place,
    externalId: [host, parts.user, mark(command)].filter(Boolean).join(':'),
    name: nameOf(command),
    schedule: atBoot ? null : { kind: 'cron', expression: parts.fields, zone },
    unscheduled: atBoot ? 'It runs when its machine starts (@reboot), at no time that could be expected.' : null,
    command,
    host,
    tags: [],
    description: about,
    enabled: true,
    graceSeconds: null,
    maxRunSeconds,
    attributes: {
      line,
      ...(parts.user && { user: parts.user }),
      ...(input.length > 0 && { input: input.join('\n') }),
      ...(alone && { alone }),
      ...(settings.size > 0 && { settings: shown }),
    },
  }
  return { job, notes: [...fieldFindings(place, parts.fields), ...inputFindings(place, input)] }
}

/** What other programs have in these fields and no cron that we know of. */
const otherDialect = (fields: string): string | null => {
  if (/(^|[\s,])H/.test(fields)) return 'H is of Jenkins: write the minute and hour at which it runs.'
  if (fields.includes('~'))
    return `${fields} is a time by chance, drawn when cron starts: write the time, or add the job with a period.`
  return null
}

/** A command ends at its first `%` without `\`; what follows is its input, in which `%` ends a line. */
const cutAtPercent = (text: string): [string, ...string[]] => {
  const [command = '', ...input] = text.split(/(?<!\\)%/).map((part) => part.replaceAll('\\%', '%'))
  return [command.trim(), ...input]
}

const isCommentedOut = (remark: string, hasUser: boolean): boolean => {
  const parts = remark.length <= MOST_CHARACTERS ? partsOf(remark, hasUser) : null
  return parts !== null && /^(@\w+$|([\d*,/-]+ ){3})/.test(parts.fields)
}

const inputFindings = (place: Place, input: readonly string[]): Finding[] => {
  const found: Finding[] = []
  if (input.length > 0)
    found.push({
      ...place,
      rule: 'percent',
      severity: 'warn',
      message:
        'cron ends the command at the first % and gives it the rest as input. Where a % is meant, as in date +%F, write \\%.',
    })
  return found
}

const settingFindings = (place: Place, [name, value]: [string, string], { zone }: ImportOptions): Finding[] => {
  if (name === 'TZ')
    return [
      {
        ...place,
        rule: 'command-zone',
        severity: 'warn',
        message: `TZ is the zone of what the commands print, not of their times: they are read in ${zone}. CRON_TZ sets that.`,
      },
    ]
  if (name === 'CRON_TZ')
    return [
      {
        ...place,
        rule: 'cron-zone',
        severity: 'info',
        message: `The lines below are read in ${value}. cronie does so; Debian's own cron does not know CRON_TZ and takes the zone of the machine.`,
      },
    ]
  return []
}
