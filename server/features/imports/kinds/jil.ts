import { defineImporter } from '../define-importer.ts'
import { reportAt } from '../jil/autorep.ts'
import { readAutosys } from '../jil/read.ts'

const night = `/* ---- the end of day ---- */
insert_job: EOD_BOX   job_type: BOX
date_conditions: 1
days_of_week: mo,tu,we,th,fr
start_times: "22:00"

insert_job: EOD_PRICES   job_type: CMD
box_name: EOD_BOX
machine: prdbat01
owner: batch@prdbat01
command: /apps/prices/load.sh --at 22\\:00
n_retrys: 2
max_run_alarm: 45

insert_job: EOD_TRADES   job_type: CMD
box_name: EOD_BOX
machine: prdbat01
command: /apps/trades/close.sh
condition: v(MKT_OPEN) = "N"

insert_job: EOD_PNL_CALC   job_type: CMD
machine: prdbat02
command: /apps/pnl/run.sh $AUTORUN
date_conditions: 1
days_of_week: mo,tu,we,th,fr
exclude_calendar: UK_HOLS
start_times: "22:30"
condition: s(EOD_PRICES,12.00) & (s(EOD_TRADES,12.00) | d(EOD_TRADES_BACKUP,12.00))
max_run_alarm: 45
min_run_alarm: 2
term_run_time: 120
must_complete_times: "29:30"
desk_code: FX-7
insert_widget: odd
`
const calendars = `calendar: UK_HOLS
12/25/2026 00:00
12/28/2026 00:00
01/01/2027 00:00
`
const report = `Job Name                                                         Last Start           Last End             ST/Ex Run/Ntry Pri/Xit
________________________________________________________________ ____________________ ____________________ _____ ________ _______
EOD_BOX                                                          11/20/2026 22:00:00  11/20/2026 23:41:10  SU    8812/1   0
 EOD_PRICES                                                      11/20/2026 22:00:01  11/20/2026 22:31:04  SU    8812/1   0
 EOD_TRADES                                                      -----                -----                OI    8812/1   0
EOD_PNL_CALC                                                     11/20/2026 22:31:05  11/20/2026 23:41:09  SU    8813/1   0
`

/** AutoSys (Workload Automation AE): definitions, calendars, and reports of its states and runs. */
export const jil = defineImporter({
  kind: 'jil',
  title: 'AutoSys',
  help: 'JIL as `autorep -J ALL -q` prints it; beside it what `autocal_asc -E` prints of calendars, and what `autorep -J ALL` prints of the present state and `autorep -J ALL -r -1` of past runs, which say what is on hold and how long a run usually takes. A job is known by its name, and by the instance where you name one as its host, such as PRD: then a condition on JOB^PRD of another instance finds it.',
  accepts({ text }) {
    if (/^[ \t]*(insert|update|delete|override)_(job|box)[ \t]*:/im.test(text)) return 1
    return reportAt(text) !== null ||
      /^[ \t]*(calendar|extended_calendar|ext_calendar|cycle)[ \t]*:[ \t]*\S/im.test(text)
      ? 0.8
      : 0
  },
  read: readAutosys,
  // 50,000 jobs as they are usually defined.
  mostText: 32_000_000,
  samples: [
    {
      name: 'a night with its box, a calendar, and the report of its state',
      files: [
        { name: 'eod.jil', text: night },
        { name: 'calendars.txt', text: calendars },
        { name: 'autorep.txt', text: report },
      ],
      jobs: [
        ['EOD_BOX', '0 22 * * 1-5 UTC'],
        ['EOD_PRICES', 'waits UTC'],
        ['EOD_TRADES', 'waits UTC'],
        [
          'EOD_PNL_CALC',
          'Mon..Fri 2026-1..11-* 22:30\n2026-12-1..4,7..11,14..18,21..24,29..31 22:30\n2027-1-4..8,11..15,18..22,25..29 22:30\nMon..Fri 2027-2..12-* 22:30\nMon..Fri 2028..2200-*-* 22:30 UTC',
        ],
      ],
      rules: ['on-hold', 'unknown-job', 'iced'],
      refusedLines: [34],
    },
  ],
})
