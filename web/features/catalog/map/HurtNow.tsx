import { Link } from '@tanstack/react-router'
import type { ServiceMap } from '../../../../contract/catalog/map.ts'
import { paths } from '../../../paths.ts'
import { Panel } from '../../../ui/Panel.tsx'
import { Empty } from '../../../ui/States.tsx'
import { Lasting } from '../../../ui/Time.tsx'
import { type HealthOf, healthRank } from '../data.ts'
import { HealthMark } from '../HealthMark.tsx'
import { counted } from '../words.ts'
import styles from './map.module.css'
import { UnitWords } from './UnitWords.tsx'

/** What the picture says in words: each broken service, what it takes with it, and whom. */
export function HurtNow({
  map,
  broken,
  hurt,
  health,
}: {
  map: ServiceMap
  broken: readonly string[]
  hurt: ReadonlyMap<string, readonly string[]>
  health: HealthOf | undefined
}) {
  const causes = map.services
    .filter(({ id }) => broken.includes(id))
    .map((service) => ({ service, above: map.services.filter(({ id }) => hurt.get(id)?.includes(service.id)) }))
    .toSorted(
      (a, b) =>
        healthRank(health?.of(a.service.id)?.state) - healthRank(health?.of(b.service.id)?.state) ||
        b.above.length - a.above.length,
    )
  return (
    <Panel
      title={broken.length > 0 ? `Broken now: ${counted(broken.length, 'service')}` : 'Broken now'}
      words={broken.length > 0 ? 'and whom it hurts' : undefined}
      fill
    >
      {broken.length === 0 ? (
        <Empty title="Nothing on the map is broken.">
          What breaks is red here, and what needs it is marked. Point at a service to see what it is tied to; choose it
          to see only that.
        </Empty>
      ) : (
        <ul className={styles.hurt}>
          {causes.map(({ service, above }) => {
            const first = above.filter(({ tier }) => tier === 1).length
            const now = health?.of(service.id)
            return (
              <li key={service.id}>
                <div className={styles.cause}>
                  <Link to={paths.service(service.id)} className="strong clip">
                    {service.name}
                  </Link>
                  <span>
                    <HealthMark of={now} /> {now?.since && <Lasting from={now.since} />}
                  </span>
                </div>
                <div title={above.map(({ name }) => name).join(', ')}>
                  {above.length === 0
                    ? 'No other service here needs it.'
                    : `Hurts ${counted(above.length, 'service')} that ${above.length === 1 ? 'needs' : 'need'} it${first > 0 ? `, ${first} of tier 1` : ''}.`}
                </div>
                <UnitWords of={[service, ...above]} />
              </li>
            )
          })}
        </ul>
      )}
    </Panel>
  )
}
