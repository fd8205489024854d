import type { z } from 'zod'
import type { ticketCounts } from '../../../contract/desk/shapes.ts'
import type { Reader } from './data.ts'
import { isSame } from './queue-language.ts'

type Counts = z.output<typeof ticketCounts>
export type View = {
  name: string
  filter: string
  count?: keyof Counts
  empty: string
  /** What brings something into it, where that is not the opening of a ticket. */
  filledBy?: string
  /** Shown while there is something in it, or one looks at it; its key works always. */
  aside?: boolean
}

const deskViews: readonly View[] = [
  { name: 'My teams', filter: 'state:open team:mine', count: 'myTeams', empty: 'Nothing is open for your teams.' },
  {
    name: 'Mine',
    filter: 'state:open owner:me',
    count: 'mine',
    empty: 'You have no open ticket.',
    filledBy: 'Take one from the list of your teams; what somebody gives to you comes here by itself.',
  },
  {
    name: 'Unassigned',
    filter: 'state:open owner:none',
    count: 'unassigned',
    empty: 'Every open ticket has an owner.',
  },
  { name: 'All open', filter: 'state:open', count: 'open', empty: 'Nothing is open.' },
  { name: 'Recent', filter: '', empty: 'No ticket was opened yet.' },
  {
    name: 'To accept',
    filter: 'state:open escalated:us',
    count: 'escalated',
    empty: 'Nothing was escalated to your teams that waits to be accepted.',
    filledBy: 'What another team escalates to yours stands here until somebody accepts it or sends it back.',
    aside: true,
  },
  {
    name: 'Helping',
    filter: 'state:open helping:me',
    count: 'helping',
    empty: 'You help on no open ticket.',
    filledBy: 'Join whoever has a ticket under Helpers; where somebody asks you to, it comes here by itself.',
    aside: true,
  },
  {
    name: 'Later',
    filter: 'state:open later:me',
    count: 'snoozed',
    empty: 'You have left nothing for later.',
    filledBy: 'Later, on a ticket, takes it out of your lists until a time that you choose; until then it stands here.',
    aside: true,
  },
]
const askerViews: readonly View[] = [
  { name: 'Asked by me', filter: 'asked:me', empty: 'You have not asked for anything yet.' },
  { name: 'Open', filter: 'state:open', count: 'open', empty: 'Nothing of yours is open.' },
  { name: 'All', filter: '', empty: 'Nothing here yet.' },
]

/** The saved views: each is a filter. The first is shown when none is asked for. */
export const viewsFor = (reader: Pick<Reader, 'desk' | 'teams'>): readonly View[] => {
  if (!reader.desk) return askerViews
  return reader.teams.length > 0
    ? deskViews
    : deskViews.slice(1).toSorted((a, b) => Number(b.name === 'All open') - Number(a.name === 'All open'))
}

export const viewOf = (views: readonly View[], filter: string): View | undefined =>
  views.find((view) => isSame(view.filter, filter))

/** '23', '1,000+'. */
export const countWords = (count: number): string => (count > 1000 ? '1,000+' : count.toLocaleString('en-GB'))
