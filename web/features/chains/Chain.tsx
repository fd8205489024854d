import { Link } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { Log } from '../../parts/Log.tsx'
import { paths } from '../../paths.ts'
import { statusOf } from '../../problem.ts'
import { Act } from '../../ui/Act.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { useFocusBeside } from '../../ui/focus.tsx'
import { useIsPhone } from '../../ui/list.ts'
import { Columns, Page, Rows } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Callout, Empty, Failed, Loading } from '../../ui/States.tsx'
import { Stamp } from '../../ui/Time.tsx'
import { useParam, useUrlState } from '../../ui/url.ts'
import { useAcknowledge } from '../alerts/use-alert-acts.ts'
import { ChainHead } from './ChainHead.tsx'
import { ChainTable } from './ChainTable.tsx'
import { DateNav } from './DateNav.tsx'
import { type DeadlineDetail, type Night, useDeadline, useNight } from './data.ts'
import { ExtendDialog } from './ExtendDialog.tsx'
import { Findings } from './Findings.tsx'
import { HoldDialog } from './HoldDialog.tsx'
import { Nights } from './Nights.tsx'
import { StateMark } from './StateMark.tsx'
import { Tonight } from './Tonight.tsx'
import { useRelease, useTakeBack, useWhyNot } from './use-deadline-acts.ts'
import { Ways } from './Ways.tsx'
import { WhatIf } from './WhatIf.tsx'
import { dueWords, isOver } from './words.ts'

/** A chain on one night: what ran, what is expected and with which odds, what to act on, and what acting would change. */
export function Chain() {
  const id = useParam('id')
  const [date, setDate] = useUrlState<string>('date', '')
  const deadline = useDeadline(id)
  const night = useNight(id, date || undefined)
  if (deadline.data && night.data)
    return <Shown key={id} deadline={deadline.data} night={night.data} onDate={setDate} isNow={date === ''} />
  const failed = deadline.isError ? deadline : night.isError ? night : undefined
  return (
    <Page
      title={deadline.data?.name ?? 'Chain'}
      acts={failed && deadline.data && <Act label="Edit" k="e" kind="primary" to={paths.editDeadline(id)} />}
    >
      <Panel label="Chain">
        {!failed && <Loading lines={10} />}
        {failed &&
          (deadline.data && !deadline.data.job ? (
            <Empty title="Its job was deleted." act={<Link to={paths.editDeadline(id)}>Give it another job</Link>}>
              Without a last job there is no chain, and nothing is predicted.
            </Empty>
          ) : deadline.isError && [400, 404, 422].includes(statusOf(deadline.error) ?? 0) ? (
            <Empty title="There is no such deadline." act={<Link to={paths.chains()}>All deadlines</Link>}>
              It may have been deleted.
            </Empty>
          ) : (
            <Failed
              what="The chain could not be loaded."
              error={failed.error}
              retry={() => void Promise.all([deadline.refetch(), night.refetch()])}
            />
          ))}
      </Panel>
    </Page>
  )
}

const countWords = ({ counts }: Night) =>
  [
    `${counts.done} of ${counts.jobs} ${counts.jobs === 1 ? 'job' : 'jobs'} done`,
    counts.running > 0 && `${counts.running} running`,
    counts.failed > 0 && `${counts.failed} failed`,
  ]
    .filter(Boolean)
    .join(' · ')

type Asked = 'extend' | 'hold'

function Shown({
  deadline,
  night,
  onDate,
  isNow,
}: {
  deadline: DeadlineDetail
  night: Night
  onDate: (date: string) => void
  isNow: boolean
}) {
  const phone = useIsPhone()
  const whyNot = useWhyNot()(deadline.team)
  const acknowledge = useAcknowledge()
  const release = useRelease(deadline)
  const takeBack = useTakeBack(deadline, night.date)
  const [asked, setAsked] = useState<Asked>()
  const [beside, setBeside] = useUrlState<string>('beside', '')
  const [as, setAs] = useUrlState<string>('as', '')
  const table = phone || as === 'table'
  const whatIf = beside === 'what-if'
  const what = useRef<HTMLDivElement>(null)
  useFocusBeside(whatIf && !phone, what)
  const close = () => setAsked(undefined)
  const { alert } = night
  const alerts = alert?.status === 'firing' || alert?.status === 'blind'
  return (
    <Page
      title={deadline.name}
      long
      fill={!phone}
      chips={
        <>
          <DateNav date={night.date} isNow={isNow} onDate={onDate} />
          <Chip>{countWords(night)}</Chip>
          <StateMark state={night.words.state} />
        </>
      }
      acts={
        <>
          {!phone && <Act label="What if…" k="w" run={() => setBeside(whatIf ? '' : 'what-if')} />}
          {!phone && <Act label="Edit" k="e" to={paths.editDeadline(deadline.id)} not={whyNot} />}
          {deadline.held ? (
            <Act label="Release" k="m" busy={release.busy} run={() => release.run(undefined)} not={whyNot} />
          ) : (
            <Act label="Hold" k="m" run={() => setAsked('hold')} not={whyNot ?? deadline.can.hold} />
          )}
          <Act
            label="Extend"
            k="u"
            kind={alerts ? 'plain' : 'primary'}
            run={() => setAsked('extend')}
            not={whyNot ?? deadline.can.extend ?? (isOver(night.words.state) && 'It is done; nothing is due any more.')}
          />
          {alerts && (
            <Act
              label="Acknowledge"
              k="a"
              kind="primary"
              busy={acknowledge.busy}
              run={() => acknowledge.run([{ id: alert.id, title: deadline.name }])}
              not={alert.acknowledgedBy !== null && `${alert.acknowledgedBy} has it already.`}
            />
          )}
        </>
      }
    >
      {deadline.held && (
        <Callout tone="note">
          Its alarms are held until <Stamp at={deadline.held.until} full />: {deadline.held.reason}
        </Callout>
      )}
      {night.extension && (
        <Callout
          tone="note"
          acts={!whyNot && <Act label="As it was" run={() => takeBack.run(undefined)} busy={takeBack.busy} />}
        >
          {night.extension.by} moved it
          {night.originalDueAt && ` from ${dueWords(night.originalDueAt, night.zone, Date.parse(night.words.dueAt))}`}:{' '}
          {night.extension.reason}
        </Callout>
      )}
      <ChainHead night={night} />
      {asked === 'extend' && (
        <ExtendDialog deadline={deadline} date={night.date} dueAt={night.words.dueAt} onClose={close} />
      )}
      {asked === 'hold' && <HoldDialog deadline={deadline} onClose={close} />}
      {phone ? (
        <Rows>
          <Findings night={night} />
          <Panel title="Jobs" words={countWords(night)}>
            <ChainTable night={night} flow />
          </Panel>
          <Panel label="Back-test" pad>
            <Link to={paths.backtest(deadline.id)}>Were its odds right? The back-test</Link>
          </Panel>
          <Log about={`deadline:${deadline.id}`} />
        </Rows>
      ) : (
        <Columns of={whatIf ? 'minmax(0, 1fr) 372px' : 'minmax(0, 1fr)'} fill>
          <Tonight night={night} table={table} onTable={(on) => setAs(on ? 'table' : '')}>
            <Ways night={night} />
            <Findings night={night} />
            <Nights deadline={deadline} shown={night.date} onDate={onDate} />
            <Log about={`deadline:${deadline.id}`} />
          </Tonight>
          {whatIf && <WhatIf key={night.date} night={night} part={what} onClose={() => setBeside('')} />}
        </Columns>
      )}
    </Page>
  )
}
