import type { Level, TicketKind } from '../../../contract/desk/index.ts'
import type { TeamName } from '../../seed/teams.ts'

/** What happens on desks: told with holes (`{acct}`) that each telling fills anew. */
export type Story = {
  title: string
  says: string
  service: string
  team: TeamName
  kind?: TicketKind
  /** Who asks; by machines where nobody does. */
  by?: readonly string[]
  level: readonly [impact: Level, urgency: Level]
  asks?: string
  answers?: string
  note: string
  fix: string
  /** The title of the known error that is met. */
  known?: string
  /** To whom it is passed on, where it starts at the service desk. */
  via?: TeamName
  /** How often, beside the others. */
  often?: number
}
