import type { ImportSample } from '../define-importer.ts'

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const allMonths = months.map((m) => `${m}="1"`).join(' ')

const folders = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE DEFTABLE SYSTEM "deftable.dtd">
<!-- Exported at 20-11-2026 18:00:00 -->
<DEFTABLE>
  <FOLDER DATACENTER="ctm-ldn" FOLDER_NAME="FEEDS" FOLDER_ORDER_METHOD="SYSTEM">
    <JOB JOBNAME="TRADES" MEMNAME="trades.sh" MEMLIB="/opt/feeds/" APPLICATION="Feeds" SUB_APPLICATION="Trades" NODEID="prdfed01" RUN_AS="feeds"
         TASKTYPE="Job" TIMEFROM="2130" MAXRERUN="2" MAXWAIT="3" CRITICAL="1" WEEKDAYS="1,2,3,4,5" DAYS_AND_OR="O" ${allMonths}>
      <VARIABLE NAME="%%REGION" VALUE="EMEA &amp; US"/>
      <QUANTITATIVE NAME="FEED-SLOTS" QUANT="2" ONFAIL="R" ONOK="R"/>
      <CONTROL NAME="TRADE-DB" TYPE="E"/>
      <SHOUT WHEN="EXECTIME" TIME="&gt;060" URGENCY="R" DEST="EM" MESSAGE="long"/>
      <OUTCOND NAME="TRADES-IN" ODATE="ODAT" SIGN="+"/>
      <ON STMT="*" CODE="NOTOK"><DOCOND NAME="TRADES-BROKEN" ODATE="ODAT" SIGN="+"/><DOFORCEJOB TABLE_NAME="FEEDS" NAME="REPAIR" ODATE="ODAT"/></ON>
    </JOB>
    <JOB JOBNAME="REPAIR" CMDLINE="repair" NODEID="prdfed01" TASKTYPE="Command"/>
    <JOB JOBNAME="CLEAN" CMDLINE="clean" NODEID="prdfed01" TASKTYPE="Command" DAYS="1,15" WEEKDAYS="6" DAYS_AND_OR="AND" TIMEFROM="0800" JAN="1" JUL="1" DEC="0"/>
    <JOB JOBNAME="SPOOL" CMDLINE="spool" NODEID="prdfed01" CYCLIC="1" INTERVAL="00010M" IND_CYCLIC="E" DAYS="ALL" ${allMonths}/>
  </FOLDER>
  <SMART_FOLDER DATACENTER="ctm-ldn" FOLDER_NAME="EOD" JOBNAME="EOD" TIMEFROM="2200" CONFIRM="0">
    <RULE_BASED_CALENDAR NAME="NIGHTS" DAYS="ALL" DAYSCAL="WORKDAYS" ${allMonths}/>
    <RULE_BASED_CALENDARS NAME="NIGHTS"/>
    <OUTCOND NAME="EOD-DONE" ODATE="ODAT" SIGN="ADD"/>
    <JOB JOBNAME="CALC" CMDLINE="calc" NODEID="prdbat02" PRIORITY="AA">
      <RULE_BASED_CALENDARS NAME="USE PARENT"/>
      <INCOND NAME="TRADES-IN" ODATE="ODAT" AND_OR="A"/>
      <INCOND NAME="RATES" ODATE="STAT" AND_OR="O"/>
      <OUTCOND NAME="TRADES-IN" ODATE="ODAT" SIGN="DEL"/>
    </JOB>
    <JOB JOBNAME="SIGN" CMDLINE="sign" NODEID="prdbat02" CONFIRM="1" TASKTYPE="Dummy"/>
  </SMART_FOLDER>
  <FOLDER DATACENTER="ctm-ldn" FOLDER_NAME="SERVICES">
    <JOB JOBNAME="EOD-BIM" APPL_TYPE="BIM" TASKTYPE="Dummy" DAYS="ALL">
      <INCOND NAME="EOD-DONE" ODATE="ODAT" AND_OR="A"/>
      <VARIABLE NAME="%%BIM-SERVICE_NAME" VALUE="P&amp;L to the desk"/>
      <VARIABLE NAME="%%BIM-DUE_TIME" VALUE="05:30,1"/>
    </JOB>
  </FOLDER>
</DEFTABLE>
`

/** 31 signs for each month. */
const year = (...days: [month: number, day: number][]) => {
  const signs = Array.from({ length: 12 * 31 }, () => 'N')
  for (const [month, day] of days) signs[(month - 1) * 31 + day - 1] = 'Y'
  return signs.join('')
}
const workdays = `<DEFCAL>
  <CALENDAR DATACENTER="ctm-ldn" NAME="WORKDAYS" TYPE="Regular">
    <YEAR NAME="2026" DAYS="${year([11, 20], [11, 23], [11, 24], [11, 25], [12, 24], [12, 31])}"/>
    <YEAR NAME="2027" DAYS="${year([1, 4], [1, 5], [9, 30])}"/>
  </CALENDAR>
</DEFCAL>
`

export const controlmXmlSample: ImportSample = {
  name: 'what exportdeftable and exportdefcal write',
  files: [
    { name: 'folders.xml', text: folders },
    { name: 'calendars.xml', text: workdays },
  ],
  jobs: [
    ['ctm-ldn/FEEDS/TRADES', '30 21 * * 1-5 UTC'],
    ['ctm-ldn/FEEDS/REPAIR', 'waits UTC'],
    ['ctm-ldn/FEEDS/CLEAN', 'Sat *-1,7-1,15 08:00 UTC'],
    ['ctm-ldn/FEEDS/SPOOL', 'every 600'],
    ['ctm-ldn/EOD', '2026-11-20,23..25 22:00\n2026-12-24,31 22:00\n2027-1-4,5 22:00\n2027-9-30 22:00 UTC'],
    ['ctm-ldn/EOD/CALC', 'waits UTC'],
    ['ctm-ldn/EOD/SIGN', 'waits UTC'],
    ['ctm-ldn/SERVICES/EOD-BIM', 'waits UTC'],
  ],
  rules: ['after-its-end', 'no-producer', 'confirmed-by-hand', 'not-its-day', 'event-unused'],
  refusedLines: [],
}
