import { Link } from '@tanstack/react-router'
import { useMay } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Status } from '../../ui/Marks.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { useRequestTypes } from './data.ts'
import type { TypeRow } from './words.ts'

const Retired = () => <Status tone="off">retired</Status>

const columns: readonly Column<TypeRow>[] = [
  {
    title: 'Name',
    main: true,
    cell: ({ name, retiredAt }) => (
      <>
        {name} {retiredAt && <Retired />}
      </>
    ),
  },
  { title: 'Category', width: 160, cell: ({ category }) => category },
  { title: 'Fulfilled by', width: 200, cell: ({ team }) => team?.name },
  { title: 'About', width: 180, from: 900, faint: true, cell: ({ service }) => service?.name ?? '–' },
  {
    title: 'Approval',
    width: 120,
    from: 760,
    faint: true,
    cell: ({ needsApproval }) => (needsApproval ? 'needed' : 'none'),
  },
]

/** What can be asked for, for those who keep it. */
export function RequestTypes() {
  const list = useRequestTypes('all')
  const may = useMay('request_type.write') !== undefined
  const add = may && <Act label="New request type" k="c" kind="primary" to={paths.newRequestType()} />
  return (
    <Page
      title="Request types"
      fill
      chips={<Link to={paths.catalogue()}>as those who ask see it</Link>}
      acts={list.data && list.data.items.length > 0 && add}
    >
      <Panel fill label="Request types">
        <DataTable
          label="Request types"
          rows={list.data?.items}
          source={list}
          rowId={({ id }) => id}
          to={({ slug }) => paths.requestType(slug)}
          columns={columns}
          phone={({ name, category, team, retiredAt }) => (
            <TwoLine title={name} urgent={retiredAt && <Retired />} words={`${category} · ${team?.name ?? ''}`} />
          )}
          empty={
            <Empty title="Nothing can be asked for yet." act={add}>
              A request type is a form, who approves it, what is done to fulfil it, and the team that does it.
            </Empty>
          }
        />
      </Panel>
    </Page>
  )
}
