/** Definitions of AutoSys as a bank has them: streams of the night in boxes, in every way of writing that JIL knows. */

const desks = ['FX', 'RATES', 'EQUITY', 'CREDIT', 'REPO', 'METALS', 'FUNDS', 'LOANS'] as const
const cities = [
  { code: 'LDN', zone: 'Europe/London', holidays: 'UK_HOLS' },
  { code: 'NYC', zone: 'US/Eastern', holidays: 'NYSE_HOLS' },
  { code: 'TKO', zone: 'Tokyo', holidays: 'TSE_HOLS' },
  { code: 'FRA', zone: 'Europe/Berlin', holidays: 'TARGET_HOLS' },
] as const

/** What each stream holds; together they have every attribute that an importer reads, and some that no one knows. */
const stream = (at: number): string[] => {
  const city = cities[at % cities.length] ?? cities[0]
  const desk = desks[at % desks.length] ?? desks[0]
  const p = `${city.code}_${desk}_${Math.floor(at / desks.length)}`
  const box = `${p}_EOD_BOX`
  const machine = `prdbat${String((at % 12) + 1).padStart(2, '0')}`
  const hour = 18 + (at % 5)
  return [
    `insert_job: ${box}   job_type: BOX`,
    `owner: batch@${machine}\ndate_conditions: 1\ndays_of_week: mo,tu,we,th,fr\nexclude_calendar: ${city.holidays}`,
    `start_times: "${hour}:00"\ntimezone: ${city.zone}\nmust_start_times: "${hour}:15"\nmust_complete_times: "29:30"`,
    `description: "The end of day of ${desk} in ${city.code}"\nbox_success: s(${p}_REPORT)\nbox_failure: f(${p}_PNL)\n`,
    `/* ---- prices ---- */\ninsert_job: ${p}_PRICES   job_type: CMD\nbox_name: ${box}\nmachine: ${machine}`,
    `command: /apps/${desk.toLowerCase()}/prices.sh --at ${hour}\\:00 > /dev/null\nprofile: /home/batch/.profile`,
    `std_out_file: /var/log/batch/$AUTO_JOB_NAME.out\nstd_err_file: "/var/log/batch/$AUTO_JOB_NAME.err"`,
    `n_retrys: ${at % 4}\nmax_run_alarm: 45\nmin_run_alarm: 1\nterm_run_time: 120\nalarm_if_fail: 1\nalarm_if_terminated: 1`,
    `resources: (DB_${desk}, quantity=2, free=A) and (LICENCES, QUANTITY=1)\npriority: 10\navg_runtime: 25\nauto_delete: 0\n`,
    `insert_job: ${p}_FILE   job_type: FW\nbox_name: ${box}\nmachine: ${machine}\nwatch_file: /in/${desk.toLowerCase()}/trades.csv`,
    `watch_interval: 60\nwatch_file_min_size: 1024\nsite_risk_tier: ${at % 3}\n`,
    `insert_job: ${p}_TRADES   job_type: CMD\nbox_name: ${box}\nmachine: ${machine}\ncommand: /apps/trades/load.sh ${desk}`,
    `condition: s(${p}_FILE) & n(${p}_PURGE)\nmax_exit_success: 2\nsuccess_codes: 0-2,8\nfail_codes: 9-255\nbox_terminator: 1\n`,
    `insert_job: ${p}_PNL   job_type: CMD\nbox_name: ${box}\nmachine: ${machine}\ncommand: /apps/pnl/run.sh $AUTORUN`,
    `condition: s(${p}_PRICES) & (s(${p}_TRADES,12.00) | d(${p}_TRADES_BACKUP,00.30)) & v(MKT_OPEN) = "N"`,
    `job_load: 20\nsend_notification: y\nnotification_msg: P&L is late\nnotification_emailaddress: eod@harbour-bank.example\nheartbeat_interval: 5\n`,
    `insert_job: ${p}_TRADES_BACKUP   job_type: CMD\nbox_name: ${box}\nmachine: ${machine}\ncommand: /apps/trades/backup.sh`,
    `condition: f(${p}_TRADES) or t(${p}_TRADES) or e(${p}_TRADES) > 8\njob_terminator: 1\n`,
    `insert_job: ${p}_REPORT   job_type: CMD\nbox_name: ${box}\nmachine: ${machine}\ncommand: /apps/report/mail.sh`,
    `condition: success(${p}_PNL) AND exitcode(${p}_PNL)<4\nauto_hold: 0\napplication: ${desk}\ngroup: EOD_${city.code}\n`,
    `# once it is all done\ninsert_job: ${p}_ARCHIVE   job_type: CMD\nmachine: ${machine}\ncommand: /apps/archive.sh ${p}`,
    `date_conditions: 1\nrun_calendar: MONTH_END\nstart_times: "23:30"\ncondition: s(${box},0) & d(${p}_REPORT^DR,9999)\n`,
    `insert_job: ${p}_POLL   job_type: CMD\nmachine: ${machine}\ncommand: /apps/feeds/poll.sh ${desk}\ndate_conditions: y`,
    `days_of_week: all\nstart_mins: 0,15,\n  30,45\nrun_window: "22:00-06:00"\nmust_complete_times: +10\n`,
    `insert_job: ${p}_PURGE   job_type: CMD\nmachine: ${machine}\ncommand: /apps/purge.sh ${p}\ndate_conditions: 1`,
    `days_of_week: sa,su\nstart_times: "04:00, 16:30"\nmust_start_times: +30\nstatus: ${['INACTIVE', 'ON_HOLD', 'INACTIVE', 'ON_ICE'][at % 4]}\n`,
    `insert_job: ${p}_TRIGGER   job_type: ${['FT', 'OMTF', 'SQL', 'SAP'][at % 4]}\nmachine: ${machine}\nwatch_file: /in/${p}.trg\n`,
  ]
}

const jobsOfStream = 11

/** JIL with at least so many jobs, as `autorep -J ALL -q` prints it. */
export const autosysJil = (jobs: number): string =>
  Array.from({ length: Math.ceil(jobs / jobsOfStream) }, (_, at) => stream(at).join('\n')).join('\n')

/** The calendars that they name, as `autocal_asc -E` prints them. */
export const autosysCalendars = `calendar: UK_HOLS
description: Bank holidays of England
12/25/2026 00:00:00
12/28/2026 00:00:00
01/01/2027 00:00:00

calendar: NYSE_HOLS
11/26/2026 00:00:00
12/25/2026 00:00:00
01/01/2027 00:00:00

calendar: TSE_HOLS
12/31/2026 00:00:00
01/01/2027 00:00:00

calendar: TARGET_HOLS
12/25/2026 00:00:00
01/01/2027 00:00:00

extended_calendar: MONTH_END
description:
workday: mo,tu,we,th,fr
non_workday:
holiday: P
holcal: UK_HOLS
cyccal:
adjust: 0
condition: EOMWORK
`

const column = (text: string, width: number) => text.padEnd(width)
const heading = `${column('Job Name', 64)} ${column('Last Start', 20)} ${column('Last End', 20)} ST/Ex Run/Ntry Pri/Xit\n${'_'.repeat(64)} ${'_'.repeat(20)} ${'_'.repeat(20)} _____ ________ _______\n`

/** One row of a report of autorep. */
export type AutorepRow = { job: string; depth?: number; start?: string; end?: string; status: string; exit?: number }

/** A report as `autorep -J ALL` prints it. */
export const autorep = (rows: readonly AutorepRow[]): string =>
  heading +
  rows
    .map(
      ({ job, depth = 0, start = '-----', end = '-----', status, exit = 0 }, at) =>
        `${column(' '.repeat(depth) + job, 64 + depth)} ${column(start, 20)} ${column(end, 20)} ${column(status, 5)} ${column(`${8812 + at}/1`, 8)} ${exit}`,
    )
    .join('\n')
