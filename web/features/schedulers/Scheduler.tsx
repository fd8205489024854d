import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Log } from '../../parts/Log.tsx'
import { paths } from '../../paths.ts'
import { statusOf } from '../../problem.ts'
import { Chip } from '../../ui/Chip.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Columns, Page, Rows } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Callout, Empty, Failed, Loading } from '../../ui/States.tsx'
import { Ago, Due } from '../../ui/Time.tsx'
import { useParam } from '../../ui/url.ts'
import { capped } from '../monitors/words.ts'
import { DeleteScheduler } from './DeleteScheduler.tsx'
import { type SchedulerDetail, useScheduler } from './data.ts'
import { SchedulerActs } from './SchedulerActs.tsx'
import { SchedulerState } from './SchedulerState.tsx'
import { Strangers } from './Strangers.tsx'
import { asSentence } from './words.ts'

/** A connection: whether it is read, of which jobs it tells, and which it has that we have not. */
export function Scheduler() {
  const found = useScheduler(useParam('id'))
  if (found.data) return <Shown scheduler={found.data} />
  return (
    <Page title="Scheduler">
      <Panel label="Scheduler">
        {!found.isError && <Loading />}
        {found.isError &&
          ([400, 404, 422].includes(statusOf(found.error) ?? 0) ? (
            <Empty title="There is no such connection." act={<Link to={paths.schedulers()}>All schedulers</Link>}>
              It may have been disconnected.
            </Empty>
          ) : (
            <Failed what="The connection could not be read." error={found.error} retry={() => void found.refetch()} />
          ))}
      </Panel>
    </Page>
  )
}

function Shown({ scheduler }: { scheduler: SchedulerDetail }) {
  const [deleting, setDeleting] = useState(false)
  return (
    <Page
      title={scheduler.name}
      chips={
        <>
          <SchedulerState state={scheduler.state} />
          <Chip>{scheduler.about ?? scheduler.title}</Chip>
        </>
      }
      acts={<SchedulerActs scheduler={scheduler} onDelete={() => setDeleting(true)} />}
    >
      {scheduler.problem && (
        <Callout tone={scheduler.state === 'lost' ? 'blind' : 'warn'}>
          {asSentence(scheduler.problem)}
          {scheduler.state === 'lost' && ' How its jobs are is not known; none of them is called missing meanwhile.'}
        </Callout>
      )}
      {scheduler.state === 'paused' && (
        <Callout tone="note">It is not asked while it is paused, so how its jobs are is not known.</Callout>
      )}
      <DeleteScheduler scheduler={scheduler} opened={deleting} onClose={() => setDeleting(false)} />
      <Columns of="minmax(0, 1fr) 340px">
        <Rows>
          <Strangers scheduler={scheduler} />
          <Log about={`scheduler:${scheduler.id}`} />
        </Rows>
        <Panel title="Facts">
          <Facts as="rows" of={factsOf(scheduler)} />
        </Panel>
      </Columns>
    </Page>
  )
}

const factsOf = (s: SchedulerDetail) => [
  { label: 'Address', value: <code>{s.address}</code> },
  { label: 'Last read', value: s.readAt ? <Ago at={s.readAt} /> : <span className="faint">never</span> },
  s.nextAt !== null && { label: 'Next look in', value: <Due at={s.nextAt} soon={0} /> },
  { label: 'Asked every', value: `${s.intervalSeconds.toLocaleString('en-GB')} s` },
  { label: 'Our jobs', value: capped(s.jobs) },
  { label: 'Not imported', value: s.readAt ? capped(s.strangers) : <span className="faint">not known yet</span> },
  { label: 'Told', value: `${s.runs.toLocaleString('en-GB')} starts and ends` },
  { label: 'Import host', value: s.host || <span className="faint">none named</span> },
  { label: 'Jobs of', value: s.team?.name ?? 'all teams' },
]
