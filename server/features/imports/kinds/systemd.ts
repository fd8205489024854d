import { defineImporter, type ImportedJob, type ImportOptions, type Reading } from '../define-importer.ts'
import { ImportError } from '../import-error.ts'
import { timerJob } from '../timer-job.ts'
import { isTimerList, type ListedTimer, readTimerList } from '../timer-list.ts'
import { readUnits } from '../unit-files.ts'

/** Timers of systemd. */
export const systemd = defineImporter({
  kind: 'systemd',
  title: 'systemd timers',
  help: "The .timer files with the .service files that they start, or what `systemctl cat '*.timer' '*.service'` prints; beside them what `systemctl list-timers --all --output=json` prints, which says which of them are not started. A job is known by its host and timer.",
  accepts({ name, text }) {
    if (isTimerList(text)) return 1
    if (/\.(timer|service)$/.test(name) && /^\[(Unit|Timer|Service)\]/m.test(text)) return 1
    return /^\[Timer\]\s*$/m.test(text) ? 0.9 : 0
  },
  read(files, options) {
    const lists = files.filter((f) => isTimerList(f.text)).map(readTimerList)
    if (lists.includes(null))
      throw new ImportError(
        'The list of timers is not whole JSON. Print it again with systemctl list-timers --all --output=json.',
      )
    const listed = new Map(lists.flatMap((list) => list ?? []).map((timer) => [timer.unit, timer]))
    const units = readUnits(files.filter((f) => !isTimerList(f.text)))
    const reading: Reading = { jobs: [], findings: [], refused: [] }
    for (const unit of units.values()) {
      // A template is no timer yet.
      if (!unit.name.endsWith('.timer') || /@\.timer$/.test(unit.name)) continue
      const { job, findings } = timerJob(unit, units, options)
      reading.jobs.push(withList(job, listed, unit.name))
      reading.findings.push(...findings)
      listed.delete(unit.name)
    }
    for (const timer of listed.values()) reading.jobs.push(withoutFile(timer, options))
    return reading
  },
  samples: [
    {
      name: 'a timer with its service, an addition to it, and the list of timers',
      files: [
        {
          name: 'units.txt',
          text: '# /etc/systemd/system/eod.timer\n[Unit]\nDescription=End of day\n[Timer]\nOnCalendar=Mon..Fri 22:00\nRandomizedDelaySec=2min\nPersistent=true\n\n# /etc/systemd/system/eod.timer.d/late.conf\n[Timer]\nOnCalendar=\nOnCalendar=Mon..Fri 22:30 Europe/Paris\n\n# /etc/systemd/system/eod.service\n[Service]\nType=oneshot\nTimeoutStartSec=45min\nExecStart=-/opt/batch/eod.sh \\\n  --full\n\n# /etc/systemd/system/poll.timer\n[Timer]\nOnBootSec=1min\nOnUnitActiveSec=15min\n',
        },
        {
          name: 'list.json',
          text: '[{"next":1796076000000000,"left":1,"last":0,"passed":0,"unit":"eod.timer","activates":"eod.service"},\n{"next":0,"left":0,"last":0,"passed":0,"unit":"fstrim.timer","activates":"fstrim.service"}]\n',
        },
      ],
      jobs: [
        ['eod.timer', 'Mon..Fri 22:30 Europe/Paris UTC'],
        ['poll.timer', 'every 900'],
        ['fstrim.timer', null],
      ],
      rules: ['persistent', 'no-service'],
      refusedLines: [],
    },
  ],
})

/** Of one by calendar systemd always knows when it is next due, unless it is stopped. */
const withList = (job: ImportedJob, listed: ReadonlyMap<string, ListedTimer>, unit: string): ImportedJob => {
  const found = listed.get(unit)
  if (!found) return job
  return {
    ...job,
    enabled: found.next > 0 || job.schedule?.kind !== 'oncalendar',
  }
}

const withoutFile = (timer: ListedTimer, { host }: ImportOptions): ImportedJob => ({
  file: timer.file,
  line: timer.line,
  externalId: [host, timer.unit].filter(Boolean).join(':'),
  name: timer.unit.replace(/\.timer$/, ''),
  schedule: null,
  unscheduled: `The list says when it is due next, not by which rule. Add what systemctl cat ${timer.unit} ${timer.activates} prints.`,
  command: '',
  host,
  tags: [],
  description: '',
  enabled: true,
  graceSeconds: null,
  maxRunSeconds: null,
  attributes: { unit: timer.activates },
})
