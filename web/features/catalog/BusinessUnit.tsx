import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, query } from '../../api.ts'
import { fewNames } from '../../parts/few-names.ts'
import { useMay } from '../../parts/frame-data.ts'
import { Log } from '../../parts/Log.tsx'
import { useOpenedWith } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Columns, Page, Rows } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { useParam } from '../../ui/url.ts'
import { DeleteForm } from './DeleteForm.tsx'
import { ServiceTable } from './ServiceTable.tsx'
import { UnitForm } from './UnitForm.tsx'
import { UnitPeople } from './UnitPeople.tsx'
import { counted, type Unit } from './words.ts'

function Delete({ unit, onClose }: { unit: Unit; onClose: () => void }) {
  const opened = useOpenedWith(unit)
  const remove = () => api.catalog.businessUnits.delete({ id: unit.id }, opened)
  return (
    <DeleteForm name={unit.name} remove={remove} list={paths.businessUnits()} onClose={onClose}>
      {unit.uses.length > 0
        ? `It uses ${fewNames(unit.uses)}: it will no longer count among those who are hurt when ${unit.uses.length === 1 ? 'that breaks' : 'one of them breaks'}.`
        : 'It uses no service.'}{' '}
      Its people keep their accounts. An SLA policy that is for it alone is deleted with it, and a request type that is
      for its people alone leaves the catalogue.
    </DeleteForm>
  )
}

function Shown({ unit }: { unit: Unit }) {
  const [asking, ask] = useState<'edit' | 'delete'>()
  // It belongs to no team.
  const may = useMay('service.write') === 'all'
  const internal = useMay('host.read') !== undefined
  const close = () => ask(undefined)
  return (
    <Page
      title={unit.name}
      chips={
        <>
          <Chip>business unit</Chip>
          {unit.site && <Chip>{unit.site}</Chip>}
          {unit.people !== null && <Chip>{counted(unit.people, 'person', 'people')}</Chip>}
        </>
      }
      acts={
        may && (
          <>
            <Act label="Delete" k="d" kind="danger" run={() => ask('delete')} />
            <Act label="Edit" k="e" run={() => ask('edit')} />
          </>
        )
      }
    >
      <Columns of="minmax(0, 1fr) 340px">
        <Rows>
          <Panel
            title="Services that it uses"
            words={unit.uses.length > 0 ? counted(unit.uses.length, 'service') : undefined}
          >
            <ServiceTable
              label={`What ${unit.name} uses`}
              services={unit.uses}
              empty={<Empty title="It uses no service yet.">A service says on its page who uses it.</Empty>}
            />
          </Panel>
          <UnitPeople unit={unit} />
          {internal && <Log about={`unit:${unit.id}`} />}
        </Rows>
        <Panel title="What it is" pad>
          <Facts
            of={[
              { label: 'Site', value: unit.site || 'not said' },
              { label: 'People', value: unit.people?.toLocaleString('en-GB') ?? 'not said' },
              { label: 'Short name', value: <code>{unit.slug}</code> },
            ]}
          />
        </Panel>
      </Columns>
      <UnitForm opened={asking === 'edit'} onClose={close} unit={unit} />
      <Dialog opened={asking === 'delete'} onClose={close} title={`Delete ${unit.name}`}>
        <Delete unit={unit} onClose={close} />
      </Dialog>
    </Page>
  )
}

/** One business unit: what it uses, and who works there. */
export function BusinessUnit() {
  const id = useParam('id')
  const found = useQuery(query.catalog.businessUnits.read.queryOptions({ input: { id } }))
  if (found.data) return <Shown key={found.data.id} unit={found.data} />
  return (
    <Page title="Business unit">
      <Panel>
        {found.isError ? (
          <Failed
            what="This business unit could not be loaded."
            error={found.error}
            retry={() => void found.refetch()}
          />
        ) : (
          <Loading lines={6} />
        )}
      </Panel>
    </Page>
  )
}
