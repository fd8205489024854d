import { useMe } from '../../parts/frame-data.ts'
import { NotFound } from '../../parts/PageFailed.tsx'
import { Act } from '../../ui/Act.tsx'
import { saveFile } from '../../ui/csv.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { rowsOf } from '../../ui/list.ts'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { DeadlineLine, forBusiness } from './DeadlineList.tsx'
import { useDeadlines } from './data.ts'
import { isOver } from './words.ts'

/** For a stakeholder: by when what the own business units need must be done, and whether it will be. */
export function BusinessDeadlines() {
  const may = useMe().data?.may['chain.read'] !== undefined
  const source = useDeadlines(may ? {} : undefined)
  const rows = rowsOf(source.data)
  if (!may) return <NotFound />
  const hurt = rows?.filter(({ night, consequence }) => night && !isOver(night.state) && consequence) ?? []
  return (
    <Page
      title="Deadlines"
      acts={
        rows &&
        rows.length > 0 && (
          <Act
            label="Save as CSV"
            k="e"
            hint="a week back, two ahead"
            run={() => saveFile('deadlines.csv', '/api/deadlines.csv')}
          />
        )
      }
    >
      <Panel label="Deadlines">
        <DataTable
          label="Deadlines"
          flow
          rows={rows}
          source={source}
          rowId={({ id }) => id}
          columns={forBusiness}
          phone={(row) => <DeadlineLine row={row} />}
          empty={
            <Empty title="Nothing of your business units has a deadline.">
              A deadline says by when a night’s work must be done. Those of the services that your business units use
              stand here, with the odds that they are missed.
            </Empty>
          }
        />
      </Panel>
      {hurt.length > 0 && (
        <Panel title="If it slips" pad>
          <Facts
            of={hurt.map(({ name, consequence, cost }) => ({
              label: name,
              value: cost ? `${consequence} Cost: ${cost}` : consequence,
            }))}
          />
        </Panel>
      )}
    </Page>
  )
}
