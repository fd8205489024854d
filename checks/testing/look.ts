import type { Check } from '../lib/define.ts'
import type { Net } from '../lib/net.ts'

/** One look by a check with a config as a person enters it, at a fixed instant. */
export const lookWith =
  (net: Net, now = '2026-03-04T06:10:30Z') =>
  (
    check: Check,
    config: Record<string, unknown>,
    more: { signal?: AbortSignal; sample?: boolean; now?: string } = {},
  ) =>
    check.run(check.config.parse({ timeoutSeconds: 5, ...config }), {
      signal: more.signal ?? new AbortController().signal,
      now: Temporal.Instant.from(more.now ?? now),
      net,
      ...(more.sample === undefined ? {} : { sample: more.sample }),
    })

/** The sentences with which a config is refused. */
export const problemsOf = (check: Check, config: Record<string, unknown>): string[] =>
  check.config.safeParse(config).error?.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`) ?? []
