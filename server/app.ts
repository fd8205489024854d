import type { AnyRouter } from '@orpc/server'
import { attachmentOperations } from '../contract/desk/attachment-operations.ts'
import { contract } from '../contract/index.ts'
import packageFile from '../package.json' with { type: 'json' }
import { acts, actsRoutes } from './features/acts/index.ts'
import { alerts, alertsRoutes } from './features/alerts/index.ts'
import { calendars, calendarsRoutes } from './features/calendars/index.ts'
import { catalog, catalogRoutes } from './features/catalog/index.ts'
import { chains, chainsRoutes } from './features/chains/index.ts'
import { desk, deskRoutes } from './features/desk/index.ts'
import { authenticate, identity, identityRoutes } from './features/identity/index.ts'
import { imports, importsRoutes } from './features/imports/index.ts'
import { jobs, jobsRoutes } from './features/jobs/index.ts'
import { knowledge, knowledgeRoutes } from './features/knowledge/index.ts'
import { mailbox } from './features/mailbox/index.ts'
import { monitors, monitorsRoutes } from './features/monitors/index.ts'
import { notify, notifyRoutes } from './features/notify/index.ts'
import { oncall, oncallRoutes } from './features/oncall/index.ts'
import { reports, reportsRoutes } from './features/reports/index.ts'
import { requests, requestsRoutes } from './features/requests/index.ts'
import { schedulers, schedulersRoutes } from './features/schedulers/index.ts'
import { shift, shiftRoutes } from './features/shift/index.ts'
import { sla, slaRoutes } from './features/sla/index.ts'
import { webhooks, webhooksRoutes } from './features/webhooks/index.ts'
import { declarationRoutes } from './platform/declare/routes.ts'
import type { Plan } from './platform/house.ts'
import { openApiDocument } from './platform/http/openapi.ts'
import { systemRoutes } from './platform/system/routes.ts'

// A feature of the contract without its routes does not compile.
const router: Record<keyof typeof contract, AnyRouter> = {
  acts: actsRoutes,
  alerts: alertsRoutes,
  calendars: calendarsRoutes,
  catalog: catalogRoutes,
  chains: chainsRoutes,
  declarations: declarationRoutes,
  desk: deskRoutes,
  identity: identityRoutes,
  jobs: jobsRoutes,
  imports: importsRoutes,
  knowledge: knowledgeRoutes,
  monitors: monitorsRoutes,
  notify: notifyRoutes,
  oncall: oncallRoutes,
  reports: reportsRoutes,
  requests: requestsRoutes,
  schedulers: schedulersRoutes,
  shift: shiftRoutes,
  sla: slaRoutes,
  system: systemRoutes,
  webhooks: webhooksRoutes,
}

/** The composition root: the only place that names every feature. */
export const plan: Plan = {
  features: [
    identity,
    calendars,
    notify,
    catalog,
    knowledge,
    oncall,
    sla,
    desk,
    requests,
    mailbox,
    alerts,
    monitors,
    jobs,
    imports,
    schedulers,
    chains,
    acts,
    shift,
    webhooks,
    reports,
  ],
  router,
  authenticate,
  openApi: () => openApiText(),
}

/** The API's document, as it is committed under docs/reference and served at /api/openapi.json. */
export const openApiText = async (): Promise<string> =>
  `${JSON.stringify(await openApiDocument(contract, packageFile.version, attachmentOperations), null, 2)}\n`
