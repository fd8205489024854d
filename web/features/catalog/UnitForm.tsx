import { TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { slugOf } from '../../../contract/slug.ts'
import { api } from '../../api.ts'
import { useAct, useOpenedWith } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { toast } from '../../ui/toast.ts'
import { catalogKeys } from './data.ts'
import { UnitFields } from './UnitFields.tsx'
import type { Unit } from './words.ts'

const fields = ['name', 'slug', 'site', 'people'] as const

function Form({ unit, onClose }: { unit: Unit | undefined; onClose: () => void }) {
  const navigate = useNavigate()
  const [given, setGiven] = useState({ name: unit?.name ?? '', site: unit?.site ?? '', people: unit?.people ?? null })
  const [slug, setSlug] = useState<string>()
  const opened = useOpenedWith(unit)
  const [tried, setTried] = useState(false)
  const shortName = slug ?? slugOf(given.name)
  const missing = given.name.trim() === ''
  const act = useAct(
    () =>
      unit
        ? api.catalog.businessUnits.change({ id: unit.id, ...given }, opened)
        : api.catalog.businessUnits.add({ ...given, slug: shortName }),
    {
      fields,
      refresh: catalogKeys,
      done: (saved) => {
        onClose()
        if (unit) return void toast(`${saved.name} is saved.`)
        toast(`${saved.name} is added. The services that it uses name it under who uses them.`)
        void navigate({ to: paths.businessUnit(saved.id) })
      },
    },
  )
  const submit = () => {
    setTried(true)
    if (!missing) act.run(undefined)
  }
  return (
    <DialogForm
      act={unit ? 'Save' : 'Add the business unit'}
      onSubmit={submit}
      onClose={onClose}
      busy={act.busy}
      failed={act.failed}
    >
      <UnitFields
        unit={given}
        onChange={setGiven}
        problems={{ ...act.problems, ...(tried && missing && { name: 'A name is needed, such as Rates desk.' }) }}
        autofocus
      />
      {!unit && (
        <TextInput
          label="Short name"
          description="Files name the business unit by it. It cannot be changed later."
          classNames={{ input: 'mono' }}
          value={shortName}
          onChange={(event) => setSlug(event.currentTarget.value)}
          error={act.problems.slug}
        />
      )}
    </DialogForm>
  )
}

/** A new business unit, or a change to one. */
export const UnitForm = ({ opened, onClose, unit }: { opened: boolean; onClose: () => void; unit?: Unit }) => (
  <Dialog opened={opened} onClose={onClose} title={unit ? `Change ${unit.name}` : 'New business unit'}>
    <Form unit={unit} onClose={onClose} />
  </Dialog>
)
