import type { Site } from '../../seed/people.ts'
import type { TeamName } from '../../seed/teams.ts'

/** Who works at which site, so that nights are worked on from where it is day. */
export const hands: Record<TeamName, Record<Site, readonly string[]>> = {
  serviceDesk: { london: ['tom', 'grace', 'lena'], newYork: ['luis'], tokyo: ['kenji'] },
  markets: { london: ['priya', 'sam', 'zoe'], newYork: ['owen'], tokyo: ['aiko'] },
  postTrade: { london: ['dan', 'claire'], newYork: ['nora'], tokyo: ['haruto', 'yui'] },
  dba: { london: ['jonas', 'pavel'], newYork: ['ines'], tokyo: ['pavel'] },
  systems: { london: ['viktor', 'ingrid'], newYork: ['carlos'], tokyo: ['mei'] },
  marketData: { london: ['ravi'], newYork: ['ravi', 'ruth'], tokyo: ['ruth'] },
}
