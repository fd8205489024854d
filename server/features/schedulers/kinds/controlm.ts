import { z } from 'zod'
import { zone } from '../../../../contract/base.ts'
import { reaching, secret, url, user } from '../config-fields.ts'
import { lookAtControlm } from '../controlm/look.ts'
import { bySession, inParts } from '../controlm/samples.ts'
import { defineScheduler } from '../define-scheduler.ts'

const config = z
  .object({
    url: url.meta({
      title: 'Address',
      description: 'Of the Automation API.',
      placeholder: 'https://ctm.example.com:8443/automation-api',
    }),
    user: user.optional().meta({ title: 'User' }),
    password: secret.optional().meta({ title: 'Password', secret: true }),
    token: secret.optional().meta({ title: 'API token', description: 'In place of user and password.', secret: true }),
    zone: zone
      .default('UTC')
      .meta({ title: 'Time zone', description: 'Of the clock of Control-M, in which its times are.' }),
    server: z
      .string()
      .trim()
      .max(100, 'must have at most 100 characters')
      .optional()
      .meta({ title: 'Control-M server', description: 'Its jobs alone. Empty: those of all servers.', advanced: true }),
    ...reaching,
  })
  .refine((c) => c.token || (c.user && c.password), {
    path: ['user'],
    message: 'must be given with a password, or a token in their place',
  })

export const controlm = defineScheduler({
  kind: 'controlm',
  title: 'Control-M',
  summary: 'its Automation API',
  importer: 'controlm',
  help: 'The states of the jobs of the active list, and the services of SLA Management: by when Control-M itself expects them to end is shown beside our own prediction. A job that runs again, by hand or in a cycle, is another run. Of a list of more than ten thousand jobs those that have begun are read, status by status.',
  setup: `# A user with the role to browse: in Control-M Configuration Manager → Users and Roles,
#   Privileges: Automation API: Browse; Folders and jobs: View; Active: View (all folders that are watched).
# Control-M from 9.0.20 on gives API tokens, in the place of a password:
ctm authentication token::create watchfloor-token.json

# Whether it answers:
curl -fsS -X POST https://ctm.example.com:8443/automation-api/session/login \\
  -H 'content-type: application/json' -d '{"username": "watchfloor", "password": "CHOOSE-ONE"}'
`,
  config,
  example: {
    url: 'https://ctm.example.com:8443/automation-api',
    user: 'watchfloor',
    password: 'CHOOSE-ONE',
    zone: 'UTC',
  },
  look: lookAtControlm,
  samples: [bySession, inParts],
})
