import { defineSource } from '../define-source.ts'
import { readGeneric } from '../read-generic.ts'

const json = { 'content-type': 'application/json' }

export const generic = defineSource({
  kind: 'generic',
  title: 'Anything that can send JSON',
  help: `Takes one signal, a list of at most 1,000, or \`{"signals": [...]}\`. Each needs a \`title\`; all else may be left away.
\`status\` is firing (the default), resolved, acknowledged, blind, comment, change or heartbeat. \`severity\` is critical, high, medium, low or info, and the usual words for them.
\`dedup_key\` names what is wrong: reports with the same key are one alert, and the one that says resolved ends it. Without it, the service, the host and the title together are the key.
\`service\` and \`team\` are short names or names of yours; both may be left to the settings of the source.
\`at\` is the time of the sender. It puts events in order while it lies between 15 minutes before and one minute after their receipt; else they are taken in the order of their arrival.`,
  setup: `# Something is wrong:
curl -sS -X POST '{url}' \\
  -H 'Authorization: Bearer {key}' -H 'Content-Type: application/json' \\
  -d '{"title": "FX end-of-day batch is late", "severity": "high", "dedup_key": "eod-batch/fx", "service": "fx-eod", "host": "ldn-batch-01", "labels": {"job": "FX_EOD"}}'

# It is right again:
curl -sS -X POST '{url}' \\
  -H 'Authorization: Bearer {key}' -H 'Content-Type: application/json' \\
  -d '{"status": "resolved", "dedup_key": "eod-batch/fx"}'

# A tool that cannot send headers uses the address {url}/{key}
# Answers: 202 taken in; 401 the key is wrong; 422 it cannot be read, with a sentence why; 429 and 503 come again later (Retry-After).
`,
  samples: [
    {
      name: 'Something is wrong',
      headers: json,
      body: JSON.stringify({
        title: 'FX end-of-day batch is late',
        severity: 'error',
        dedup_key: 'eod-batch/fx',
        service: 'fx-eod',
        host: 'ldn-batch-01',
        environment: 'production',
        at: '2026-03-29T01:30:00.000+0000',
        details: 'Due at 01:15, not started.',
        labels: { job: 'FX_EOD', late_s: 900 },
        links: ['https://grafana.example.com/d/fx'],
      }),
      signals: [
        {
          kind: 'firing',
          dedupKey: 'eod-batch/fx',
          at: Temporal.Instant.from('2026-03-29T01:30:00Z'),
          severity: 'high',
          summary: 'FX end-of-day batch is late',
          details: 'Due at 01:15, not started.',
          service: 'fx-eod',
          host: 'ldn-batch-01',
          environment: 'prod',
          labels: { job: 'FX_EOD', late_s: '900' },
          links: [{ label: 'https://grafana.example.com/d/fx', url: 'https://grafana.example.com/d/fx' }],
        },
      ],
    },
    {
      name: 'It is right again',
      headers: json,
      body: '{"status": "resolved", "dedup_key": "eod-batch/fx"}',
      signals: [
        {
          kind: 'resolved',
          dedupKey: 'eod-batch/fx',
          at: null,
          severity: 'medium',
          summary: '',
          labels: {},
          links: [],
        },
      ],
    },
    {
      name: 'Several at once',
      headers: json,
      body: JSON.stringify({
        signals: [
          { title: 'Disk is 95% full', host: 'ldn-app-01', severity: 'warning' },
          { title: 'No data', service: 'pricing', status: 'blind' },
        ],
      }),
      signals: [
        {
          kind: 'firing',
          dedupKey: 'ldn-app-01 · Disk is 95% full',
          at: null,
          severity: 'medium',
          summary: 'Disk is 95% full',
          host: 'ldn-app-01',
          labels: {},
          links: [],
        },
        {
          kind: 'blind',
          dedupKey: 'pricing · No data',
          at: null,
          severity: 'medium',
          summary: 'No data',
          service: 'pricing',
          labels: {},
          links: [],
        },
      ],
    },
  ],
  parse: readGeneric,
})
