import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { proposalInput } from '../../../contract/desk/index.ts'
import { type DeskHouse, deskHouse } from '../../../test/harness/desk.ts'
import { getTicket } from './get.ts'
import { openByHand } from './open.ts'
import { proposeTicket } from './proposal.ts'

let house: DeskHouse
beforeAll(async () => {
  house = await deskHouse()
})
afterAll(() => house.close())

type Input = z.input<typeof proposalInput>
const propose = (input: Input) => house.ask(proposeTicket, house.cast.actors.priya, input)

describe('what a ticket would become', () => {
  const cases: Partial<Input>[] = [{}, { impact: 'low' }, { environment: 'uat' }, { kind: 'request', urgency: 'high' }]
  it.each(cases)('is what it becomes: %j', async (given) => {
    const input = { ...given, serviceId: house.cast.orders.id }
    const said = await propose(input)
    const { ticket } = await house.execute(openByHand, house.cast.actors.priya, { title: 'No prices', ...input })
    const full = await house.ask(getTicket, house.cast.actors.priya, { id: ticket.id })
    expect(said).toMatchObject({
      impact: full.impact,
      urgency: full.urgency,
      priority: full.priority,
      reason: full.priorityReason,
      basis: full.basis,
      team: full.team,
      derivation: full.derivation,
    })
    expect(said.clocks).toEqual(
      full.clocks.map(({ name, label, dueAt, derivation }) => ({ name, label, dueAt, derivation })),
    )
  })

  it('may wake somebody only for P1 and P2 in production', async () => {
    const serviceId = house.cast.orders.id
    expect((await propose({ serviceId })).wakes).toBe(true)
    expect((await propose({ serviceId, impact: 'low', urgency: 'medium' })).wakes).toBe(false)
    expect((await propose({ serviceId, environment: 'uat', impact: 'high', urgency: 'high' })).wakes).toBe(false)
  })

  it('without a service has no team, and says that none is named', async () => {
    const said = await propose({})
    expect(said.team).toBeNull()
    expect(said.reason).toContain('no service is named')
  })
})
