import { Link } from '@tanstack/react-router'
import type { ServiceMap } from '../../../../contract/catalog/map.ts'
import { paths } from '../../../paths.ts'
import { Panel } from '../../../ui/Panel.tsx'
import { Empty } from '../../../ui/States.tsx'
import type { HealthOf } from '../data.ts'
import { HealthMark } from '../HealthMark.tsx'
import { unitsOf } from './impact.ts'
import styles from './map.module.css'

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
  return (
    <Panel title="Hurt now" words={broken.length > 0 ? broken.length : undefined} fill>
      {broken.length === 0 ? (
        <Empty title="Nothing on the map is broken.">
          What breaks is red here, and what needs it is marked with its name.
        </Empty>
      ) : (
        <ul className={styles.hurt}>
          {map.services
            .filter(({ id }) => broken.includes(id))
            .map((service) => {
              const above = map.services.filter(({ id }) => hurt.get(id)?.includes(service.id))
              const units = unitsOf([service, ...above])
              return (
                <li key={service.id}>
                  <div className={styles.cause}>
                    <Link to={paths.service(service.id)} className="strong">
                      {service.name}
                    </Link>
                    <HealthMark of={health?.of(service.id)} />
                  </div>
                  <div className="muted">
                    {above.length === 0
                      ? 'Nothing here needs it.'
                      : `Hurts ${above.map(({ name }) => name).join(', ')}.`}
                  </div>
                  {units.length > 0 && (
                    <div className="faint">
                      {units.map(({ name, people }) => (people === null ? name : `${name} (${people})`)).join(', ')}
                    </div>
                  )}
                </li>
              )
            })}
        </ul>
      )}
    </Panel>
  )
}
