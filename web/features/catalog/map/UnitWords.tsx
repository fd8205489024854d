import type { ServiceMap } from '../../../../contract/catalog/map.ts'
import { counted } from '../words.ts'
import { unitsOf } from './impact.ts'
import styles from './map.module.css'

const most = 6

/** Whom these services serve: how many, and the largest units by name; all of them on hover. */
export function UnitWords({ of }: { of: ServiceMap['services'] }) {
  const units = unitsOf(of)
  if (units.length === 0) return null
  const people = units.reduce((sum, unit) => sum + (unit.people ?? 0), 0)
  const said = units.map(({ name, people: some }) => (some === null ? name : `${name} ${some}`))
  return (
    <div className={styles.units} title={said.join(', ')}>
      <div>
        {counted(units.length, 'business unit')}
        {people > 0 && `, ${counted(people, 'person', 'people')}`}
      </div>
      <div className="faint">
        {said.slice(0, most).join(' · ')}
        {units.length > most && ` and ${units.length - most} more`}
      </div>
    </div>
  )
}
