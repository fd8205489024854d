import type { ImportSample } from '../define-importer.ts'

const text = `{
  "WORKDAYS": {"Type": "Calendar:Regular", "Server": "ctm-ldn",
    "When": {"Years": [{"Year": "2026", "NOV": ["23", "24", "25", "26", "27", "30"], "DEC": ["1", "2", "3", "4"]}]}},
  "EOD": {
    "Type": "Folder", "ControlmServer": "ctm-ldn", "Application": "Risk",
    "When": {"RuleBasedCalendars": {"Included": ["NIGHTS"],
      "NIGHTS": {"Type": "Calendar:RuleBased", "When": {"WeekDays": ["MON", "TUE", "WED", "THU", "FRI"], "MonthDays": ["NONE"], "DaysRelation": "OR"}}},
      "FromTime": "2200"},
    "PRICES": {"Type": "Job:Command", "Command": "/opt/eod/prices.sh", "Host": "prdbat01", "RerunLimit": {"Times": "2"},
      "feeds": {"Type": "Resource:Pool", "Quantity": "2"},
      "eventsToAdd": {"Type": "AddEvents", "Events": [{"Event": "PRICES-TO-CALC"}]}},
    "BACKUP": {"Type": "Job:Script", "FilePath": "/opt/eod", "FileName": "backup.sh", "Host": "prdbat01", "RunAsDummy": true,
      "eventsToAdd": {"Type": "AddEvents", "Events": [{"Event": "PRICES-TO-CALC"}]}},
    "CALC": {"Type": "Job:Command", "Command": "/opt/eod/calc.sh", "Host": "prdbat02", "When": {"ToTime": "0600"},
      "waits": {"Type": "WaitForEvents", "Events": [{"Event": "PRICES-TO-CALC"}, "AND", "(", {"Event": "TRADES-IN"}, "OR", {"Event": "CALC-DONE", "Date": "PrevDate"}, ")"]},
      "clean": {"Type": "DeleteEvents", "Events": [{"Event": "PRICES-TO-CALC"}]},
      "adds": {"Type": "AddEvents", "Events": [{"Event": "CALC-DONE"}]}},
    "REPORTS": {"Type": "SubFolder",
      "PDF": {"Type": "Job:Command", "Command": "pdf", "Host": "prdbat02"},
      "MAIL": {"Type": "Job:Command", "Command": "mail", "Host": "prdbat02"},
      "order": {"Type": "Flow", "Sequence": ["PDF", "MAIL"]}},
    "EOD-SLA": {"Type": "Job:SLAManagement", "ServiceName": "P&L to the desk", "ServicePriority": "1", "JobRunsDeviationsTolerance": "3",
      "CompleteBy": {"Time": "05:30", "Days": "0"}},
    "flow": {"Type": "Flow", "Sequence": ["CALC", "REPORTS", "EOD-SLA"]}
  },
  "MONTH-END": {
    "Type": "SimpleFolder", "ControlmServer": "ctm-ldn",
    "CLOSE": {"Type": "Job:Command", "Command": "close", "Host": "prdbat01",
      "When": {"MonthDays": ["L1"], "MonthDaysCalendar": "WORKDAYS", "FromTime": "1800"}},
    "POLL": {"Type": "Job:Command", "Command": "poll", "Host": "prdbat01", "Rerun": {"Every": "15", "Units": "Minutes", "From": "Start"},
      "When": {"WeekDays": ["MON", "FRI"], "MonthDays": ["NONE"], "FromTime": "0800", "ToTime": "1000"}},
    "AUDIT": {"Type": "Job:Command", "Command": "audit", "Host": "prdbat01",
      "When": {"MonthDays": ["ALL"], "MonthDaysCalendar": "TARGET2", "FromTime": "0900"}}
  }
}
`

export const controlmJsonSample: ImportSample = {
  name: 'what ctm deploy get prints: a smart folder with its SLA job, a plain folder, a calendar',
  files: [{ name: 'folders.json', text }],
  jobs: [
    ['ctm-ldn/EOD', '0 22 * * 1-5 UTC'],
    ['ctm-ldn/EOD/PRICES', 'waits UTC'],
    ['ctm-ldn/EOD/BACKUP', 'waits UTC'],
    ['ctm-ldn/EOD/CALC', 'waits UTC'],
    ['ctm-ldn/EOD/REPORTS', 'waits UTC'],
    ['ctm-ldn/EOD/REPORTS/PDF', 'waits UTC'],
    ['ctm-ldn/EOD/REPORTS/MAIL', 'waits UTC'],
    ['ctm-ldn/EOD/EOD-SLA', 'waits UTC'],
    ['ctm-ldn/MONTH-END/CLOSE', '2026-11-30 18:00\n2026-12-4 18:00 UTC'],
    ['ctm-ldn/MONTH-END/POLL', '*/15 8,9 * * 1,5\n0 10 * * 1,5 UTC'],
    ['ctm-ldn/MONTH-END/AUDIT', null],
  ],
  rules: ['calendar-ends', 'no-producer', 'next-morning', 'calendar-unknown'],
  refusedLines: [],
}
