import { useState } from 'react'
import { useMay } from '../../parts/frame-data.ts'
import { useSearchText } from '../../parts/use-search-text.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Status } from '../../ui/Marks.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { Ago, Lasting } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { aboutWords, useWebhooks, type Webhook } from './data.ts'
import { NewWebhook } from './NewWebhook.tsx'
import { WebhookSheet } from './WebhookSheet.tsx'

const State = ({ of: { failing, deliveredAt } }: { of: Webhook }) =>
  failing ? (
    <Status tone="down">failing</Status>
  ) : deliveredAt ? (
    <Status tone="ok">taken</Status>
  ) : (
    <Status tone="off">nothing yet</Status>
  )

const Last = ({ of: { failing, deliveredAt } }: { of: Webhook }) => {
  if (failing)
    return (
      <>
        for <Lasting from={failing.since} />
      </>
    )
  return deliveredAt ? <Ago at={deliveredAt} /> : null
}

const columns: readonly Column<Webhook>[] = [
  { title: 'State', width: 110, cell: (row) => <State of={row} /> },
  { title: 'Webhook', main: true, cell: ({ name }) => <span className="strong">{name}</span> },
  { title: 'Last', width: 120, faint: true, cell: (row) => <Last of={row} /> },
  { title: 'Posted to', width: 240, mono: true, from: 760, cell: ({ host }) => <span title={host}>{host}</span> },
  { title: 'Is told of', width: 160, cell: aboutWords },
  { title: 'Team', width: 160, faint: true, from: 900, cell: ({ team }) => team?.name ?? 'all teams' },
]

/** Addresses of other programs to which changes are posted. */
export function Webhooks() {
  const may = useMay('webhook.write')
  const list = useWebhooks()
  const [id, setId] = useSearchText('webhook')
  const [adding, setAdding] = useState(false)
  const add = (
    <Act
      label="New webhook"
      k="c"
      kind="primary"
      run={() => setAdding(true)}
      not={!may && 'You may not make webhooks. An administrator may.'}
    />
  )
  return (
    <Page
      title="Webhooks"
      fill
      chips={<span className="faint">changes of deadlines and jobs, posted to programs of your own</span>}
      acts={list.data?.items.length !== 0 && add}
    >
      <Panel fill label="Webhooks">
        <DataTable
          label="Webhooks"
          rows={list.data?.items}
          source={list}
          rowId={(row) => row.id}
          to={(row) => `${paths.webhooks()}?webhook=${row.id}`}
          columns={columns}
          phone={(row) => (
            <TwoLine
              mark={<State of={row} />}
              title={row.name}
              words={`${row.host} · ${aboutWords(row)}`}
              end={<Last of={row} />}
            />
          )}
          empty={
            <Empty title="No webhook yet." act={add}>
              When a deadline is at risk or a job fails, Watchfloor posts that to the address of a program of yours.
              Each post is signed, they come in order, and what the program does not take is posted again until it does.
            </Empty>
          }
        />
      </Panel>
      <NewWebhook opened={adding} onClose={() => setAdding(false)} />
      <WebhookSheet of={list.data?.items.find((row) => row.id === id)} onClose={() => setId('')} />
    </Page>
  )
}
