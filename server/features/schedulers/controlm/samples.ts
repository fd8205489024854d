import type { Estimate, SchedulerSample } from '../define-scheduler.ts'

const status = (id: string, name: string, more: object) => ({
  jobId: `ctm-ldn:${id}`,
  folderId: 'ctm-ldn:0002a',
  numberOfRuns: 1,
  name,
  folder: 'EOD',
  type: 'Command',
  status: 'Wait Condition',
  held: 'false',
  deleted: 'false',
  cyclic: 'false',
  startTime: '',
  endTime: '',
  estimatedStartTime: [],
  estimatedEndTime: [],
  orderDate: '261123',
  ctm: 'ctm-ldn',
  description: '',
  host: 'prdbat01',
  application: 'Risk',
  subApplication: 'EOD',
  outputURI: `https://ctm.example.com:8443/automation-api/run/job/ctm-ldn:${id}/output`,
  logURI: `https://ctm.example.com:8443/automation-api/run/job/ctm-ldn:${id}/log`,
  ...more,
})

const service = {
  serviceName: 'P&L to the desk',
  status: 'Late',
  statusReason: 'CALC runs longer than on average',
  startTime: '20261123213000',
  endTime: '20261124054500',
  dueTime: '20261124053000',
  slackTime: '-00:15',
  serviceOrderDateTime: '20261123',
  scheduledOrderDate: '20261123',
  serviceJob: 'ctm-ldn:0002f',
  serviceControlM: 'ctm-ldn',
  priority: '1',
  note: '',
  totalJobs: '4',
  jobsCompleted: '1',
  jobsWithoutStatistics: '1',
  completionPercentage: '25',
  averageCompletionTime: '06:10',
  errors: '',
  statusByJobs: { executed: '1', waitCondition: '1', completed: '1', error: '1' },
}

const list = [
  status('0002a', 'EOD', { type: 'Folder', status: 'Executing', startTime: '20261123213000', host: '' }),
  status('0002b', 'PRICES', { status: 'Ended OK', startTime: '20261123213001', endTime: '20261123214512' }),
  status('0002c', 'TRADES', { status: 'Ended Not OK', startTime: '20261123213001', endTime: '20261123213130' }),
  status('0002d', 'CALC', {
    status: 'Executing',
    folder: 'EOD/CORE',
    startTime: '20261123214513',
    estimatedEndTime: ['20261123223000'],
  }),
  status('0002f', 'EOD-SLA', { type: 'SLAManagement', host: '', held: 'true' }),
]

const services = { activeServices: [service] }
const estimates: Estimate[] = [
  {
    service: 'P&L to the desk',
    date: '20261123',
    job: 'ctm-ldn/EOD/EOD-SLA',
    expectedEnd: Date.UTC(2026, 10, 24, 5, 45),
    due: Date.UTC(2026, 10, 24, 5, 30),
    status: 'Late',
    said: {
      Slack: '-00:15',
      'Complete, per cent': '25',
      'Jobs without statistics': '1',
      Why: 'CALC runs longer than on average',
    },
  },
  {
    service: '',
    date: '261123',
    job: 'ctm-ldn/EOD/CORE/CALC',
    expectedEnd: Date.UTC(2026, 10, 23, 22, 30),
    due: null,
    status: 'Executing',
    said: {},
  },
]
const told = [
  'start ctm-ldn/EOD 2026-11-23T21:30:00Z',
  'start ctm-ldn/EOD/PRICES 2026-11-23T21:30:01Z prdbat01',
  'start ctm-ldn/EOD/TRADES 2026-11-23T21:30:01Z prdbat01',
  'fail ctm-ldn/EOD/TRADES 2026-11-23T21:31:30Z prdbat01 Order date 261123.',
  'success ctm-ldn/EOD/PRICES 2026-11-23T21:45:12Z prdbat01 Order date 261123.',
  'start ctm-ldn/EOD/CORE/CALC 2026-11-23T21:45:13Z prdbat01',
]

export const bySession: SchedulerSample = {
  name: 'the active list with a service that is late, by a session',
  answers: {
    'POST /session/login': { username: 'watchfloor', token: '4C8B5E', version: '9.21.200' },
    'GET /run/jobs/status?limit=10000': { statuses: list, returned: 5, total: 5 },
    'GET /run/services/sla': services,
    'POST /session/logout': { message: 'Successfully logged out from session 4C8B5E' },
  },
  told,
  names: ['ctm-ldn/EOD', 'ctm-ldn/EOD/PRICES', 'ctm-ldn/EOD/TRADES', 'ctm-ldn/EOD/CORE/CALC', 'ctm-ldn/EOD/EOD-SLA'],
  holds: {
    'ctm-ldn/EOD': 'none',
    'ctm-ldn/EOD/PRICES': 'none',
    'ctm-ldn/EOD/TRADES': 'none',
    'ctm-ldn/EOD/CORE/CALC': 'none',
    'ctm-ldn/EOD/EOD-SLA': 'held',
  },
  estimates,
}

/** More than it gives at once: asked for status by status; a later look tells what is new alone. */
export const inParts: SchedulerSample = {
  name: 'a list that is longer than one answer, by a token, at a later look',
  config: { user: undefined, password: undefined, token: 'x', server: 'ctm-ldn' },
  cursor: { at: Date.UTC(2026, 10, 23, 21, 50) },
  answers: {
    'GET /run/jobs/status?limit=10000&ctm=ctm-ldn': { statuses: list.slice(0, 2), returned: 2, total: 12_000 },
    'GET /run/jobs/status?limit=10000&ctm=ctm-ldn&status=Executing': {
      statuses: list.filter((s) => s.status === 'Executing'),
      returned: 2,
      total: 2,
    },
    'GET /run/jobs/status?limit=10000&ctm=ctm-ldn&status=Ended%20OK': { statuses: [list[1]], returned: 1, total: 1 },
    'GET /run/jobs/status?limit=10000&ctm=ctm-ldn&status=Ended%20Not%20OK': { statuses: [], returned: 0, total: 0 },
    'GET /run/services/sla': { activeServices: [] },
  },
  told: told.slice(-2),
  names: null,
  estimates: estimates.slice(1),
}
