import { alertRoutes } from './alert.ts'
import { healthRoutes } from './health.ts'
import { maintenanceRoutes, silenceRoutes } from './silence.ts'
import { sourceRoutes } from './source.ts'

/** Trouble seen by machines: alerts, the sources that send them, what holds them back, and the health of services. */
export const alerts = {
  ...alertRoutes,
  health: healthRoutes,
  maintenance: maintenanceRoutes,
  silences: silenceRoutes,
  sources: sourceRoutes,
}
