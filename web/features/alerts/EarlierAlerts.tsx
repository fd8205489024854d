import { paths } from '../../paths.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Lasting, Stamp } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { StatusMark } from './SeverityMark.tsx'
import type { AlertDetail } from './words.ts'

/** Whether it was so before, and how it ended then. */
export const EarlierAlerts = ({ alert }: { alert: AlertDetail }) =>
  alert.previous.length > 0 && (
    <Panel title="It was so before" words={alert.previous.length === 10 ? 'the last 10 times' : undefined}>
      <DataTable
        label="Earlier alerts of the same key"
        flow
        keys={false}
        rows={alert.previous}
        rowId={({ id }) => id}
        to={({ id }) => paths.alert(id)}
        columns={[
          { title: 'Began', width: 110, main: true, cell: ({ startedAt }) => <Stamp at={startedAt} /> },
          {
            title: 'Lasted',
            width: 90,
            align: 'right',
            cell: ({ startedAt, endedAt }) => <Lasting from={startedAt} to={endedAt} />,
          },
          { title: 'Ended', width: 120, cell: ({ status }) => <StatusMark status={status} /> },
        ]}
        phone={({ startedAt, endedAt, status }) => (
          <TwoLine
            title={<Stamp at={startedAt} />}
            urgent={<Lasting from={startedAt} to={endedAt} />}
            words={<StatusMark status={status} />}
          />
        )}
        empty={null}
      />
    </Panel>
  )
