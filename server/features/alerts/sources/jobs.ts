import { defineSource } from '../define-source.ts'
import { readGeneric } from '../read-generic.ts'

export const jobs = defineSource({
  kind: 'jobs',
  title: 'Our own jobs',
  help: 'Built in: jobs of this installation that do not come, fail or take too long are reported through it, without a key.',
  setup: 'There is nothing to set up: every job reports here by itself.',
  builtIn: true,
  samples: [
    {
      name: 'A job did not come',
      headers: { 'content-type': 'application/json' },
      body: '{"title": "EOD prices has not started; it was due at 22:00 London", "severity": "high", "dedup_key": "job/0198c1f0/miss"}',
      signals: [
        {
          kind: 'firing',
          dedupKey: 'job/0198c1f0/miss',
          at: null,
          severity: 'high',
          summary: 'EOD prices has not started; it was due at 22:00 London',
          labels: {},
          links: [],
        },
      ],
    },
  ],
  parse: readGeneric,
})
