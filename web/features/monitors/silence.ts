import type { Reach } from '../alerts/silence-rules.ts'
import type { MonitorDetail } from './data.ts'

/** What a silence may cover, from this monitor alone to everything of its service. */
export const reachesOf = (monitor: Pick<MonitorDetail, 'id' | 'name' | 'service' | 'environment'>): Reach[] => [
  { value: 'monitor', label: 'This monitor', matchers: [{ field: 'key', op: 'is', value: `monitor:${monitor.id}` }] },
  ...(monitor.service
    ? [
        {
          value: 'service',
          label: `All of ${monitor.service.name} in ${monitor.environment}`,
          matchers: [
            { field: 'service', op: 'is' as const, value: monitor.service.name },
            { field: 'environment', op: 'is' as const, value: monitor.environment },
          ],
        },
      ]
    : []),
]
