import { Button, MultiSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { slugOf } from '../../../contract/slug.ts'
import { api, query } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { useAct, useOpenedWith, useRefresh } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { toast } from '../../ui/toast.ts'
import styles from './catalog.module.css'
import { catalogKeys } from './data.ts'
import { UnitFields, type UnitGiven } from './UnitFields.tsx'
import { counted, type Service } from './words.ts'

const none: UnitGiven = { name: '', site: '', people: null }

/** A business unit that is not in the list yet. */
function NewUnit({ onAdded }: { onAdded: (id: string) => void }) {
  const [unit, setUnit] = useState<UnitGiven>(none)
  const act = useAct(() => api.catalog.businessUnits.add({ slug: slugOf(unit.name), ...unit }), {
    fields: ['name', 'slug', 'site', 'people'],
    refresh: catalogKeys,
    done: ({ id }) => {
      onAdded(id)
      setUnit(none)
    },
  })
  const { name, slug, ...problems } = act.problems
  return (
    <fieldset className={styles.group}>
      <legend>Not in the list yet</legend>
      <UnitFields unit={unit} onChange={setUnit} problems={{ ...problems, name: name ?? slug ?? act.failed }} />
      <div>
        <Button disabled={slugOf(unit.name) === ''} loading={act.busy} onClick={() => act.run(undefined)}>
          Add the business unit
        </Button>
      </div>
    </fieldset>
  )
}

function Form({ service, onClose }: { service: Service; onClose: () => void }) {
  const units = useQuery(query.catalog.businessUnits.list.queryOptions({ input: { limit: 200 } }))
  const mayAdd = useMay('service.write') === 'all'
  const [before] = useState(() => service.businessUnits.map(({ id }) => id))
  const opened = useOpenedWith(service)
  const [chosen, setChosen] = useState<string[]>(before)
  const refresh = useRefresh(catalogKeys)
  const act = useAct(
    (businessUnitIds: string[]) => api.catalog.services.setBusinessUnits({ id: service.id, businessUnitIds }, opened),
    {
      fields: ['businessUnitIds'],
      refresh: catalogKeys,
      done: () => {
        toast(`Who uses ${service.name} is saved.`, {
          undo: async () => {
            await api.catalog.services.setBusinessUnits({ id: service.id, businessUnitIds: before })
            await refresh()
          },
        })
        onClose()
      },
    },
  )
  return (
    <DialogForm act="Save" onSubmit={() => act.run(chosen)} onClose={onClose} busy={act.busy} failed={act.failed}>
      <MultiSelect
        label="Business units that use it"
        description="They are hurt when it breaks, and must be told."
        data-autofocus
        searchable
        openOnFocus={false}
        data={units.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
        value={chosen}
        onChange={setChosen}
        nothingFoundMessage="No business unit has such a name."
        error={act.problems.businessUnitIds}
      />
      {mayAdd && <NewUnit onAdded={(id) => setChosen((known) => [...known, id])} />}
    </DialogForm>
  )
}

export const UnitsForm = ({ service, opened, onClose }: { service: Service; opened: boolean; onClose: () => void }) => (
  <Dialog opened={opened} onClose={onClose} title={`Who uses ${service.name}`}>
    <Form service={service} onClose={onClose} />
  </Dialog>
)

/** Who is hurt when it breaks. */
export function Units({ service, act }: { service: Service; act: ReactNode }) {
  const internal = useMay('host.read') !== undefined
  const units = service.businessUnits
  const people = units.reduce((sum, unit) => sum + (unit.people ?? 0), 0)
  return (
    <Panel
      title="Used by"
      words={people > 0 ? counted(people, 'person', 'people') : undefined}
      right={units.length > 0 && act}
    >
      {units.length === 0 ? (
        <Empty title="No business unit is named." act={act}>
          Who uses it decides how large an impact is.
        </Empty>
      ) : (
        <ul className={styles.list}>
          {units.map((unit) => (
            <li key={unit.id}>
              <span className="clip">
                {internal ? (
                  <Link to={paths.businessUnit(unit.id)} className={styles.touch}>
                    {unit.name}
                  </Link>
                ) : (
                  unit.name
                )}{' '}
                <span className="faint">{unit.site}</span>
              </span>
              <span className={`faint num ${styles.end}`}>{unit.people ?? ''}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
