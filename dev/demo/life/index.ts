import type { House } from '../../../server/platform/house.ts'
import type { Company } from '../company.ts'
import type { Targets } from '../targets/index.ts'

export const startLife = (_: {
  house: House
  company: Company
  targets: Targets
  origin: string
  say(line: string): void
}) => ({
  stop: async () => undefined,
})
