import { readCronTable } from '../cron-table.ts'
import { defineImporter } from '../define-importer.ts'
import { userColumn } from '../user-column.ts'

/** /etc/crontab and the files of /etc/cron.d. */
export const systemCrontab = defineImporter({
  kind: 'system-crontab',
  title: 'crontab of the system',
  help: 'The table /etc/crontab and the files of /etc/cron.d, which name the user before the command. A job is known by its host, user and command. With what `run-parts --test` prints of a folder, as another file, each script in it is a job.',
  accepts: ({ name, text }) => (userColumn(text) ? (/(^|\/)(etc\/crontab|cron\.d\/)/.test(name) ? 1 : 0.8) : 0),
  read: (files, options) => readCronTable(files, options, true),
  samples: [
    {
      name: '/etc/crontab of Debian',
      files: [
        {
          name: '/etc/crontab',
          text: 'SHELL=/bin/sh\n17 *\t* * *\troot\tcd / && run-parts --report /etc/cron.hourly\n25 6 * * * root test -x /usr/sbin/anacron || { cd / && run-parts --report /etc/cron.daily; }\n0 4 * * root /opt/broken\n',
        },
      ],
      jobs: [
        ['root:0d0bc6306048', '17 * * * * UTC'],
        ['root:1a1927808a47', '25 6 * * * UTC'],
      ],
      rules: ['run-parts', 'run-parts'],
      refusedLines: [4],
    },
  ],
})
