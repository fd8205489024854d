import { z } from 'zod'
import { reaching, secret, url } from '../config-fields.ts'
import { defineScheduler } from '../define-scheduler.ts'
import { lookAtKubernetes } from '../kubernetes/look.ts'
import { forgotten, listedJobs, watchedJobs } from '../kubernetes/samples.ts'

const { ca, timeoutSeconds } = reaching

const config = z.object({
  url: url.meta({
    title: 'Address of the API server',
    description: 'As kubectl cluster-info says it.',
    placeholder: 'https://10.0.0.1:6443',
  }),
  token: secret.meta({ title: 'Token', description: 'Of a service account that may read.', secret: true }),
  ca: ca.meta({
    title: 'Its certificate authority',
    description: 'The certificates in PEM: most clusters have one of their own.',
    multiline: true,
  }),
  namespace: z
    .string()
    .trim()
    .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'must be the name of a namespace')
    .optional()
    .meta({ title: 'Namespace', description: 'Empty: all of them, for which the token needs a ClusterRole.' }),
  timeoutSeconds,
})

export const kubernetes = defineScheduler({
  kind: 'kubernetes',
  title: 'Kubernetes',
  summary: 'Jobs of CronJobs',
  importer: 'kubernetes',
  help: 'The Jobs that CronJobs make: listed once, then watched from version to version; where the API server has forgotten the version (410 Gone), listed anew. Of a Job that failed its pods are asked for exit status and node. Jobs that no CronJob made are passed over.',
  setup: `# An account that may read Jobs and their pods, and nothing else:
kubectl create namespace watchfloor
kubectl -n watchfloor create serviceaccount watchfloor
kubectl create clusterrole watchfloor --verb=get,list,watch --resource=jobs.batch,cronjobs.batch,pods
kubectl create clusterrolebinding watchfloor --clusterrole=watchfloor --serviceaccount=watchfloor:watchfloor

# Its token, which does not expire, and the authority of the cluster:
kubectl -n watchfloor apply -f - <<'YAML'
apiVersion: v1
kind: Secret
type: kubernetes.io/service-account-token
metadata: {name: watchfloor, annotations: {kubernetes.io/service-account.name: watchfloor}}
YAML
kubectl -n watchfloor get secret watchfloor -o jsonpath='{.data.token}' | base64 -d
kubectl -n watchfloor get secret watchfloor -o jsonpath='{.data.ca\\.crt}' | base64 -d
`,
  config,
  example: { url: 'https://10.0.0.1:6443', token: 'eyJhbGciOi...' },
  headers: ({ token }) => ({ authorization: `Bearer ${token}` }),
  look: lookAtKubernetes,
  samples: [listedJobs, watchedJobs, forgotten],
})
