import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useMay } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { statusOf } from '../../problem.ts'
import { Act } from '../../ui/Act.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Columns, Page, Rows } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Callout, Empty, Failed, Loading } from '../../ui/States.tsx'
import { Lasting, Stamp } from '../../ui/Time.tsx'
import { duration } from '../../ui/time.ts'
import { useParam } from '../../ui/url.ts'
import { SilenceForm } from '../alerts/SilenceForm.tsx'
import { Changes } from './Changes.tsx'
import { Days } from './Days.tsx'
import { type MonitorDetail, useMonitor, useWhyNot } from './data.ts'
import { LookFacts, Sample } from './Look.tsx'
import { ResponseTime } from './ResponseTime.tsx'
import { StateMark } from './StateMark.tsx'
import { reachesOf } from './silence.ts'
import { pauseOf, useLook, usePause } from './use-monitor-acts.ts'
import { belongsTo, every, outcomeWords } from './words.ts'

/** One monitor: how it is, how long its answers took, what changed. */
export function Monitor() {
  const id = useParam('id')
  const found = useMonitor(id)
  if (found.data) return <Shown monitor={found.data} />
  if (!found.isError)
    return (
      <Page title="Monitor">
        <Panel label="Monitor">
          <Loading />
        </Panel>
      </Page>
    )
  return (
    <Page title="Monitor">
      <Panel label="Monitor">
        {[400, 404].includes(statusOf(found.error) ?? 0) ? (
          <Empty title="There is no such monitor." act={<Link to={paths.monitors()}>All monitors</Link>}>
            It may have been deleted.
          </Empty>
        ) : (
          <Failed what="The monitor could not be loaded." error={found.error} retry={() => void found.refetch()} />
        )}
      </Panel>
    </Page>
  )
}

function Shown({ monitor }: { monitor: MonitorDetail }) {
  const [silencing, setSilencing] = useState(false)
  const whyNot = useWhyNot()(monitor.team)
  const maySilence = useMay('silence.write') !== undefined
  const look = useLook()
  const pause = usePause()
  const pausing = pauseOf([monitor], () => whyNot)
  return (
    <Page
      title={monitor.name}
      chips={
        <>
          <StateMark state={monitor.state}>
            {' for '}
            <Lasting from={monitor.since} />
          </StateMark>
          <Chip title={monitor.address}>{monitor.kind}</Chip>
          <Chip>
            {monitor.service ? (
              <Link to={paths.service(monitor.service.id)}>{belongsTo(monitor)}</Link>
            ) : (
              belongsTo(monitor)
            )}
          </Chip>
          <Chip title={monitor.detection.sentence}>every {every(monitor.intervalSeconds)}</Chip>
          {monitor.alert?.ticket && (
            <Chip>
              <Link to={paths.ticket(monitor.alert.ticket.number)}>{monitor.alert.ticket.number}</Link>
            </Chip>
          )}
        </>
      }
      acts={
        <>
          {maySilence && <Act label="Silence" k="s" run={() => setSilencing(true)} />}
          <Act
            label={pausing.label}
            k="P"
            busy={pause.busy}
            run={() => pause.run({ some: [monitor], on: pausing.on })}
            not={pausing.not}
          />
          <Act label="Check now" k="r" busy={look.busy} run={() => look.run([monitor])} not={whyNot} />
          <Act label="Edit" k="e" to={paths.editMonitor(monitor.id)} not={whyNot} />
        </>
      }
    >
      {monitor.unobservedSince && (
        <Callout tone="blind">
          <b>
            Blind since <Stamp at={monitor.unobservedSince} />.
          </b>{' '}
          Nobody has looked since then, though somebody should. Whether it is up is not known.
        </Callout>
      )}
      {monitor.reason && monitor.state !== 'up' && monitor.state !== 'paused' && (
        <Callout tone={monitor.state === 'down' ? 'down' : monitor.state === 'unknown' ? 'blind' : 'warn'}>
          {monitor.reason}
        </Callout>
      )}
      <ResponseTime monitor={monitor} />
      <Days id={monitor.id} name={monitor.name} />
      <Columns of="1fr 1fr">
        <Changes id={monitor.id} />
        <Rows>
          <LastFailure monitor={monitor} />
          {monitor.lastResult && (
            <Panel title="What it saw" words={monitor.lastResult.message}>
              <LookFacts facts={monitor.lastResult.facts} />
            </Panel>
          )}
        </Rows>
      </Columns>
      <Dialog opened={silencing} onClose={() => setSilencing(false)} title={`Silence ${monitor.name}`} wide>
        <SilenceForm
          reaches={reachesOf(monitor)}
          onClose={() => setSilencing(false)}
          onDone={() => setSilencing(false)}
        />
      </Dialog>
    </Page>
  )
}

function LastFailure({ monitor: { lastFailure: seen } }: { monitor: MonitorDetail }) {
  if (!seen) return null
  return (
    <Panel
      title="Last failing answer"
      words={
        <>
          <Stamp at={seen.at} /> · {outcomeWords[seen.outcome]} after {duration(seen.ms)}
        </>
      }
      foot={seen.message}
    >
      {seen.sample?.headers || seen.sample?.body ? (
        <Sample sample={seen.sample} headers />
      ) : (
        <LookFacts facts={seen.facts} />
      )}
    </Panel>
  )
}
