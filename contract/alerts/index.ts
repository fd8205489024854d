import { alertRoutes } from './alert.ts'
import { alertRouteRoutes } from './alert-route.ts'
import { healthRoutes } from './health.ts'
import { noiseRoutes } from './noise.ts'
import { maintenanceRoutes, silenceRoutes } from './silence.ts'
import { sourceRoutes } from './source.ts'

/** Trouble seen by machines: alerts, the sources that send them, what holds them back, and the health of services. */
export const alerts = {
  ...alertRoutes,
  ...noiseRoutes,
  health: healthRoutes,
  routes: alertRouteRoutes,
  maintenance: maintenanceRoutes,
  silences: silenceRoutes,
  sources: sourceRoutes,
}
