import { on, type Prepare } from './prepare.ts'
import type { Things } from './things.ts'

const running = async (t: Things): Promise<string> => {
  const id = await t.job()
  await t.bank.house.http.inject({ method: 'GET', url: `/ping/${id}/start` })
  await t.bank.house.settle()
  return id
}
const actionBody = (t: Things) => ({
  name: t.fresh('Run'),
  act: 'rerun',
  kind: 'http',
  config: { url: `${t.bank.server.url}/jobs/{slug}/run` },
  teamId: t.bank.world.teams.markets,
})
const action = async (t: Things): Promise<string> =>
  (await t.bank.api<{ id: string }>('POST', '/scheduler-actions', actionBody(t))).id

/** What people do about jobs: notes, marks, holds of alarms, and acts that a scheduler carries out. */
export const jobActs: Record<string, Prepare> = {
  'jobs.holdRun': on(running, () => ({ reason: 'We know' })),
  'jobs.releaseRun': async (t) => {
    const id = await running(t)
    await t.bank.api('PUT', `/jobs/${id}/held-run`, { reason: 'We know' })
    return { params: { id } }
  },
  'acts.createAction': async (t) => ({ body: actionBody(t) }),
  'acts.changeAction': on(action, (t) => ({ name: t.fresh('Run') })),
  'acts.deleteAction': on(action),
  'acts.actOnJob': async (t) => ({
    params: { id: await t.job() },
    body: { actionId: await action(t), reason: 'It hangs' },
  }),
  'acts.note': on(
    (t) => t.job(),
    () => ({ text: 'The vendor was called' }),
  ),
  'acts.handOver': on(
    (t) => t.job(),
    () => ({ note: 'Look at 02:00' }),
  ),
  'acts.endHandOver': async (t) => {
    const id = await t.job()
    await t.bank.api('PUT', `/jobs/${id}/hand-over`, { note: 'Look at 02:00' })
    return { params: { id } }
  },
}
