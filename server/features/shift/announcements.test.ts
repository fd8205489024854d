import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mostAnnouncements } from '../../../contract/shift/index.ts'
import { openScenario, type ScenarioWorld } from '../../../test/harness/world.ts'

let bank: ScenarioWorld
beforeAll(async () => {
  bank = await openScenario('2026-11-23T07:00:00Z')
})
afterAll(() => bank.close())

type Said = { id: string; title: string; by: string; until: string | null }
const announce = (title: string, more: object = {}) => bank.api<Said>('POST', '/announcements', { title, ...more })
const titles = async () => (await bank.api<{ items: Said[] }>('GET', '/announcements')).items.map((a) => a.title)

describe('an announcement', () => {
  test('stands until it is ended, newest first; its end can be taken back, and both can be sent again', async () => {
    const first = await announce('The vendor patches tonight', { body: 'From **22:00**.' })
    await bank.advance({ minutes: 1 })
    await announce('Jonas stands in for Marta')
    expect(await titles()).toEqual(['Jonas stands in for Marta', 'The vendor patches tonight'])
    await bank.api('DELETE', `/announcements/${first.id}`)
    await bank.api('DELETE', `/announcements/${first.id}`)
    expect(await titles()).toEqual(['Jonas stands in for Marta'])
    await bank.api('POST', `/announcements/${first.id}/restoration`, {})
    await bank.api('POST', `/announcements/${first.id}/restoration`, {})
    expect(await titles()).toHaveLength(2)
  })

  test('goes away by itself when its time is over, and does not come back', async () => {
    const until = bank.house.clock.now().add({ minutes: 30 }).toString()
    const one = await announce('The lift is out of order', { until })
    expect(await titles()).toContain('The lift is out of order')
    await bank.advance({ minutes: 31 })
    expect(await titles()).not.toContain('The lift is out of order')
    await bank.api('DELETE', `/announcements/${one.id}`)
    await expect(bank.api('POST', `/announcements/${one.id}/restoration`, {})).rejects.toThrow(/announcement/)
  })

  test('is refused in a sentence: without words, for a time that is over, and when there are more than one reads', async () => {
    await expect(announce(' ')).rejects.toThrow(/title/)
    await expect(
      announce('Late', { until: bank.house.clock.now().subtract({ minutes: 1 }).toString() }),
    ).rejects.toThrow(/until: must be in the future/)
    for (let n = (await titles()).length; n < mostAnnouncements; n++) await announce(`Number ${n}`)
    await expect(announce('One too many')).rejects.toThrow(/There are 10 announcements already/)
  })
})
