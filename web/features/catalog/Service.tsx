import { skipToken, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { canService } from '../../../contract/catalog/can.ts'
import { api, query } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { Log } from '../../parts/Log.tsx'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { useMayFor } from '../../parts/use-may-for.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Status } from '../../ui/Marks.tsx'
import { Columns, Page, Rows } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Failed, Loading } from '../../ui/States.tsx'
import { Stamp } from '../../ui/Time.tsx'
import { toast } from '../../ui/toast.ts'
import { ServiceJobs } from '../jobs/ServiceJobs.tsx'
import { AddDependency } from './AddDependency.tsx'
import { CalendarPanel } from './CalendarPanel.tsx'
import { CutOffForm } from './CutOffForm.tsx'
import { CutOffs } from './CutOffs.tsx'
import styles from './catalog.module.css'
import { DependsOn, NeededBy, NeedsBroken } from './Dependencies.tsx'
import { catalogKeys, useHealth } from './data.ts'
import { HealthMark } from './HealthMark.tsx'
import { OpenTickets } from './OpenTickets.tsx'
import { PolicyForm } from './PolicyForm.tsx'
import { PolicyPanel } from './PolicyPanel.tsx'
import { ServiceChanges } from './ServiceChanges.tsx'
import { ServiceForm } from './ServiceForm.tsx'
import { Strips, Summary } from './Summary.tsx'
import { Units, UnitsForm } from './Units.tsx'
import { type CutOff, costWords, type Service as ServiceOf, tierWords } from './words.ts'

type Asking = 'edit' | 'dependency' | 'cut-off' | 'units' | 'policy' | CutOff | undefined

const useArchival = (service: ServiceOf) => {
  const refresh = useRefresh(catalogKeys)
  const restore = useAct(() => api.catalog.services.restore({ id: service.id }), {
    refresh: catalogKeys,
    done: () => toast(`${service.name} is in use again.`),
  })
  const archive = useAct(() => api.catalog.services.archive({ id: service.id }), {
    refresh: catalogKeys,
    done: () =>
      toast(`${service.name} is archived.`, {
        undo: async () => {
          await api.catalog.services.restore({ id: service.id })
          await refresh()
        },
      }),
  })
  return { restore, archive }
}

function Shown({ service }: { service: ServiceOf }) {
  const [asking, ask] = useState<Asking>()
  const internal = useMay('host.read') !== undefined
  const mayWrite = useMayFor('service.write', service.ownerTeam?.id ?? null)
  const mayPolicy = useMayFor('policy.write', service.ownerTeam?.id ?? null)
  const health = useHealth()
  const now = health?.of(service.id)
  const { restore, archive } = useArchival(service)
  const close = () => ask(undefined)
  const state = { name: service.name, archived: service.archived }
  const change = mayWrite && !service.archived
  const whyNot = canService.archive(
    state,
    service.dependents.map(({ name }) => name),
  )
  const addDependency = change && <Act label="Add dependency" k="a" run={() => ask('dependency')} />
  const addCutOff = change && <Act label="Add cut-off" k="o" run={() => ask('cut-off')} />
  return (
    <Page
      title={service.name}
      chips={
        <>
          {service.archived ? <Status tone="off">archived</Status> : <HealthMark of={now} />}
          {now?.since && !service.archived && (
            <span className="faint">
              since <Stamp at={now.since} />
            </span>
          )}
          <Chip title={tierWords[service.tier]}>tier {service.tier}</Chip>
          <Chip>{service.kind}</Chip>
          {service.ownerTeam && <Chip>{service.ownerTeam.name}</Chip>}
        </>
      }
      acts={
        mayWrite &&
        (service.archived ? (
          <Act label="Restore" k="v" kind="primary" busy={restore.busy} run={() => restore.run(undefined)} />
        ) : (
          <>
            <Act
              label="Archive"
              k="v"
              busy={archive.busy}
              not={whyNot ?? undefined}
              run={() => archive.run(undefined)}
            />
            <Act label="Edit" k="e" run={() => ask('edit')} />
          </>
        ))
      }
    >
      {internal && !service.archived && <NeedsBroken service={service} health={health} />}
      <Summary service={service} health={health} internal={internal} />
      <Columns of="minmax(0, 1fr) 340px">
        <Rows>
          <OpenTickets serviceId={service.id} />
          <ServiceJobs serviceId={service.id} />
          {health && !service.archived && <Strips service={service} health={health} />}
          {internal && (
            <>
              <DependsOn service={service} health={health} may={change} act={addDependency} />
              <NeededBy service={service} health={health} />
            </>
          )}
          <CutOffs service={service} may={change} onEdit={ask} act={addCutOff} />
          {internal && <ServiceChanges service={service} />}
          {internal && <Log about={`service:${service.id}`} />}
        </Rows>
        <Rows>
          <Panel title="What it is" pad>
            {service.description && <p className={styles.text}>{service.description}</p>}
            <Facts
              of={[
                {
                  label: 'Owner',
                  value: service.ownerTeam ? (
                    internal ? (
                      <Link to={paths.team(service.ownerTeam.id)} className={styles.touch}>
                        {service.ownerTeam.name}
                      </Link>
                    ) : (
                      service.ownerTeam.name
                    )
                  ) : (
                    'nobody'
                  ),
                },
                {
                  label: 'Tier',
                  value: (
                    <>
                      {service.tier} <span className="faint">{tierWords[service.tier]}</span>
                    </>
                  ),
                },
                { label: 'Runs in', value: service.environments.join(', ') },
                costWords(service) !== undefined && { label: 'Without it', value: costWords(service) },
                { label: 'Short name', value: <code>{service.slug}</code> },
              ]}
            />
          </Panel>
          <PolicyPanel
            service={service}
            act={mayPolicy && !service.archived && <Act label="Choose policy" k="p" run={() => ask('policy')} />}
          />
          <CalendarPanel service={service} />
          <Units service={service} act={change && <Act label="Choose units" k="u" run={() => ask('units')} />} />
        </Rows>
      </Columns>
      <ServiceForm opened={asking === 'edit'} onClose={close} service={service} />
      <AddDependency opened={asking === 'dependency'} onClose={close} service={service} />
      <CutOffForm
        opened={asking === 'cut-off' || typeof asking === 'object'}
        onClose={close}
        service={service}
        cutOff={typeof asking === 'object' ? asking : undefined}
      />
      <UnitsForm opened={asking === 'units'} onClose={close} service={service} />
      <PolicyForm opened={asking === 'policy'} onClose={close} service={service} />
    </Page>
  )
}

/** One service: how it is, what it needs and who needs it, who is paged, when it is supported. */
export function Service() {
  const { id } = useParams({ strict: false }) as { id?: string }
  const found = useQuery({
    ...query.catalog.services.read.queryOptions({ input: id ? { id } : skipToken }),
    // The next cut-off moves with time alone.
    refetchInterval: 60_000,
  })
  if (found.data) return <Shown key={found.data.id} service={found.data} />
  return (
    <Page title="Service">
      <Panel>
        {found.isError ? (
          <Failed what="This service could not be loaded." error={found.error} retry={() => void found.refetch()} />
        ) : (
          <Loading lines={8} />
        )}
      </Panel>
    </Page>
  )
}
