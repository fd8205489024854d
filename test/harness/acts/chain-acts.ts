import { on, type Prepare } from './prepare.ts'
import type { Things } from './things.ts'

const due = { kind: 'by', time: '07:45', days: 1, zone: 'Europe/London' }
const deadline = async (t: Things): Promise<string> => {
  const made = await t.bank.api<{ id: string }>('POST', '/deadlines', {
    name: t.fresh('EOD'),
    jobId: await t.job(),
    due,
    weekdays: [1, 2, 3, 4, 5, 6, 7],
  })
  return made.id
}
/** A business date that has not ended. */
const dateIn = (t: Things, days: number): string => t.later(days * 1_440).slice(0, 10)
const extension = (t: Things) => ({ dueAt: t.later(4 * 1_440), reason: 'The vendor is late' })

/** Acts on chains: deadlines, edges that people draw, when a business date begins. */
export const chainActs: Record<string, Prepare> = {
  'chains.create': async (t) => ({ body: { name: t.fresh('EOD'), jobId: await t.job(), due } }),
  'chains.change': on(deadline, (t) => ({ name: t.fresh('EOD') })),
  'chains.delete': on(deadline),
  'chains.extend': async (t) => ({ params: { id: await deadline(t), date: dateIn(t, 2) }, body: extension(t) }),
  'chains.takeBackExtension': async (t) => {
    const params = { id: await deadline(t), date: dateIn(t, 2) }
    await t.bank.api('PUT', `/deadlines/${params.id}/extensions/${params.date}`, extension(t))
    return { params }
  },
  'chains.hold': on(deadline, (t) => ({ until: t.later(120), reason: 'We know' })),
  'chains.release': async (t) => {
    const id = await deadline(t)
    await t.bank.api('PUT', `/deadlines/${id}/hold`, { until: t.later(120), reason: 'We know' })
    return { params: { id } }
  },
  'chains.drawEdge': async (t) => ({ body: { fromJobId: await t.job(), toJobId: await t.job(), reason: 'Seen so' } }),
  'chains.removeEdge': async (t) => {
    const body = { fromJobId: await t.job(), toJobId: await t.job(), reason: 'Seen so' }
    return { params: { id: (await t.bank.api<{ id: string }>('POST', '/chains/edges', body)).id } }
  },
  'chains.setCut': async (t) => {
    const { items } = await t.bank.api<{ items: { cut: string }[] }>('GET', '/chains/cuts')
    return { body: { zone: 'Asia/Tokyo', cut: items[0]?.cut === '18:00' ? '19:00' : '18:00' } }
  },
  'chains.setGlobal': async (t) => ({ body: { name: t.fresh('EOD_OK'), value: 'Y' } }),
  'chains.setResource': async (t) => ({ body: { name: t.fresh('DB_FX'), units: 4 } }),
  'chains.makeFeed': async () => ({}),
  'chains.endFeed': async (_, who) => {
    await who.request('POST', '/api/deadlines/feed', {})
    return {}
  },
}
