import { Checkbox, PasswordInput, SegmentedControl, Select, Switch, Tabs, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Act } from '../Act.tsx'
import { DataTable } from '../DataTable.tsx'
import { Dialog } from '../Dialog.tsx'
import { FilterBar } from '../FilterBar.tsx'
import { Avatar, Priority, Status, Tag } from '../Marks.tsx'
import { Columns, Page, Rows } from '../Page.tsx'
import { Panel } from '../Panel.tsx'
import { Banner, Callout, Empty, Failed, Loading } from '../States.tsx'
import { Ago, Clock, Due, Stamp } from '../Time.tsx'
import { toast, toastError } from '../toast.ts'
import { Copying } from './QueuePage.tsx'

const now = Date.now()

/** Everything that no other page of the gallery shows. */
export function KitPage() {
  const [opened, setOpened] = useState(false)
  const [filter, setFilter] = useState('state:open team:eqd')
  return (
    <Page
      title="Alerts"
      chips={<Tag tone="warn">at risk</Tag>}
      acts={
        <>
          <Act label="Say something" k="s" run={() => toast('INC-2043 is resolved.', { undo: () => {} })} />
          <Act
            label="Fail"
            run={() => toastError(new Error('The ticket was changed by Jonas W. a moment ago. Read it again.'))}
          />
          <Act label="Ask" k="a" kind="primary" run={() => setOpened(true)} />
        </>
      }
    >
      <FilterBar
        value={filter}
        onChange={setFilter}
        fields={[
          { name: 'state', values: ['open', 'resolved'] },
          { name: 'team', values: ['eqd', 'dba'] },
          { name: 'priority' },
        ]}
        label="Filter the alerts"
      />
      <Columns of="1fr 1fr 1fr">
        <Rows>
          <Panel title="Marks" pad>
            <Priority level={1} /> <Priority level={2} /> <Priority level={3} /> <Priority level={4} />{' '}
            <Priority level={5} />
            <p>
              <Status tone="ok">up</Status> · <Status tone="warn">degraded</Status> · <Status tone="down">down</Status>{' '}
              · <Status tone="blind">unknown</Status> · <Status tone="off">paused</Status>
            </p>
            <p>
              <Tag tone="ok">ready</Tag> <Tag tone="warn">at risk</Tag> <Tag tone="down">late</Tag>{' '}
              <Tag tone="blind">blind</Tag> <Tag tone="off">draft</Tag>
            </p>
            <p>
              <Avatar name="Priya Nair" /> <Avatar name="Tom Miller" you /> <Avatar name="José" size={28} />
            </p>
            <p>
              <Due at={now - 240_000} /> · <Due at={now + 1_700_000} /> · <Due at={now + 12_000_000} /> ·{' '}
              <Ago at={now - 12_000} /> · <Ago at={now - 4_000_000} /> · <Stamp at={now - 200_000_000} />
            </p>
            <p>
              <Clock zone="Europe/London" open /> <Clock zone="America/New_York" open={false} />
            </p>
          </Panel>
          <Panel title="Nothing yet">
            <Empty title="No sources yet." act={<Act label="Add a source" kind="primary" run={() => {}} />}>
              A source is a tool that sends us events: Prometheus, Zabbix, a script.
            </Empty>
          </Panel>
          <Panel title="Failed">
            <Failed
              what="The alerts could not be loaded."
              error={new Error('The database is away for the moment. Nothing was done; try again in a few seconds.')}
              retry={() => {}}
            />
          </Panel>
          <Panel title="Loading">
            <Loading lines={4} />
          </Panel>
        </Rows>
        <Rows>
          <Panel title="Form" pad>
            <TextInput label="Name" description="As people say it." placeholder="Order gateway login" />
            <TextInput
              label="Address"
              error="Address must be a whole address, like https://example.com/health."
              defaultValue="orders"
              mt={12}
            />
            <PasswordInput label="Password" mt={12} />
            <Select label="Team" data={['L2 markets', 'DBA']} defaultValue="DBA" mt={12} />
            <Textarea label="Reason" mt={12} />
            <Checkbox label="Tell the watchers" mt={12} />
            <Switch label="Active" defaultChecked mt={12} />
            <TextInput label="Disabled" disabled defaultValue="not now" mt={12} />
          </Panel>
          <Panel title="Copy" pad>
            <Copying />
          </Panel>
        </Rows>
        <Rows>
          <Banner tone="warn">
            <b>No connection</b> since 07:12. What you see is from then.
          </Banner>
          <Banner tone="blind">
            <b>Blind since 07:02:</b> no results from London.
          </Banner>
          <Callout tone="warn">
            <b>Clocks change Sunday in Sydney only.</b> The hand-over moves to 08:00 London.
          </Callout>
          <Callout tone="blind">We do not know: the agent is silent.</Callout>
          <Callout tone="down">Nobody is on call.</Callout>
          <Callout tone="note">Internal.</Callout>
          <Panel title="Tabs and segments" pad>
            <Tabs defaultValue="a">
              <Tabs.List>
                <Tabs.Tab value="a">Timeline</Tabs.Tab>
                <Tabs.Tab value="b">Alerts</Tabs.Tab>
              </Tabs.List>
            </Tabs>
            <SegmentedControl aria-label="View" data={['Week', 'Month']} mt={12} />
          </Panel>
          <Panel title="An empty list">
            <DataTable
              label="Nothing"
              keys={false}
              flow
              rows={[]}
              rowId={String}
              columns={[]}
              phone={() => null}
              empty={<Empty title="Nothing matches." />}
            />
          </Panel>
          <Panel title="A failed list">
            <DataTable
              label="Alerts"
              keys={false}
              flow
              rows={undefined}
              rowId={String}
              columns={[]}
              phone={() => null}
              empty={null}
              source={{
                isPending: false,
                isError: true,
                error: new Error('The server does not answer.'),
                refetch: () => {},
              }}
            />
          </Panel>
        </Rows>
      </Columns>
      <Dialog
        opened={opened}
        onClose={() => setOpened(false)}
        title="Silence this alert"
        acts={
          <>
            <Act label="Cancel" run={() => setOpened(false)} />
            <Act label="Silence" kind="primary" run={() => setOpened(false)} />
          </>
        }
      >
        <TextInput label="Reason" data-autofocus />
      </Dialog>
    </Page>
  )
}
