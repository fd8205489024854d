import type { SchedulerSample } from '../define-scheduler.ts'

const job = (name: string, status: object, owner = 'CronJob') => ({
  metadata: {
    name: `${name}-29398140`,
    namespace: 'risk',
    uid: `6f0a-${name}`,
    resourceVersion: '81231',
    creationTimestamp: '2026-11-23T22:00:00Z',
    labels: { 'batch.kubernetes.io/job-name': `${name}-29398140` },
    ownerReferences: [
      { apiVersion: 'batch/v1', kind: owner, name, uid: 'c0ffee', controller: true, blockOwnerDeletion: true },
    ],
  },
  spec: { backoffLimit: 0, completions: 1, parallelism: 1 },
  status,
})

const running = job('eod', {
  active: 1,
  ready: 1,
  startTime: '2026-11-23T22:00:01Z',
  uncountedTerminatedPods: {},
})
const done = job('fx', {
  startTime: '2026-11-23T21:00:00Z',
  completionTime: '2026-11-23T21:04:10Z',
  succeeded: 1,
  conditions: [
    { type: 'SuccessCriteriaMet', status: 'True', lastTransitionTime: '2026-11-23T21:04:10Z' },
    {
      type: 'Complete',
      status: 'True',
      lastProbeTime: '2026-11-23T21:04:10Z',
      lastTransitionTime: '2026-11-23T21:04:10Z',
    },
  ],
})
const failed = job('recon', {
  startTime: '2026-11-23T21:30:00Z',
  failed: 1,
  conditions: [
    {
      type: 'Failed',
      status: 'True',
      lastTransitionTime: '2026-11-23T21:31:02Z',
      reason: 'BackoffLimitExceeded',
      message: 'Job has reached the specified backoff limit',
    },
  ],
})
const byHand = job('one-off', { startTime: '2026-11-23T21:30:00Z' }, 'Workflow')

const cronJob = (name: string, suspend = false) => ({
  metadata: { name, namespace: 'risk', resourceVersion: '7' },
  spec: { schedule: '0 22 * * *', suspend },
})

export const listedJobs: SchedulerSample = {
  name: 'Jobs that run, ended and failed, listed in two pages',
  answers: {
    'GET /version': { major: '1', minor: '34', gitVersion: 'v1.34.2' },
    'GET /apis/batch/v1/jobs?limit=500': {
      kind: 'JobList',
      apiVersion: 'batch/v1',
      metadata: { resourceVersion: '81240', continue: 'eyJ2IjoibWV0', remainingItemCount: 2 },
      items: [done, failed],
    },
    'GET /apis/batch/v1/jobs?limit=500&continue=eyJ2IjoibWV0': {
      kind: 'JobList',
      apiVersion: 'batch/v1',
      metadata: { resourceVersion: '81240' },
      items: [running, byHand],
    },
    'GET /api/v1/namespaces/risk/pods?labelSelector=job-name%3Drecon-29398140': {
      kind: 'PodList',
      items: [
        {
          metadata: { name: 'recon-29398140-x7k2p' },
          spec: { nodeName: 'node-7' },
          status: {
            phase: 'Failed',
            containerStatuses: [
              {
                name: 'proxy',
                state: { terminated: { exitCode: 0, reason: 'Completed', finishedAt: '2026-11-23T21:31:01Z' } },
              },
              {
                name: 'recon',
                state: { terminated: { exitCode: 137, reason: 'OOMKilled', finishedAt: '2026-11-23T21:31:00Z' } },
              },
            ],
          },
        },
      ],
    },
    'GET /apis/batch/v1/cronjobs?limit=500': {
      kind: 'CronJobList',
      metadata: { resourceVersion: '81241' },
      items: [cronJob('eod'), cronJob('fx'), cronJob('recon'), cronJob('asleep', true)],
    },
  },
  told: [
    'start risk/fx 2026-11-23T21:00:00Z',
    'success risk/fx 2026-11-23T21:04:10Z',
    'start risk/recon 2026-11-23T21:30:00Z',
    'fail risk/recon 2026-11-23T21:31:02Z 137 node-7 Its pods failed more often than its backoffLimit allows. "OOMKilled"',
    'start risk/eod 2026-11-23T22:00:01Z',
  ],
  names: ['risk/eod', 'risk/fx', 'risk/recon'],
  holds: { 'risk/eod': 'none', 'risk/fx': 'none', 'risk/recon': 'none', 'risk/asleep': 'held' },
}

const event = (type: string, object: object) => `${JSON.stringify({ type, object })}\n`

/** What a watch from 81240 on answers: in the middle of it a bookmark, at its end the Job that is gone. */
export const watchedJobs: SchedulerSample = {
  name: 'a watch that goes on from a version',
  cursor: { version: '81240', namesAt: Date.UTC(2026, 10, 23, 22, 4) },
  answers: {
    'GET /version': { major: '1', minor: '34', gitVersion: 'v1.34.2' },
    'GET /apis/batch/v1/jobs?watch=1&allowWatchBookmarks=true&timeoutSeconds=5&resourceVersion=81240':
      event('ADDED', running) +
      event('BOOKMARK', { kind: 'Job', metadata: { resourceVersion: '81255' } }) +
      event('DELETED', { ...running, metadata: { ...running.metadata, resourceVersion: '81260' } }),
  },
  told: [
    'start risk/eod 2026-11-23T22:00:01Z',
    'fail risk/eod 2026-11-23T22:05:00Z Its Job was deleted before it ended.',
  ],
  names: null,
  next: { version: '81260', namesAt: Date.UTC(2026, 10, 23, 22, 4) },
}

/** The server has forgotten the version, and says so within the watch: all is listed anew. */
export const forgotten: SchedulerSample = {
  ...listedJobs,
  name: 'a version that the server has forgotten (410 Gone)',
  cursor: { version: '5', namesAt: 0 },
  answers: {
    ...listedJobs.answers,
    'GET /apis/batch/v1/jobs?watch=1*resourceVersion=5': event('ERROR', {
      kind: 'Status',
      status: 'Failure',
      message: 'too old resource version: 5 (81000)',
      reason: 'Expired',
      code: 410,
    }),
  },
  next: { version: '81240', namesAt: Date.UTC(2026, 10, 23, 22, 5) },
}
