import { acts } from './acts/index.ts'
import { alerts } from './alerts/index.ts'
import { calendars } from './calendars/index.ts'
import { catalog } from './catalog/index.ts'
import { chains } from './chains/index.ts'
import { declarations } from './declarations.ts'
import { desk } from './desk/index.ts'
import { identity } from './identity/index.ts'
import { imports } from './imports/index.ts'
import { jobs } from './jobs/index.ts'
import { knowledge } from './knowledge/index.ts'
import { monitors } from './monitors/index.ts'
import { notify } from './notify/index.ts'
import { oncall } from './oncall/index.ts'
import { reports } from './reports/index.ts'
import { requests } from './requests/index.ts'
import { schedulers } from './schedulers/index.ts'
import { shift } from './shift/index.ts'
import { sla } from './sla/index.ts'
import { system } from './system.ts'
import { webhooks } from './webhooks/index.ts'

/** Each by its name: written out whole, it is longer than the compiler takes down. */
type Contract = {
  acts: typeof acts
  alerts: typeof alerts
  calendars: typeof calendars
  catalog: typeof catalog
  chains: typeof chains
  declarations: typeof declarations
  desk: typeof desk
  identity: typeof identity
  jobs: typeof jobs
  imports: typeof imports
  knowledge: typeof knowledge
  monitors: typeof monitors
  notify: typeof notify
  oncall: typeof oncall
  reports: typeof reports
  requests: typeof requests
  schedulers: typeof schedulers
  shift: typeof shift
  sla: typeof sla
  system: typeof system
  webhooks: typeof webhooks
}

/** The whole public API, as one value. */
export const contract: Contract = {
  acts,
  alerts,
  calendars,
  catalog,
  chains,
  declarations,
  desk,
  identity,
  jobs,
  imports,
  knowledge,
  monitors,
  notify,
  oncall,
  reports,
  requests,
  schedulers,
  shift,
  sla,
  system,
  webhooks,
}
