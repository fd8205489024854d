import { partsOf, readCronTable } from '../cron-table.ts'
import { defineImporter } from '../define-importer.ts'
import { userColumn } from '../user-column.ts'

/** What `crontab -l` prints. */
export const crontab = defineImporter({
  kind: 'crontab',
  title: 'crontab of a user',
  help: 'What `crontab -l` prints. A job is known by its host and command, so that a new time changes it and a new command makes another.',
  accepts({ name, text }) {
    const lines = text.split('\n').filter((l) => /^\s*[@\d*-]/.test(l) && l.length < 1_000)
    const jobs = lines.filter((l) => partsOf(l, false) !== null && /^\s*(@[a-z]+\s|([-\d*,/~HLW]+\s+){3})/.test(l))
    if (jobs.length === 0 || jobs.length < lines.length / 2) return 0
    return userColumn(text) ? 0.3 : /cron/i.test(name) ? 0.8 : 0.6
  },
  read: (files, options) => readCronTable(files, options, false),
  samples: [
    {
      name: 'two jobs of a batch user',
      files: [
        {
          name: 'crontab',
          text: 'MAILTO=eod@harbour-bank.example\n# End-of-day prices\n0 22 * * 1-5 /opt/batch/eod.sh\n@daily /usr/bin/find /tmp/batch -mtime +7 -delete\n@reboot /opt/batch/agent\n*/5 H * * * /opt/batch/poll\n',
        },
      ],
      jobs: [
        ['8a26e8837c84', '0 22 * * 1-5 UTC'],
        ['2f36d378ed78', '@daily UTC'],
        ['d8478c746339', null],
      ],
      rules: [],
      refusedLines: [6],
    },
  ],
})
