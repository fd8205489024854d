import { NumberInput } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../../api.ts'
import { useAct } from '../../../parts/use-act.ts'
import { useSearchText } from '../../../parts/use-search-text.ts'
import { paths } from '../../../paths.ts'
import { Act } from '../../../ui/Act.tsx'
import { type Column, DataTable } from '../../../ui/DataTable.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { DialogForm } from '../../../ui/DialogForm.tsx'
import { Status } from '../../../ui/Marks.tsx'
import { Panel } from '../../../ui/Panel.tsx'
import { Empty } from '../../../ui/States.tsx'
import { TwoLine } from '../../../ui/TwoLine.tsx'
import { toast } from '../../../ui/toast.ts'
import styles from '../chains.module.css'
import { jobsWords, type Resource, settingKeys, useNot, useResources } from './data.ts'
import { NameField } from './NameField.tsx'

/** Less than all its jobs together would need: they wait for one another. */
const Units = ({ of: { units, needed }, ask }: { of: Resource; ask: boolean }) =>
  units === null ? (
    ask ? (
      <span className={styles.ask}>Say how many</span>
    ) : (
      <span className="faint">not known</span>
    )
  ) : units < needed ? (
    <Status tone="warn">{units.toLocaleString('en')}</Status>
  ) : (
    units.toLocaleString('en')
  )

const columnsOf = (ask: boolean): readonly Column<Resource>[] => [
  { title: 'Resource', main: true, cell: ({ name }) => <span className="strong">{name}</span> },
  { title: 'Amount', width: 112, align: 'right', cell: (row) => <Units of={row} ask={ask} /> },
  { title: 'Needed by', width: 90, align: 'right', faint: true, cell: ({ jobs }) => jobsWords(jobs) },
  {
    title: 'All together need',
    width: 120,
    align: 'right',
    faint: true,
    from: 440,
    cell: ({ needed }) => needed.toLocaleString('en'),
  },
]

function Form({ of, onClose }: { of: Resource | undefined; onClose: () => void }) {
  const [name, setName] = useState(of?.name ?? '')
  const [units, setUnits] = useState<number | undefined>(of?.units ?? undefined)
  const act = useAct(api.chains.setResource, {
    fields: ['name', 'units'],
    refresh: settingKeys,
    done: (_, said) => {
      toast(
        said.units === null
          ? `How much there is of ${said.name} is not known.`
          : `There are ${said.units} of ${said.name}.`,
      )
      onClose()
    },
  })
  return (
    <DialogForm
      act="Save"
      onSubmit={() => act.run({ name: name.trim(), units: units ?? null })}
      onClose={onClose}
      busy={act.busy}
      failed={act.failed}
      not={!name.trim() && 'A name is needed, as jobs call it.'}
    >
      {!of && (
        <NameField
          description="The name by which jobs ask for it, such as DB_SEATS."
          name={name}
          onName={setName}
          problem={act.problems.name}
        />
      )}
      <NumberInput
        label="Amount of the resource"
        description="How many units of it there are. Left empty, that is not known, and no job waits for another in predictions."
        {...(of && { 'data-autofocus': true })}
        min={0}
        max={1_000_000}
        allowDecimal={false}
        value={units ?? ''}
        onChange={(next) => setUnits(typeof next === 'number' ? next : undefined)}
        error={act.problems.units}
      />
    </DialogForm>
  )
}

/** How much there is of what jobs need while they run. */
export function Resources() {
  const found = useResources()
  const not = useNot()
  const [name, setName] = useSearchText('resource')
  const [adding, setAdding] = useState(false)
  const items = found.data?.items
  const of = items?.find((one) => one.name === name)
  const add = <Act label="Add a resource" k="n" run={() => setAdding(true)} not={not} />
  const close = () => (adding ? setAdding(false) : setName(''))
  return (
    <Panel
      title="Resources"
      words="How much there is of what jobs hold while they run."
      right={items && items.length > 0 && add}
    >
      <DataTable
        flow
        label="Resources"
        rows={items}
        source={found}
        rowId={(row) => row.name}
        {...(!not && { to: (row: Resource) => `${paths.chainSettings()}?resource=${encodeURIComponent(row.name)}` })}
        columns={columnsOf(!not)}
        phone={(row) => (
          <TwoLine title={row.name} words={`needed by ${jobsWords(row.jobs)}`} end={<Units of={row} ask={!not} />} />
        )}
        empty={
          <Empty title="No job needs a resource." act={add}>
            A resource is something of which jobs hold a part while they run, such as hosts, licences or connections.
            Where it is known how much there is, predictions let jobs wait for one another.
          </Empty>
        }
      />
      {!not && (adding || of) && (
        <Dialog opened onClose={close} title={of && !adding ? of.name : 'Amount of a resource'}>
          <Form of={adding ? undefined : of} onClose={close} />
        </Dialog>
      )}
    </Panel>
  )
}
