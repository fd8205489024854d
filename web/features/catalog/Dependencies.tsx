import { ActionIcon } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { Fragment, type ReactNode, useState } from 'react'
import { api } from '../../api.ts'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Callout, Empty } from '../../ui/States.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { toast } from '../../ui/toast.ts'
import styles from './catalog.module.css'
import { catalogKeys, type HealthOf } from './data.ts'
import { HealthMark } from './HealthMark.tsx'
import { counted, type Service, type ServiceRef } from './words.ts'

/** What it needs: a service or a host. */
type Row = { dependencyId: string; name: string; words: string; to: string; service?: ServiceRef; hostId?: string }

const rowsOf = (service: Service): Row[] => [
  ...service.dependsOn.map(({ dependencyId, service: on }) => ({
    dependencyId,
    name: on.name,
    words: `${on.kind}, tier ${on.tier}`,
    to: paths.service(on.id),
    service: on,
  })),
  ...service.hosts.map(({ dependencyId, host }) => ({
    dependencyId,
    name: host.name,
    words: ['host', host.environment, host.site].filter(Boolean).join(', '),
    to: paths.host(host.id),
    hostId: host.id,
  })),
]

const useRemove = (service: Service) => {
  const refresh = useRefresh(catalogKeys)
  return useAct(
    (row: Row) => api.catalog.services.removeDependency({ id: service.id, dependencyId: row.dependencyId }),
    {
      refresh: catalogKeys,
      done: (_, row) =>
        toast(`${service.name} no longer depends on ${row.name}.`, {
          undo: async () => {
            await api.catalog.services.addDependency({ id: service.id, serviceId: row.service?.id, hostId: row.hostId })
            await refresh()
          },
        }),
    },
  )
}

const Name = ({ of }: { of: Row }) => (
  <Link to={of.to} className={`strong ${styles.touch}`}>
    {of.service ? of.name : <code>{of.name}</code>}
  </Link>
)

/** Though it is up itself, it is hurt when something that it needs is not. */
export function NeedsBroken({ service, health }: { service: Service; health: HealthOf | undefined }) {
  const broken = service.dependsOn
    .map(({ service: on }) => ({ ...on, state: health?.of(on.id)?.state }))
    .filter(({ state }) => state === 'down' || state === 'degraded')
  if (broken.length === 0) return null
  return (
    <Callout tone="warn">
      <span className="sentence">
        It needs{' '}
        {broken.map(({ id, name, state }, index) => (
          <Fragment key={id}>
            {index > 0 && ' and '}
            <Link to={paths.service(id)}>{name}</Link>, which is {state}
          </Fragment>
        ))}
        .
      </span>
    </Callout>
  )
}

/** What the service needs: services with their health, and hosts. */
export function DependsOn({
  service,
  health,
  may,
  act,
}: {
  service: Service
  health: HealthOf | undefined
  may: boolean
  act: ReactNode
}) {
  const [cursor, setCursor] = useState<string>()
  const remove = useRemove(service)
  const navigate = useNavigate()
  const rows = rowsOf(service)
  const current = rows.find(({ dependencyId }) => dependencyId === cursor)
  useKeys(
    [
      {
        key: 'd',
        label: 'Remove the dependency',
        hint: current?.name ?? '',
        run: () => current && remove.run(current),
      },
    ],
    { when: may && current !== undefined },
  )
  const cross = (row: Row) =>
    may && (
      <ActionIcon size="sm" aria-label={`Remove ${row.name}`} onClick={() => remove.run(row)}>
        ×
      </ActionIcon>
    )
  const columns: readonly Column<Row>[] = [
    ...(health
      ? [
          {
            title: 'Now',
            width: 116,
            cell: (row: Row) =>
              row.service ? <HealthMark of={health.of(row.service.id)} /> : <span className="faint">–</span>,
          },
        ]
      : []),
    { title: 'Name', cell: (row) => <Name of={row} /> },
    { title: 'What it is', width: 168, faint: true, cell: (row) => row.words },
    ...(may ? [{ title: 'Remove', bare: true, width: 46, align: 'right' as const, cell: cross }] : []),
  ]
  return (
    <Panel
      title="Depends on"
      words={rows.length > 0 ? 'it breaks when one of these breaks' : undefined}
      right={
        rows.length > 0 && (
          <>
            <Act
              label="Map"
              k="m"
              run={() => void navigate({ to: paths.serviceMap(), search: { around: service.id } as never })}
            />
            {act}
          </>
        )
      }
    >
      <DataTable
        label={`What ${service.name} depends on`}
        flow
        rows={rows}
        rowId={(row) => row.dependencyId}
        columns={columns}
        cursor={cursor}
        onCursor={setCursor}
        empty={
          <Empty title="Nothing is known." act={act}>
            What the service runs on tells, when it breaks, what broke it.
          </Empty>
        }
        phone={(row) => (
          <TwoLine
            title={<Name of={row} />}
            urgent={
              <>
                {row.service && <HealthMark of={health?.of(row.service.id)} />}
                {cross(row)}
              </>
            }
            words={row.words}
          />
        )}
      />
    </Panel>
  )
}

/** What breaks with it: those that depend on it, and all that depend on those. */
export function NeededBy({ service, health }: { service: Service; health: HealthOf | undefined }) {
  const direct = new Set(service.dependents.map(({ id }) => id))
  const further = service.impact.services.filter(({ id }) => !direct.has(id))
  const rows = [
    ...service.dependents.map((one) => ({ ...one, far: false })),
    ...further.map((one) => ({ ...one, far: true })),
  ]
  return (
    <Panel title="Needed by" words={rows.length > 0 ? counted(rows.length, 'service') : undefined}>
      <DataTable
        label={`What depends on ${service.name}`}
        flow
        keys={false}
        rows={rows}
        rowId={(row) => row.id}
        to={(row) => paths.service(row.id)}
        columns={[
          ...(health
            ? [
                {
                  title: 'Now',
                  width: 116,
                  cell: (row: (typeof rows)[number]) => <HealthMark of={health.of(row.id)} />,
                },
              ]
            : []),
          { title: 'Name', main: true, cell: (row) => <span className="strong">{row.name}</span> },
          { title: 'What it is', width: 130, faint: true, cell: (row) => `${row.kind}, tier ${row.tier}` },
          { title: 'How', width: 118, faint: true, cell: (row) => (row.far ? 'through others' : 'directly') },
        ]}
        empty={<Empty title="Nothing depends on it." />}
        phone={(row) => (
          <TwoLine
            title={row.name}
            urgent={<HealthMark of={health?.of(row.id)} />}
            words={`${row.kind}, tier ${row.tier}`}
            end={row.far ? 'through others' : 'directly'}
          />
        )}
      />
    </Panel>
  )
}
