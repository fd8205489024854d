import type { ImportedAmount } from '../define-importer.ts'
import type { Statement } from './lex.ts'
import { numberOf, plainValue, unescaped } from './values.ts'

const MOST_UNITS = 1_000_000
const MOST_NAME = 200

/** What jobs with `job_load` need of a machine. */
export const loadOf = (machine: string): string => `load of ${machine}`.slice(0, MOST_NAME)

/**
 * Takes how much there is of a resource (insert_resource), or what load a machine takes (max_load). Answers whether that
 * is what the statement is about. Only what is given back after the run (res_type R) is waited for here.
 */
export const takeAmount = (
  amounts: Map<string, ImportedAmount>,
  { verb, subject, attributes, file, line }: Statement,
  note: (rule: string, message: string) => void,
): boolean => {
  const saidOf = (key: string): string | null => {
    const given = attributes.findLast((one) => one.key === key)
    return given ? plainValue(given.value) : null
  }
  const name = plainValue(unescaped(subject)).slice(0, MOST_NAME)
  const put = (key: string, units: number) =>
    amounts.set(key, { file, line, name: key, units: Math.min(MOST_UNITS, Math.max(0, units)) })
  switch (verb) {
    case 'insert_resource':
    case 'update_resource': {
      const type = saidOf('res_type')?.toUpperCase() ?? 'R'
      if (type !== 'R') {
        note(
          'resource-type',
          `${name} is ${type === 'D' ? 'used up by its jobs' : 'a threshold'} (res_type ${type}), which is not followed here: nobody waits for it.`,
        )
        return true
      }
      const said = saidOf('amount') ?? ''
      const by = verb === 'update_resource' ? /^([+-])(\d{1,9})$/.exec(said) : null
      const before = amounts.get(name)
      const units = by ? (before ? before.units + Number(`${by[1]}${by[2]}`) : null) : numberOf(said)
      if (units !== null) put(name, units)
      else if (said || verb === 'insert_resource')
        note('resource-amount', `How much there is of ${name} is not said in a whole number (amount): it is left out.`)
      return true
    }
    case 'delete_resource':
      amounts.delete(name)
      return true
    case 'insert_machine':
    case 'update_machine': {
      const load = numberOf(saidOf('max_load') ?? '')
      if (load === null) return false
      put(loadOf(name), load)
      return true
    }
    default:
      return false
  }
}
