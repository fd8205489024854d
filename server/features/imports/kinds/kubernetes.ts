import { cronJob } from '../cron-job.ts'
import { defineImporter, type Reading } from '../define-importer.ts'
import { readKubeFile } from '../kube-files.ts'

const manifest = `apiVersion: batch/v1
kind: CronJob
metadata: {name: eod-prices, namespace: risk, labels: {team: markets}}
spec:
  schedule: "0 22 * * 1-5"
  timeZone: Europe/London
  concurrencyPolicy: Forbid
  startingDeadlineSeconds: 1800
  jobTemplate:
    spec:
      activeDeadlineSeconds: 2700
      template:
        spec:
          containers:
            - {name: eod, image: bank/eod:7, command: [/eod.sh], args: [--full]}
---
kind: ConfigMap
metadata: {name: eod}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: purge}
spec: {schedule: "@every 6h", suspend: true, concurrencyPolicy: Replace}
---
kind: CronJob
metadata: {name: broken}
spec: {schedule: "61 * * * *", timeZone: Europe/London}
`

/** CronJobs of Kubernetes. */
export const kubernetes = defineImporter({
  kind: 'kubernetes',
  title: 'Kubernetes CronJobs',
  help: 'Manifests, or what `kubectl get cronjobs -A -o yaml` (or `-o json`) prints. A job is known by its namespace and name, and by the cluster where you name one.',
  accepts: ({ text }) => (/"?\bkind"?\s*:\s*"?CronJob/.test(text) ? 1 : 0),
  read(files, options) {
    const reading: Reading = { jobs: [], findings: [], refused: [] }
    for (const file of files) {
      const { objects, refused } = readKubeFile(file)
      reading.refused.push(...refused)
      for (const placed of objects) {
        if (placed.object.kind !== 'CronJob') continue
        const found = cronJob(placed, options)
        if ('reason' in found) reading.refused.push(found)
        else {
          reading.jobs.push(found.job)
          reading.findings.push(...found.findings)
        }
      }
    }
    return reading
  },
  samples: [
    {
      name: 'manifests, one of them suspended, one of another kind',
      files: [{ name: 'jobs.yaml', text: manifest }],
      jobs: [
        ['risk/eod-prices', '0 22 * * 1-5 Europe/London'],
        ['default/purge', 'every 21600'],
      ],
      rules: ['replaces-its-run'],
      refusedLines: [25],
    },
    {
      name: 'what the API answers',
      files: [
        {
          name: 'cronjobs.json',
          text: `{"apiVersion": "batch/v1", "kind": "CronJobList", "items": [\n{"metadata": {"name": "a", "namespace": "x"},\n "spec": {"schedule": "TZ=Asia/Tokyo 0 7 * * ?"}},\n{"metadata": {"name": "b", "namespace": "x"}, "spec": {"schedule": "0 5 * * *"}},\n{"metadata": {"name": "c"}, "spec": {}}]}`,
        },
      ],
      jobs: [
        ['x/a', '0 7 * * * Asia/Tokyo'],
        ['x/b', '0 5 * * * UTC'],
      ],
      rules: ['zone-in-schedule', 'zone-unsaid'],
      refusedLines: [5],
    },
  ],
})
