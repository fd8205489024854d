import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type ScratchDatabase, scratchDatabase } from '../../test/harness/database.ts'
import { createDoorbell } from './doorbell.ts'
import { createLog } from './log.ts'

let database: ScratchDatabase
beforeAll(async () => {
  database = await scratchDatabase()
})
afterAll(() => database.drop())

it('tells the other processes that something was committed, and what has moved, all of it', async () => {
  const heard: (readonly string[])[] = []
  const own: (readonly string[])[] = []
  const log = createLog('silent')
  const ringing = createDoorbell(database.url, log, (moved) => void own.push(moved))
  const hearing = createDoorbell(database.url, log, (moved) => void heard.push(moved))
  ringing.start()
  hearing.start()
  // Each looks once when it is connected.
  await vi.waitFor(() => expect([own.length, heard.length]).toEqual([1, 1]))
  ringing.ring()
  await vi.waitFor(() => expect(heard).toEqual([[], []]))
  const many = Array.from({ length: 250 }, (_, n) => `deadline:${n}`)
  ringing.tell(many)
  await vi.waitFor(() => expect(heard.flat().toSorted()).toEqual(many.toSorted()))
  expect(own).toEqual([[]])
  await Promise.all([ringing.stop(), hearing.stop()])
})
