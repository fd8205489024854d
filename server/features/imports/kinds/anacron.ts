import { boundsOf, nameOf } from '../command-words.ts'
import { settingOf } from '../cron-table.ts'
import { defineImporter, type ImportedJob, type ImportOptions, type Place } from '../define-importer.ts'

const DAY = 86_400
const periods: Record<string, number> = { '@daily': 1, '@weekly': 7, '@monthly': 31, '@yearly': 366, '@annually': 366 }
const jobLine = /^(\d{1,4}|@[a-z]+)\s+(\d{1,6})\s+(\S+)\s+(\S.*)$/
/** What it is late by itself: it runs once its machine is on, within the hours that the table names. */
const GRACE = 3_600

/** /etc/anacrontab: jobs of machines that are not always on. */
export const anacron = defineImporter({
  kind: 'anacron',
  title: 'anacrontab',
  help: 'The table /etc/anacrontab: a period in days, a delay in minutes, a name and a command. A job is expected at least once a period, and is known by its host and name.',
  accepts({ name, text }) {
    const lines = text.split('\n').filter((l) => /^\s*[\d@]/.test(l))
    const fitting = lines.filter(
      (l) => /^(\d{1,4}|@\w+)\s+\d{1,6}\s+[\w.-]+\s+\S/.test(l.trim()) && !/^\S+\s+\S+\s+\S+\s+[\d*]/.test(l.trim()),
    )
    if (lines.length === 0 || fitting.length < lines.length / 2) return 0
    return /anacron/.test(name) ? 1 : 0.7
  },
  read(files, options) {
    const jobs: ImportedJob[] = []
    const refused: (Place & { reason: string })[] = []
    for (const { name: file, text } of files) {
      const settings: Record<string, string> = {}
      for (const [at, whole] of text.split('\n').entries()) {
        const line = whole.trim()
        const place = { file, line: at + 1 }
        if (line === '' || line.startsWith('#')) continue
        const setting = settingOf(line)
        if (setting) settings[setting[0]] = setting[1]
        else {
          const job = jobOf(place, line, settings, options)
          if (job) jobs.push(job)
          else
            refused.push({
              ...place,
              reason:
                'A line of an anacrontab has a period in days (or @daily, @weekly, @monthly), a delay in minutes, a name and a command.',
            })
        }
      }
    }
    return { jobs, findings: [], refused }
  },
  samples: [
    {
      name: 'the table of a distribution',
      files: [
        {
          name: '/etc/anacrontab',
          text: 'RANDOM_DELAY=45\nSTART_HOURS_RANGE=3-22\n1\t5\tcron.daily\tnice run-parts /etc/cron.daily\n7 25 cron.weekly nice run-parts /etc/cron.weekly\n@monthly 45 cron.monthly nice run-parts /etc/cron.monthly\n@often 5 x y\n',
        },
      ],
      jobs: [
        ['cron.daily', 'every 86400'],
        ['cron.weekly', 'every 604800'],
        ['cron.monthly', 'every 2678400'],
      ],
      rules: [],
      refusedLines: [6],
    },
  ],
})

const jobOf = (
  place: Place,
  line: string,
  settings: Record<string, string>,
  { host }: ImportOptions,
): ImportedJob | null => {
  const [, period = '', delay = '', id = '', command = ''] = jobLine.exec(line) ?? []
  const days = periods[period] ?? (Number(period) || null)
  if (days === null || period === '') return null
  const byChance = Number(settings.RANDOM_DELAY) || 0
  return {
    ...place,
    externalId: [host, id].filter(Boolean).join(':'),
    name: /^cron\.(daily|weekly|monthly)$/.test(id) ? id : `${id}: ${nameOf(command)}`,
    schedule: { kind: 'period', seconds: days * DAY },
    unscheduled: null,
    command,
    host,
    tags: [],
    description: '',
    enabled: true,
    graceSeconds: GRACE + (Number(delay) + byChance) * 60,
    maxRunSeconds: boundsOf(command).maxRunSeconds,
    attributes: { line, ...(Object.keys(settings).length > 0 && { settings: { ...settings } }) },
  }
}
