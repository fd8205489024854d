import { Button, MultiSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, query } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { findByTyping } from '../../ui/find-by-typing.ts'
import { Panel } from '../../ui/Panel.tsx'
import { toast } from '../../ui/toast.ts'

type Person = { id: string; name: string }
const keys = [query.catalog.businessUnits.key()]

function Form({ person, before, onClose }: { person: Person; before: readonly Person[]; onClose: () => void }) {
  const units = useQuery(query.catalog.businessUnits.list.queryOptions({ input: { limit: 200 } })).data?.items ?? []
  const [chosen, setChosen] = useState(() => before.map(({ id }) => id))
  const refresh = useRefresh(keys)
  const set = (businessUnitIds: string[]) =>
    api.catalog.businessUnits.setOfPerson({ userId: person.id, businessUnitIds })
  const act = useAct(set, {
    fields: ['businessUnitIds'],
    refresh: keys,
    done: () => {
      toast(`Where ${person.name} works is saved.`, {
        undo: async () => {
          await set(before.map(({ id }) => id))
          await refresh()
        },
      })
      onClose()
    },
  })
  return (
    <DialogForm act="Save" busy={act.busy} failed={act.failed} onSubmit={() => act.run(chosen)} onClose={onClose}>
      <MultiSelect
        label="Business units"
        description="Some things in the catalogue can be asked for only by people of some of them."
        data-autofocus
        {...findByTyping}
        data={units.map(({ id, name }) => ({ value: id, label: name }))}
        value={chosen}
        onChange={setChosen}
        error={act.problems.businessUnitIds}
      />
    </DialogForm>
  )
}

/** In which business units somebody works. */
export function UnitsOfPerson({ person }: { person: Person }) {
  const found = useQuery(query.catalog.businessUnits.ofPerson.queryOptions({ input: { userId: person.id } }))
  const may = useMay('people.write') !== undefined
  const [asking, setAsking] = useState(false)
  const units = found.data?.items
  if (!units) return null
  return (
    <Panel title="Business units" pad right={may && <Button onClick={() => setAsking(true)}>Change</Button>}>
      <p>{units.map(({ name }) => name).join(', ') || <span className="faint">in none</span>}</p>
      <Dialog opened={asking} onClose={() => setAsking(false)} title={`Where ${person.name} works`}>
        <Form person={person} before={units} onClose={() => setAsking(false)} />
      </Dialog>
    </Panel>
  )
}
