import { z } from 'zod'
import { lookAtAirflow } from '../airflow/look.ts'
import { airflow2, airflow3 } from '../airflow/samples.ts'
import { reaching, secret, url, user } from '../config-fields.ts'
import { defineScheduler } from '../define-scheduler.ts'

const config = z
  .object({
    url: url.meta({
      title: 'Address',
      description: 'Of its web page, without /api.',
      placeholder: 'https://airflow.example.com',
    }),
    user: user.optional().meta({ title: 'User' }),
    password: secret.optional().meta({ title: 'Password', secret: true }),
    token: secret.optional().meta({ title: 'Token', description: 'In place of user and password.', secret: true }),
    ...reaching,
  })
  .refine((c) => c.token || (c.user && c.password), {
    path: ['user'],
    message: 'must be given with a password, or a token in their place',
  })

export const airflow = defineScheduler({
  kind: 'airflow',
  title: 'Airflow',
  summary: 'its REST API',
  importer: 'airflow',
  help: 'Airflow 3 by version 2 of its REST API, Airflow 2 (from 2.6 on) by version 1. Runs of DAGs and of their tasks are read as they change. A task that is tried again is one run. Left out are backfills, and the single instances of mapped tasks.',
  setup: `# A user that may read, and nothing else. Airflow 2, or Airflow 3 with the FAB auth manager:
airflow users create --username watchfloor --role Viewer --email watchfloor@example.com \\
  --firstname Watch --lastname Floor --password 'CHOOSE-ONE'

# Airflow 2 takes passwords at its API only where airflow.cfg says so:
#   [api]
#   auth_backends = airflow.api.auth.backend.basic_auth,airflow.api.auth.backend.session

# Airflow 3 with another auth manager: a token in place of the password.
curl -fsS -X POST https://airflow.example.com/auth/token -H 'content-type: application/json' \\
  -d '{"username": "watchfloor", "password": "CHOOSE-ONE"}'
`,
  config,
  example: { url: 'https://airflow.example.com', user: 'watchfloor', password: 'CHOOSE-ONE' },
  look: lookAtAirflow,
  samples: [airflow3, airflow2],
})
