import { Link, useNavigate } from '@tanstack/react-router'
import type { ServiceMap } from '../../../../contract/catalog/map.ts'
import { paths } from '../../../paths.ts'
import { Act } from '../../../ui/Act.tsx'
import { Panel } from '../../../ui/Panel.tsx'
import type { HealthOf } from '../data.ts'
import { HealthMark } from '../HealthMark.tsx'
import styles from './map.module.css'
import { UnitWords } from './UnitWords.tsx'

type Service = ServiceMap['services'][number]

/** The service that was chosen: what it needs itself, what needs it, and whom that serves. */
export function Chosen({ map, service, health }: { map: ServiceMap; service: Service; health: HealthOf | undefined }) {
  const navigate = useNavigate()
  const all = (ids: readonly string[]) => map.services.filter(({ id }) => ids.includes(id))
  const needs = all(map.edges.filter(({ from }) => from === service.id).map(({ to }) => to))
  const neededBy = all(map.edges.filter(({ to }) => to === service.id).map(({ from }) => from))
  return (
    <Panel
      title={service.name}
      fill
      right={<Act label="Open" k="o" run={() => void navigate({ to: paths.service(service.id) })} />}
    >
      <div className={styles.about}>
        <HealthMark of={health?.of(service.id)} />
        <span className="faint">
          {service.kind}, tier {service.tier}
        </span>
        <UnitWords of={[service]} />
      </div>
      <Named title="Needs" of={needs} none="Nothing here." health={health} />
      <Named title="Needed by" of={neededBy} none="Nothing here." health={health} />
    </Panel>
  )
}

const Named = ({
  title,
  of,
  none,
  health,
}: {
  title: string
  of: readonly Service[]
  none: string
  health: HealthOf | undefined
}) => (
  <section className={styles.named} aria-label={title}>
    <h3 className="faint">
      {title}
      {of.length > 0 && ` ${of.length}`}
    </h3>
    {of.length === 0 && <div className="muted">{none}</div>}
    <ul>
      {of.map(({ id, name }) => (
        <li key={id} className={styles.cause}>
          <Link to={paths.serviceMap()} search={{ around: id } as never} className="clip">
            {name}
          </Link>
          <HealthMark of={health?.of(id)} />
        </li>
      ))}
    </ul>
  </section>
)
