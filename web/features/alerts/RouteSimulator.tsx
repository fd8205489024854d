import type { ReactNode } from 'react'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Priority } from '../../ui/Marks.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Failed } from '../../ui/States.tsx'
import { Ago, Stamp } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import styles from './Routes.module.css'
import { matchedWords, takenWords } from './route-words.ts'
import { AlertMark } from './SeverityMark.tsx'
import type { ShownPreview } from './use-route-preview.ts'
import type { RoutePreview } from './words.ts'

type Item = RoutePreview['items'][number]

const teamOf = ({ team }: Item['was']) => team?.name ?? 'no team'
const serviceOf = ({ service, environment }: Item['was']) => `${service?.name ?? 'no service'} · ${environment}`
const about = ({ alert }: Item) => [alert.host, alert.source].filter(Boolean).join(' · ')

const Lines = ({ first, second }: { first: ReactNode; second: ReactNode }) => (
  <>
    <div className="clip">{first}</div>
    <div className="clip">{second}</div>
  </>
)

/** Where it went, or would go: the team above the service; what would be another stands out. */
const Place = ({ place, other }: { place: Item['was']; other?: Item['was'] }) => {
  const line = (of: (one: Item['was']) => string) => (
    <span
      className={other && of(place) !== of(other) ? 'strong' : 'faint'}
      title={other ? `was ${of(other)}` : of(place)}
    >
      {of(place)}
    </span>
  )
  return <Lines first={line(teamOf)} second={line(serviceOf)} />
}

const Becomes = ({ item }: { item: Item }) =>
  item.takenBy === null ? (
    <Place place={item.becomes} other={item.was} />
  ) : (
    <Lines
      first={<span title={item.takenBy}>taken by {item.takenBy}</span>}
      second={<span className="faint">{teamOf(item.becomes)}</span>}
    />
  )

const Incident = ({ item }: { item: Item }) =>
  item.opensIncident ? (
    <Lines
      first={<>{item.priority !== null && <Priority level={item.priority} />} incident</>}
      second={
        item.policy && (
          <span className="faint" title={`by the escalation policy ${item.policy.name}`}>
            by {item.policy.name}
          </span>
        )
      }
    />
  ) : (
    <span className="faint">no incident</span>
  )

const columns: readonly Column<Item>[] = [
  {
    title: 'Severity',
    width: 118,
    cell: (item) => (
      <Lines
        first={<AlertMark alert={item.alert} />}
        second={
          <span className="faint">
            <Stamp at={item.alert.startedAt} full />
          </span>
        }
      />
    ),
  },
  {
    title: 'Alert',
    main: true,
    cell: (item) => (
      <Lines
        first={
          <span className="strong" title={item.alert.title}>
            {item.alert.title}
          </span>
        }
        second={<span className="faint">{about(item)}</span>}
      />
    ),
  },
  { title: 'Was', width: 146, from: 718, cell: ({ was }) => <Place place={was} /> },
  { title: 'Becomes', width: 162, cell: (item) => <Becomes item={item} /> },
  { title: 'Incident', width: 112, cell: (item) => <Incident item={item} /> },
]

/** 'L2 Markets support → DBA', for a phone. */
const changed = ({ was, becomes, takenBy }: Item) => {
  if (takenBy !== null) return `taken by ${takenBy}`
  const of = teamOf(was) === teamOf(becomes) ? serviceOf : teamOf
  return of(was) === of(becomes) ? of(was) : `${of(was)} → ${of(becomes)}`
}

const phone = (item: Item) => (
  <>
    <TwoLine
      mark={<AlertMark alert={item.alert} />}
      title={item.alert.title}
      words={about(item)}
      end={<Ago at={item.alert.startedAt} />}
    />
    <div className={styles.becomes}>
      <span>{changed(item)}</span>
      <span className={styles.incident}>
        <Incident item={item} />
      </span>
    </div>
  </>
)

type Props = { preview: ShownPreview; enabled: boolean }

/** What the route would have done with the newest alerts, before it is saved. */
export const RouteSimulator = ({ preview, enabled }: Props) => (
  <Panel title="What it would have done" words="nothing is changed by looking">
    {preview.failed ? (
      <Failed what="It could not be tried." error={preview.failed} retry={preview.retry} />
    ) : (
      <>
        <div className={styles.result} aria-live="polite">
          <Result preview={preview} />
          {!enabled && preview.data && <p className="faint">It is disabled; this is what it would do enabled.</p>}
        </div>
        {shown(preview).length > 0 && (
          <div className={styles.matched}>
            <DataTable
              label="Alerts that it is for"
              flow
              keys={false}
              rows={shown(preview)}
              rowId={({ alert }) => alert.id}
              columns={columns}
              phone={phone}
              empty={null}
            />
          </div>
        )}
      </>
    )}
  </Panel>
)

const refused = ({ problems }: ShownPreview) => Object.values(problems).some(Boolean)
const shown = (preview: ShownPreview) => (preview.asked && !refused(preview) ? (preview.data?.items ?? []) : [])

function Result({ preview }: { preview: ShownPreview }) {
  const { asked, data } = preview
  if (!asked)
    return (
      <p className="muted">
        Write a condition. The newest alerts that it is for are shown here, with where they went and where they would
        have gone.
      </p>
    )
  if (refused(preview)) return <p className="muted">It cannot be tried yet: each field says what is wrong.</p>
  if (!data) return <p className="muted">Trying it with the newest alerts…</p>
  const { matched, items, notes } = data
  const taken = takenWords(items)
  return (
    <>
      <p className={matched > 0 ? 'strong' : undefined}>{matchedWords(data)}</p>
      {matched > items.length && <p className="faint">The newest {items.length} of them:</p>}
      {taken && <p className="muted">{taken}</p>}
      {notes.length > 0 && <p className="muted">Where it could not be decided: {notes.join('; ')}.</p>}
    </>
  )
}
