import { scopeFor } from '../../platform/access.ts'
import type { ReadContext } from '../../platform/context.ts'
import { knownAmounts } from '../jobs/index.ts'
import type { Finding, ImportedAmount } from './define-importer.ts'

/** What an import says of how much there is: what it would write, and the notes that tell of it. */
export const planAmounts = async (
  { db, actor }: Pick<ReadContext, 'db' | 'actor'>,
  given: readonly ImportedAmount[],
): Promise<{ amounts: ReadonlyMap<string, number>; findings: Finding[] }> => {
  const may = scopeFor(actor, 'chain.setting')?.rows === 'all'
  const known = await knownAmounts(
    db,
    given.map(({ name }) => name),
  )
  const amounts = new Map<string, number>()
  const findings: Finding[] = []
  for (const { file, line, name, units } of given) {
    const here = known.get(name)
    if (here?.units === units) continue
    const byPeople = here !== undefined && here.said !== here.units
    if (may && !byPeople) amounts.set(name, units)
    const message = byPeople
      ? `${name}: ${units} units in the file, ${here.units} as they were set here, which stays.`
      : !may
        ? `${name}: that there are ${units} units of it is left out, for an administrator says how much there is. Let one import this, or set it.`
        : here
          ? `${name}: there are ${units} units of it, before ${here.units}.`
          : `${name}: there are ${units} units of it. With that, predictions let jobs wait for one another.`
    findings.push({ file, line, rule: 'amount', severity: 'info', message })
  }
  return { amounts, findings }
}
