import { type WhatIfAct, whatIfInput } from '../../../contract/chains/night.ts'
import { invalid } from '../../platform/errors.ts'
import { query } from '../../platform/query.ts'
import { drawer } from './drawer.ts'
import { withTarget } from './forecast.ts'
import { instantAt, instantOrNull, showOutlook } from './night-figures.ts'
import type { NightInput } from './night-input.ts'
import { readExtensions } from './night-row.ts'
import { whatIf } from './predict/look.ts'
import type { Outlook } from './predict/outlook.ts'
import type { Change } from './predict/what-if.ts'
import { loadReadable, requireNight } from './show-night.ts'
import { dateOfNow } from './which-date.ts'

/** What would become of a night if somebody acted, beside what becomes of it. Nothing is done, and nothing is kept. */
export const askWhatIf = query('deadline.what_if', {
  permission: 'chain.read',
  input: whatIfInput,
  async run(ctx, { id, date: given, acts }) {
    const deadline = await loadReadable(ctx, id)
    const date = given ?? (await dateOfNow(ctx.db, deadline, ctx.now().epochMilliseconds))
    const input = await requireNight(ctx, deadline, date)
    const extended = (await readExtensions(ctx.db, id)).get(date) ?? null
    const night = withTarget(input, extended)
    const { base, changed, moved } = await whatIf(
      drawer,
      night,
      acts.map((act, at) => changeOf(input, act, at)),
    )
    const shown = (outlook: Outlook | undefined) => ({
      dueAt: instantAt(outlook?.due ?? input.to),
      ...showOutlook(outlook as Outlook, outlook?.due ?? input.to),
    })
    return {
      before: shown(base[0]),
      after: shown(changed[0]),
      jobs: moved.map(({ node, from, to }) => ({
        id: input.jobs[node]?.id ?? '',
        name: input.jobs[node]?.name ?? '',
        endsBefore: instantOrNull(from),
        endsAfter: instantOrNull(to),
      })),
    }
  },
})

const MOST_AHEAD_MS = 14 * 86_400_000

const changeOf = (input: NightInput, act: WhatIfAct, at: number): Change => {
  if (act.do === 'extend') return { kind: 'extend', node: input.target, due: act.dueAt.epochMilliseconds }
  if (act.do === 'units') return { kind: 'units', resource: act.resource, units: act.units }
  const node = input.jobs.findIndex((job) => job.id === act.jobId)
  if (node < 0) throw invalid(`acts.${at}.jobId`, 'is no job of this chain; choose one of them.')
  if (act.do === 'start' && act.at.epochMilliseconds > input.to + MOST_AHEAD_MS)
    throw invalid(`acts.${at}.at`, 'must be within 14 days of the night; choose a time nearer to it.')
  switch (act.do) {
    case 'finish':
      return { kind: 'finish-now', node }
    case 'skip':
      return { kind: 'skip', node }
    case 'start':
      return { kind: 'start-at', node, at: act.at.epochMilliseconds }
    case 'takes':
      return { kind: 'takes', node, seconds: act.seconds }
  }
}
