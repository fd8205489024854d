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
import { useZone } from '../../../ui/Time.tsx'
import { TwoLine } from '../../../ui/TwoLine.tsx'
import { toast } from '../../../ui/toast.ts'
import { ZoneSelect } from '../../../ui/ZoneSelect.tsx'
import { type Cut, settingKeys, useCuts, useNot } from './data.ts'

const columns: readonly Column<Cut>[] = [
  { title: 'Zone', main: true, cell: ({ zone }) => <span className="strong">{zone}</span> },
  { title: 'From', width: 80, align: 'right', mono: true, cell: ({ cut }) => cut },
]

function Form({ of, usual, onClose }: { of: Cut | undefined; usual: string; onClose: () => void }) {
  const own = useZone()
  const [zone, setZone] = useState(of?.zone ?? own)
  const [cut, setCut] = useState(of?.cut ?? usual)
  const act = useAct(api.chains.setCut, {
    fields: ['zone', 'cut'],
    refresh: settingKeys,
    done: (_, said) => {
      toast(`Business dates of ${said.zone} begin at ${said.cut}.`)
      onClose()
    },
  })
  return (
    <DialogForm
      act="Save"
      onSubmit={() => act.run({ zone, cut })}
      onClose={onClose}
      busy={act.busy}
      failed={act.failed}
      not={!cut && 'Say at what time.'}
    >
      {!of && <ZoneSelect value={zone} onChange={setZone} error={act.problems.zone} />}
      <TextInput
        type="time"
        label="A business date begins at"
        description={`By the clocks of the zone. Usually it is ${usual}.`}
        {...(of && { 'data-autofocus': true })}
        data-missing={!cut || undefined}
        value={cut}
        onChange={(event) => setCut(event.currentTarget.value)}
        error={act.problems.cut}
      />
    </DialogForm>
  )
}

/** When a business date begins, by zone. */
export function Cuts() {
  const found = useCuts()
  const not = useNot()
  const [zone, setZone] = useSearchText('zone')
  const [adding, setAdding] = useState(false)
  const items = found.data?.items
  const usual = found.data?.usual ?? '17:00'
  const of = items?.find((one) => one.zone === zone)
  const add = <Act label="Add a zone" k="a" run={() => setAdding(true)} not={not} />
  const close = () => (adding ? setAdding(false) : setZone(''))
  return (
    <Panel
      title="Business dates"
      words={`They begin at ${usual} where no other time stands here.`}
      right={items && items.length > 0 && add}
    >
      <DataTable
        flow
        keys={false}
        label="Business dates"
        rows={items}
        source={found}
        rowId={(row) => row.zone}
        {...(!not && { to: (row: Cut) => `${paths.chainSettings()}?zone=${encodeURIComponent(row.zone)}` })}
        columns={columns}
        phone={(row) => <TwoLine title={row.zone} words="a new business date begins" end={row.cut} />}
        empty={
          <Empty title={`Business dates begin at ${usual} in every zone.`} act={add}>
            What starts in the evening belongs to the date on which the evening began: chains, runs and the calendar of
            runs go by it.
          </Empty>
        }
      />
      {!not && (adding || of) && (
        <Dialog opened onClose={close} title={of && !adding ? of.zone : 'Business dates of a zone'}>
          <Form of={adding ? undefined : of} usual={usual} onClose={close} />
        </Dialog>
      )}
    </Panel>
  )
}
