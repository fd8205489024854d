import { defineSource } from '../define-source.ts'
import { readGeneric } from '../read-generic.ts'

export const monitors = defineSource({
  kind: 'monitors',
  title: 'Our own monitors',
  help: 'Built in: what the monitors of this installation find out is reported through it, without a key.',
  setup: 'There is nothing to set up: every monitor reports here by itself.',
  builtIn: true,
  samples: [
    {
      name: 'A monitor went down',
      headers: { 'content-type': 'application/json' },
      body: '{"title": "Order gateway is down", "severity": "high", "dedup_key": "monitor/0198c1f0", "service": "orders"}',
      signals: [
        {
          kind: 'firing',
          dedupKey: 'monitor/0198c1f0',
          at: null,
          severity: 'high',
          summary: 'Order gateway is down',
          service: 'orders',
          labels: {},
          links: [],
        },
      ],
    },
  ],
  parse: readGeneric,
})
