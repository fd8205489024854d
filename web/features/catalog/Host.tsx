import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api, query } from '../../api.ts'
import { fewNames } from '../../parts/few-names.ts'
import { Log } from '../../parts/Log.tsx'
import { useOpenedWith } from '../../parts/use-act.ts'
import { useMayFor } from '../../parts/use-may-for.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Columns, Page, Rows } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { useParam } from '../../ui/url.ts'
import { AlertsNaming } from '../alerts/AlertsNaming.tsx'
import { HostJobs } from '../jobs/HostJobs.tsx'
import { MonitorsNaming } from '../monitors/MonitorsNaming.tsx'
import styles from './catalog.module.css'
import { DeleteForm } from './DeleteForm.tsx'
import { HostForm } from './HostForm.tsx'
import { HostNow } from './HostNow.tsx'
import { bareName } from './host-name.ts'
import { ServiceTable } from './ServiceTable.tsx'
import { counted, type Host as HostOf } from './words.ts'

const consequence = ({ name, services }: HostOf): string => {
  if (services.length === 0) return 'Nothing runs on it.'
  if (services.length > 1) return `${fewNames(services)} run on it, and will no longer depend on it.`
  return `${fewNames(services)} runs on it, and will no longer depend on it: an alert that names only ${name} finds no service any more.`
}

function Delete({ host, onClose }: { host: HostOf; onClose: () => void }) {
  const opened = useOpenedWith(host)
  const remove = () => api.catalog.hosts.delete({ id: host.id }, opened)
  return (
    <DeleteForm name={host.name} remove={remove} list={paths.hosts()} onClose={onClose}>
      {consequence(host)}
    </DeleteForm>
  )
}

function Shown({ host }: { host: HostOf }) {
  const [asking, ask] = useState<'edit' | 'delete'>()
  const may = useMayFor('host.write', host.team?.id ?? null)
  const close = () => ask(undefined)
  const name = bareName(host.name)
  return (
    <Page
      title={host.name}
      chips={
        <>
          <HostNow name={name} />
          <Chip>host</Chip>
          <Chip>{host.environment}</Chip>
          {host.site && <Chip>{host.site}</Chip>}
          {host.team && <Chip>{host.team.name}</Chip>}
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
          <AlertsNaming name={name} />
          <MonitorsNaming name={name} />
          <HostJobs name={host.name} />
          <Panel
            title="Services on it"
            words={host.services.length > 0 ? counted(host.services.length, 'service') : undefined}
          >
            <ServiceTable
              label={`What runs on ${host.name}`}
              services={host.services}
              empty={
                <Empty title="Nothing is known to run on it.">
                  A service says so on its page, under what it depends on.
                </Empty>
              }
            />
          </Panel>
          <Log about={`host:${host.id}`} />
        </Rows>
        <Panel title="What it is" pad>
          {host.description && <p className={styles.text}>{host.description}</p>}
          <Facts
            of={[
              {
                label: 'Owner',
                value: host.team ? (
                  <Link to={paths.team(host.team.id)} className={styles.touch}>
                    {host.team.name}
                  </Link>
                ) : (
                  'nobody'
                ),
              },
              { label: 'Environment', value: host.environment },
              { label: 'Site', value: host.site || 'not said' },
            ]}
          />
        </Panel>
      </Columns>
      <HostForm opened={asking === 'edit'} onClose={close} host={host} />
      <Dialog opened={asking === 'delete'} onClose={close} title={`Delete ${host.name}`}>
        <Delete host={host} onClose={close} />
      </Dialog>
    </Page>
  )
}

/** One host: how it stands, its open alerts, what looks at it, the jobs and the services that run on it. */
export function Host() {
  const id = useParam('id')
  const found = useQuery(query.catalog.hosts.read.queryOptions({ input: { id } }))
  if (found.data) return <Shown key={found.data.id} host={found.data} />
  return (
    <Page title="Host">
      <Panel>
        {found.isError ? (
          <Failed what="This host could not be loaded." error={found.error} retry={() => void found.refetch()} />
        ) : (
          <Loading lines={6} />
        )}
      </Panel>
    </Page>
  )
}
