import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../../api.ts'
import { useAct } from '../../../parts/use-act.ts'
import { useSearchText } from '../../../parts/use-search-text.ts'
import { paths } from '../../../paths.ts'
import { Act } from '../../../ui/Act.tsx'
import { type Column, DataTable } from '../../../ui/DataTable.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { DialogForm } from '../../../ui/DialogForm.tsx'
import { Panel } from '../../../ui/Panel.tsx'
import { Empty } from '../../../ui/States.tsx'
import { Ago } from '../../../ui/Time.tsx'
import { TwoLine } from '../../../ui/TwoLine.tsx'
import { toast } from '../../../ui/toast.ts'
import { jobsWords, settingKeys, useNot, useVariables, type Variable } from './data.ts'
import { NameField } from './NameField.tsx'

const Value = ({ of: { value } }: { of: Variable }) =>
  value === null ? (
    <span className="faint">taken as wanted</span>
  ) : (
    <code title={value}>{value === '' ? '“”' : value}</code>
  )

const columns: readonly Column<Variable>[] = [
  { title: 'Variable', main: true, cell: ({ name }) => <span className="strong">{name}</span> },
  { title: 'Value', width: 130, cell: (row) => <Value of={row} /> },
  { title: 'Waited for by', width: 100, align: 'right', faint: true, cell: ({ jobs }) => jobsWords(jobs) },
  {
    title: 'Since',
    width: 84,
    align: 'right',
    faint: true,
    from: 460,
    cell: ({ setAt }) => setAt && <Ago at={setAt} />,
  },
]

function Form({ of, onClose }: { of: Variable | undefined; onClose: () => void }) {
  const [name, setName] = useState(of?.name ?? '')
  const [value, setValue] = useState(of?.value ?? '')
  const act = useAct(api.chains.setGlobal, {
    fields: ['name', 'value'],
    refresh: settingKeys,
    done: (_, said) => {
      toast(
        said.value === null
          ? `${said.name} is not known: it is taken to be as wanted.`
          : `${said.name} is ${said.value}.`,
      )
      onClose()
    },
  })
  return (
    <DialogForm
      act="Save"
      onSubmit={() => act.run({ name: name.trim(), value: value === '' ? null : value })}
      onClose={onClose}
      busy={act.busy}
      failed={act.failed}
      not={!name.trim() && 'A name is needed, as conditions call it.'}
    >
      {!of && (
        <NameField
          description="The name that conditions use, such as MARKET_OPEN."
          name={name}
          onName={setName}
          problem={act.problems.name}
        />
      )}
      <TextInput
        label="Value"
        description="Left empty, the value is not known, and predictions take conditions on it as met."
        {...(of && { 'data-autofocus': true })}
        maxLength={1_000}
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
        error={act.problems.value}
      />
    </DialogForm>
  )
}

/** What variables of schedulers are now. */
export function Variables() {
  const found = useVariables()
  const not = useNot()
  const [name, setName] = useSearchText('variable')
  const [adding, setAdding] = useState(false)
  const items = found.data?.items
  const of = items?.find((one) => one.name === name)
  const add = <Act label="Add a variable" k="c" run={() => setAdding(true)} not={not} />
  const close = () => (adding ? setAdding(false) : setName(''))
  return (
    <Panel
      title="Variables"
      words="What conditions of jobs ask for, as it is now."
      right={items && items.length > 0 && add}
    >
      <DataTable
        flow
        keys={false}
        label="Variables"
        rows={items}
        source={found}
        rowId={(row) => row.name}
        {...(!not && { to: (row: Variable) => `${paths.chainSettings()}?variable=${encodeURIComponent(row.name)}` })}
        columns={columns}
        phone={(row) => (
          <TwoLine title={row.name} words={`waited for by ${jobsWords(row.jobs)}`} end={<Value of={row} />} />
        )}
        empty={
          <Empty title="No job waits for a variable." act={add}>
            A variable is a global value of a scheduler that conditions of jobs ask for. The log of AutoSys reports its
            values by itself; others are entered here.
          </Empty>
        }
      />
      {!not && (adding || of) && (
        <Dialog opened onClose={close} title={of && !adding ? of.name : 'Value of a variable'}>
          <Form of={adding ? undefined : of} onClose={close} />
        </Dialog>
      )}
    </Panel>
  )
}
