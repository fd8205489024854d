import type { Finding, Place } from '../define-importer.ts'
import { type Atom, ConditionError, readCondition } from './condition.ts'
import { boxNameOf, type Definition } from './estate.ts'
import type { Built } from './job.ts'
import { placeOf, textOf } from './said.ts'

/** What can only be seen of all jobs together. */
export const lintOf = (all: readonly Built[]): Finding[] => {
  const jobs = new Map(all.map((built) => [built.definition.name, built]))
  const findings: Finding[] = []
  for (const built of all) {
    const note = (rule: string, severity: Finding['severity'], { file, line }: Place, message: string) =>
      findings.push({ file, line, rule, severity, message: `${built.definition.name}: ${message}` })
    box(built, jobs, note)
    atoms(built, jobs, note)
    verdicts(built, jobs, note)
    deadline(built, note)
  }
  return findings
}

type Jobs = ReadonlyMap<string, Built>
type Tell = (rule: string, severity: Finding['severity'], place: Place, message: string) => void

const box = ({ definition }: Built, jobs: Jobs, note: Tell): void => {
  const name = boxNameOf(definition)
  if (name === null) return
  const found = jobs.get(name)
  if (!found)
    note(
      'no-box',
      'warn',
      placeOf(definition, 'box_name'),
      `its box ${name} is not among the files, so that it is a member of nothing until it is.`,
    )
  else if (!found.job.waits.isBox)
    note('no-box', 'warn', placeOf(definition, 'box_name'), `${name} is no box, so that it has no members.`)
}

const atoms = ({ definition, condition, timing }: Built, jobs: Jobs, note: Tell): void => {
  if (!condition) return
  const place = placeOf(definition, 'condition')
  const own = condition.atoms.filter(({ instance }) => instance === null)
  const unknown = names(own.filter(({ name }) => !jobs.has(name)))
  if (unknown)
    note(
      'unknown-job',
      'warn',
      place,
      `its condition names ${unknown}, not among the files. AutoSys takes what it does not know for never met.`,
    )
  const iced = names(own.filter(({ name }) => jobs.get(name)?.job.waits.hold === 'iced'))
  if (iced) note('iced', 'warn', place, `it waits for ${iced}, which is on ice and counts as done.`)
  const parents = boxesOf(definition, jobs)
  const round = own.find(({ name, is }) => is !== 'not-running' && parents.some((parent) => parent.name === name))
  if (round)
    note(
      'waits-for-own-box',
      'warn',
      place,
      `it is a member of ${round.name}, and waits for its end, which waits for its own.`,
    )
  const isDaily = timing.schedule !== null || parents.some((parent) => jobs.get(parent.name)?.timing.schedule)
  const latched = own.filter(
    ({ name, is, within }) =>
      within === 'ever' && is !== 'not-running' && jobs.has(name) && !shareBox(parents, jobs.get(name), jobs),
  )
  if (isDaily && latched.length > 0)
    note(
      'same-day-latch',
      'warn',
      place,
      `${names(latched)} has no look-back, so that yesterday's end of it is enough today. Write one, such as (${latched[0]?.name},12.00).`,
    )
}

const MOST_NAMED = 5
const names = (found: readonly Atom[]): string => {
  const all = [...new Set(found.map(({ name }) => name))]
  return all.slice(0, MOST_NAMED).join(', ') + (all.length > MOST_NAMED ? ` and ${all.length - MOST_NAMED} more` : '')
}

const MOST_DEPTH = 64
/** The boxes that it stands in, from the inside. */
const boxesOf = (job: Definition, jobs: Jobs): Definition[] => {
  const found: Definition[] = []
  for (let name = boxNameOf(job); name !== null && found.length < MOST_DEPTH; ) {
    const parent = jobs.get(name)?.definition
    if (!parent || found.includes(parent)) return found
    found.push(parent)
    name = boxNameOf(parent)
  }
  return found
}

/** Members of one box run in the same run of it. */
const shareBox = (parents: readonly Definition[], other: Built | undefined, jobs: Jobs): boolean =>
  other !== undefined && boxesOf(other.definition, jobs).some((parent) => parents.includes(parent))

const verdicts = ({ definition }: Built, jobs: Jobs, note: Tell): void => {
  for (const key of ['box_success', 'box_failure']) {
    const text = textOf(definition, key)
    if (!text) continue
    try {
      const { atoms } = readCondition(text, ({ name }) => name)
      const outside = names(
        atoms.filter(({ name, instance }) => {
          const found = jobs.get(name)
          return instance !== null || !found || !boxesOf(found.definition, jobs).includes(definition)
        }),
      )
      if (outside)
        note(
          'box-outside',
          'warn',
          placeOf(definition, key),
          `${key} names ${outside}, outside of the box: if that comes after the last member, the box does not end.`,
        )
    } catch (error) {
      if (!(error instanceof ConditionError)) throw error
      note('condition', 'warn', placeOf(definition, key), `${key} ${error.message}.`)
    }
  }
}

const MINUTE = 60
const deadline = ({ definition, job, leastMinutes }: Built, note: Tell): void => {
  const typical = job.waits.typicalSeconds
  if (leastMinutes === null || (leastMinutes * MINUTE >= (typical ?? 0) && leastMinutes > 0)) return
  const place = placeOf(definition, 'must_complete_times')
  if (leastMinutes <= 0)
    note(
      'deadline-before-end',
      'warn',
      place,
      'it must be complete before it starts. Add 24 hours where the next day is meant, such as "29:30".',
    )
  else
    note(
      'deadline-before-end',
      'warn',
      place,
      `it must be complete ${leastMinutes} min after its start, and usually takes ${Math.round((typical ?? 0) / MINUTE)} min.`,
    )
}
