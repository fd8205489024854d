import type { z } from 'zod'
import type { openTicketInput } from '../../../contract/desk/inputs.ts'
import type { TicketProposal } from '../../../contract/desk/shapes.ts'
import type { OpenedVia, TicketKind } from '../../../contract/desk/words.ts'
import type { Person } from '../../parts/PersonSelect.tsx'
import type { Reader } from './data.ts'
import type { Chosen } from './LevelRow.tsx'
import type { environments } from './words.ts'

type Named = { id: string; name: string }
export type Environment = (typeof environments)[number]

/** What the form holds. */
export type Given = {
  kind: TicketKind
  title: string
  description: string
  service: (Named & { environments?: readonly Environment[] }) | null
  environment: Environment
  requester: Person | null
  via: Exclude<OpenedVia, 'alert' | 'api' | 'portal'>
  impact: Exclude<Chosen, 'same'>
  urgency: Exclude<Chosen, 'same'>
  team: Named | null
  page: boolean
}

export type FieldsProps = {
  given: Given
  set: (change: Partial<Given>) => void
  problems: Record<string, string | undefined>
  reader: Reader
  proposal: TicketProposal | undefined
}

export const emptyTicket: Given = {
  kind: 'incident',
  title: '',
  description: '',
  service: null,
  environment: 'prod',
  requester: null,
  via: 'desk',
  impact: 'rule',
  urgency: 'rule',
  team: null,
  page: false,
}

/** What the API is sent. Those who ask say what is wrong and where; the rest is the desk's. */
export const inputOf = (given: Given, reader: Pick<Reader, 'desk'>): z.input<typeof openTicketInput> => {
  const { kind, environment, service, impact, urgency, team, requester } = given
  const asked = {
    kind,
    title: given.title.trim(),
    description: given.description,
    environment,
    ...(service && { serviceId: service.id }),
  }
  if (!reader.desk) return asked
  return {
    ...asked,
    via: given.via,
    page: given.page,
    ...(impact !== 'rule' && { impact }),
    ...(urgency !== 'rule' && { urgency }),
    ...(team && { teamId: team.id }),
    ...(requester && { requesterId: requester.id }),
  }
}

export const draftKey = (userId: string) => `watchfloor.draft new-ticket ${userId}`

/** A ticket that was begun on this machine and not sent. */
export const ticketDraft = {
  start: emptyTicket,
  read: (found: object): Given => ({ ...emptyTicket, ...found }),
  isEmpty: ({ title, description }: Given) => !title && !description,
}
