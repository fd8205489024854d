import { defineSource } from '../define-source.ts'
import { readAlertmanager } from '../read-alertmanager.ts'

const headers = { 'content-type': 'application/json', 'user-agent': 'Alertmanager/0.25.0' }

const labels = {
  alertname: 'InstanceDown',
  instance: 'prddb01:9100',
  job: 'node',
  severity: 'critical',
  service: 'settlement',
}
const group = {
  version: '4',
  groupKey: '{}:{alertname="InstanceDown"}',
  truncatedAlerts: 0,
  receiver: 'watchfloor',
  groupLabels: { alertname: 'InstanceDown' },
  commonLabels: labels,
  commonAnnotations: {},
  externalURL: 'http://alertmanager.example.com:9093',
}
const alert = {
  labels,
  annotations: {
    summary: 'prddb01 does not answer',
    description: 'The node exporter of prddb01:9100 has not answered for a minute.',
    runbook_url: 'https://wiki.example.com/runbooks/instance-down',
  },
  startsAt: '2026-03-29T01:30:00.123456789Z',
  endsAt: '0001-01-01T00:00:00Z',
  generatorURL: 'http://prometheus.example.com:9090/graph?g0.expr=up+%3D%3D+0',
  fingerprint: '791cec13fcba0368',
}
const read = {
  dedupKey: '791cec13fcba0368',
  spell: Temporal.Instant.from('2026-03-29T01:30:00.123Z'),
  severity: 'critical',
  summary: 'prddb01 does not answer',
  details: 'The node exporter of prddb01:9100 has not answered for a minute.',
  service: 'settlement',
  host: 'prddb01',
  labels,
  links: [
    { label: 'Runbook', url: 'https://wiki.example.com/runbooks/instance-down' },
    {
      label: 'The rule in Prometheus',
      url: 'http://prometheus.example.com:9090/graph?g0.expr=up+%3D%3D+0',
    },
    { label: 'Alertmanager', url: 'http://alertmanager.example.com:9093' },
  ],
} as const

export const alertmanager = defineSource({
  kind: 'alertmanager',
  title: 'Prometheus Alertmanager',
  help: `Takes the webhook of Alertmanager (version 4). Each alert of a group is an alert of its own here, known by its fingerprint.
The labels \`severity\`, \`service\`, \`team\`, \`environment\` (or \`env\`) and \`host\` (or \`instance\`) are understood; the annotations \`summary\` and \`description\` become title and details, \`runbook_url\` and \`dashboard_url\` become links.
Group and repeat as you like: what is sent again is counted, not told again. Leave \`send_resolved\` on, so that alerts end.`,
  setup: `# alertmanager.yml
receivers:
  - name: watchfloor
    webhook_configs:
      - url: '{url}'
        send_resolved: true
        max_alerts: 0
        http_config:
          authorization:
            type: Bearer
            credentials: '{key}'

# and send everything, or a part, there:
route:
  receiver: watchfloor
  group_by: [alertname]
  group_wait: 5s
`,
  samples: [
    {
      name: 'An instance is down',
      headers,
      body: JSON.stringify({ ...group, status: 'firing', alerts: [{ ...alert, status: 'firing' }] }),
      signals: [
        {
          ...read,
          links: [...read.links],
          kind: 'firing',
          at: Temporal.Instant.from('2026-03-29T01:30:00.123Z'),
        },
      ],
    },
    {
      name: 'It is back, another one is not',
      headers,
      body: JSON.stringify({
        ...group,
        status: 'firing',
        alerts: [
          { ...alert, status: 'resolved', endsAt: '2026-03-29T01:45:00Z' },
          {
            status: 'firing',
            labels: { alertname: 'InstanceDown', instance: '[2001:db8::7]:9100', severity: 'page', env: 'uat' },
            annotations: {},
            startsAt: '2026-03-29T01:44:00Z',
            endsAt: '0001-01-01T00:00:00Z',
            generatorURL: '',
            fingerprint: 'f404ecabc8dd5cd7',
          },
        ],
      }),
      signals: [
        { ...read, links: [...read.links], kind: 'resolved', at: Temporal.Instant.from('2026-03-29T01:45:00Z') },
        {
          kind: 'firing',
          dedupKey: 'f404ecabc8dd5cd7',
          at: Temporal.Instant.from('2026-03-29T01:44:00Z'),
          spell: Temporal.Instant.from('2026-03-29T01:44:00Z'),
          severity: 'medium',
          summary: 'InstanceDown',
          host: '2001:db8::7',
          environment: 'uat',
          labels: { alertname: 'InstanceDown', instance: '[2001:db8::7]:9100', severity: 'page', env: 'uat' },
          links: [{ label: 'Alertmanager', url: 'http://alertmanager.example.com:9093' }],
          notes: ['The severity "page" is not known; it was taken as medium.'],
        },
      ],
    },
  ],
  // A group comes whole or not at all: one that is refused is lost with all of its alerts, in the worst of storms.
  most: { bytes: 8_000_000, signals: 10_000 },
  givesUpAt429: true,
  parse: readAlertmanager,
})
