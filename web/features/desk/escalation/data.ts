import { skipToken, useQuery } from '@tanstack/react-query'
import type { TicketDetail } from '../../../../contract/desk/shapes.ts'
import { query } from '../../../api.ts'
import type { Reader } from '../data.ts'

/** The escalations of a ticket, for the desk. Read again with the ticket: its version is part of the key. */
export const useEscalations = (ticket: TicketDetail, reader: Reader) =>
  useQuery(
    query.desk.escalations.queryOptions({
      input: reader.desk ? { id: ticket.id } : skipToken,
      queryKey: [...query.desk.escalations.key({ input: { id: ticket.id } }), ticket.version],
      placeholderData: (before) => before,
    }),
  )

/** Whether the reader is one of those who are to accept it. */
export const isReceiver = (ticket: Pick<TicketDetail, 'escalatedTo'>, reader: Reader): boolean =>
  ticket.escalatedTo !== null && reader.teams.some(({ id }) => id === ticket.escalatedTo?.id)
