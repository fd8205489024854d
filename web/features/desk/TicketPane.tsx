import { useDebouncedValue } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import type { TicketDetail, TicketRow } from '../../../contract/desk/shapes.ts'
import { paths } from '../../paths.ts'
import { Chip } from '../../ui/Chip.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Later } from '../../ui/Later.tsx'
import { Priority } from '../../ui/Marks.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Split } from '../../ui/Split.tsx'
import { Failed, Loading } from '../../ui/States.tsx'
import { PresentPeople } from './daily/PresentPeople.tsx'
import { type Reader, useTicket } from './data.ts'
import { TopSuggestion } from './knowledge/TopSuggestion.tsx'
import { Standing } from './queue-columns.tsx'
import { factsOf } from './TicketFacts.tsx'
import { TicketFoot } from './TicketFoot.tsx'
import { TicketMain } from './TicketMain.tsx'
import styles from './ticket.module.css'
import type { Runnable } from './use-verbs.tsx'
import { VerbButtons } from './VerbRow.tsx'
import { type VerbName, work } from './verbs.ts'

/**
 * The ticket with the cursor, read once the cursor rests: while j is held down, nothing is asked for. Until then it is
 * the one before.
 */
export const useBeside = (number: string | undefined) => {
  const [resting] = useDebouncedValue(number, 80)
  return useTicket(resting)
}

const shownVerbs = ({ desk }: Reader): readonly VerbName[] => (desk ? work : ['reopen', 'close', 'cancel'])

type PaneProps = {
  row: TicketRow
  ticket: TicketDetail | undefined
  reader: Reader
  runnables: readonly Runnable[]
  failed: unknown
  retry: () => void
}

/**
 * The ticket beside the list: what happened, its facts, the reply box, and what can be done. A key that moves the cursor
 * does not wait for it.
 */
export const TicketPane = memo(({ row, ticket, reader, runnables, failed, retry }: PaneProps) => (
  <Panel
    fill="full"
    title={
      <span className={styles.heading}>
        {reader.desk && <Priority level={row.priority} />}
        <Link to={paths.ticket(row.number)} className={styles.title} title={row.title}>
          {row.title}
        </Link>
      </span>
    }
    right={
      <>
        {reader.desk && <PresentPeople number={row.number} />}
        <Chip>
          {row.state === 'in_progress' && row.team ? (
            `in progress · ${row.team.name}`
          ) : (
            <Standing of={row} reader={reader} />
          )}
        </Chip>
      </>
    }
  >
    {runnables.some(({ verb, not }) => !not && shownVerbs(reader).includes(verb.name)) && (
      <div className={styles.verbs}>
        <VerbButtons runnables={runnables} of={shownVerbs(reader)} />
      </div>
    )}
    {ticket ? (
      <Split
        key={ticket.number}
        main={<TicketMain ticket={ticket} reader={reader} />}
        foot={
          <div className={styles.stay}>
            <Later>
              {reader.desk && <TopSuggestion ticket={ticket} />}
              <TicketFoot ticket={ticket} reader={reader} />
            </Later>
          </div>
        }
        aside={
          <Later>
            <Facts of={factsOf(ticket, reader)} />
          </Later>
        }
      />
    ) : failed ? (
      <Failed what={`${row.number} could not be loaded.`} error={failed} retry={retry} />
    ) : (
      <Loading lines={6} />
    )}
  </Panel>
))
