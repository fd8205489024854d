import { expect, it } from 'vitest'
import { killLoop } from './stage.ts'

it('the story holds under kill -9 at random moments (the short form of npm run test:kill)', async () => {
  expect(await killLoop(2, Date.now() % 1_000_000, () => undefined)).toEqual([])
}, 300_000)
