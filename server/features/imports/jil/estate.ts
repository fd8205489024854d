import type { Finding, ImportedAmount, Place, Refusal } from '../define-importer.ts'
import { takeAmount } from './amounts.ts'
import { type Attribute, calendarVerbs, type Lexed, type Statement } from './lex.ts'
import { plainValue, unescaped } from './values.ts'

/** A job as all statements of the files together leave it. Attributes by their key in small letters. */
export type Definition = Place & { name: string; attributes: Map<string, Attribute> }
export type Estate = {
  jobs: Map<string, Definition>
  /** The members of each box by its name, whether or not it is a job of the files. */
  members: Map<string, Set<Definition>>
  calendars: Statement[]
  /** How much there is of resources, and what load machines take, by the name that jobs need them by. */
  amounts: Map<string, ImportedAmount>
  findings: Finding[]
  refused: Refusal[]
}

const name = /^[A-Za-z0-9._#:-]{1,64}$/

/** Does what the statements say, one after another, as the database of AutoSys would. */
export const estateOf = (lexed: readonly Lexed[]): Estate => {
  const estate: Estate = {
    jobs: new Map(),
    members: new Map(),
    calendars: [],
    amounts: new Map(),
    findings: lexed.flatMap((l) => l.findings),
    refused: lexed.flatMap((l) => l.refused),
  }
  const others = new Map<string, { first: Statement; count: number }>()
  for (const statement of lexed.flatMap((l) => l.statements)) {
    const { verb } = statement
    const act = acts[verb]
    if (act) act(estate, statement)
    else if (takeAmount(estate.amounts, statement, (rule, message) => note(estate, statement, rule, 'info', message)))
      continue
    else if ((calendarVerbs as readonly string[]).includes(verb)) estate.calendars.push(statement)
    else {
      const key = `${statement.file}\n${verb}`
      const known = others.get(key)
      if (known) known.count++
      else others.set(key, { first: statement, count: 1 })
    }
  }
  for (const { first, count } of others.values())
    note(
      estate,
      first,
      'no-job',
      'info',
      `${count === 1 ? `A statement ${first.verb} is` : `${count} statements ${first.verb} are`} left out: only jobs, calendars, amounts of resources and loads of machines are imported.`,
    )
  return estate
}

const note = (
  estate: Estate,
  { file, line }: Place,
  rule: string,
  severity: Finding['severity'],
  message: string,
): void => {
  estate.findings.push({ file, line, rule, severity, message })
}
const refuse = (estate: Estate, { file, line }: Place, reason: string): void => {
  estate.refused.push({ file, line, reason })
}

type Act = (estate: Estate, statement: Statement) => void

const insert: Act = (estate, statement) => {
  const { file, line, subject } = statement
  if (!name.test(subject))
    return refuse(
      estate,
      statement,
      `“${subject.slice(0, 80)}” is no name of a job: it has 1 to 64 letters of a–z, digits and . _ # : -.`,
    )
  const before = estate.jobs.get(subject)
  if (before)
    return refuse(
      estate,
      statement,
      `${subject} stands in line ${before.line}${before.file === file ? '' : ` of ${before.file}`} already. To change it, write update_job.`,
    )
  const attributes = new Map<string, Attribute>()
  for (const attribute of statement.attributes) {
    if (attributes.has(attribute.key))
      note(estate, attribute, 'said-twice', 'warn', `${subject} has ${attribute.key} twice: the last one is taken.`)
    attributes.set(attribute.key, attribute)
  }
  add(estate, { file, line, name: subject, attributes })
}

const add = (estate: Estate, job: Definition): void => {
  estate.jobs.set(job.name, job)
  const box = boxNameOf(job)
  if (box === null) return
  const members = estate.members.get(box)
  if (members) members.add(job)
  else estate.members.set(box, new Set([job]))
}

const take = (estate: Estate, job: Definition): void => {
  estate.jobs.delete(job.name)
  estate.members.get(boxNameOf(job) ?? '')?.delete(job)
}

const update: Act = (estate, statement) => {
  const job = estate.jobs.get(statement.subject)
  if (!job)
    return refuse(
      estate,
      statement,
      `${statement.subject} is changed by update_job, but no insert_job of it stands before. Add what autorep -J ${statement.subject} -q prints.`,
    )
  take(estate, job)
  // An empty value takes back what was said.
  for (const attribute of statement.attributes)
    if (plainValue(attribute.value) === '') job.attributes.delete(attribute.key)
    else job.attributes.set(attribute.key, attribute)
  add(estate, job)
}

const remove: Act = (estate, statement) => {
  const job = estate.jobs.get(statement.subject)
  if (!job) return unknown(estate, statement)
  take(estate, job)
  // The members of a box stay, on their own.
  for (const member of estate.members.get(job.name) ?? []) member.attributes.delete('box_name')
  estate.members.delete(job.name)
}

const removeBox: Act = (estate, statement) => {
  const job = estate.jobs.get(statement.subject)
  if (!job) return unknown(estate, statement)
  const all = [job]
  for (let one = all.pop(); one; one = all.pop()) {
    take(estate, one)
    all.push(...(estate.members.get(one.name) ?? []))
    estate.members.delete(one.name)
  }
}

export const boxNameOf = ({ attributes }: Pick<Definition, 'attributes'>): string | null => {
  const given = attributes.get('box_name')
  return given ? plainValue(given.value) || null : null
}

const unknown = (estate: Estate, statement: Statement): void =>
  note(
    estate,
    statement,
    'deletes-unknown',
    'info',
    `${statement.subject} is deleted, and no insert_job of it stands before. If it is a job here, delete or archive it.`,
  )

const override: Act = (estate, statement) => {
  if (/\s+delete$/i.test(statement.subject)) return
  note(
    estate,
    statement,
    'override',
    'info',
    `${statement.subject} is changed for its next run alone (override_job), which is left out.`,
  )
}

const rename: Act = (estate, statement) => {
  const job = estate.jobs.get(statement.subject)
  const given = statement.attributes.find(({ key }) => key === 'new_name')
  const next = unescaped(given?.value ?? '')
  if (!job) return refuse(estate, statement, `${statement.subject} is renamed, but no insert_job of it stands before.`)
  if (!name.test(next))
    return refuse(estate, statement, `${statement.subject} is renamed to no name: write new_name below it.`)
  if (estate.jobs.has(next))
    return refuse(
      estate,
      statement,
      `${statement.subject} is renamed to ${next}, which stands in line ${estate.jobs.get(next)?.line} already.`,
    )
  take(estate, job)
  add(estate, { ...job, name: next })
  // AutoSys keeps the box of a member by its number, not by its name.
  const members = [...(estate.members.get(job.name) ?? [])]
  for (const member of members) {
    take(estate, member)
    const box = member.attributes.get('box_name')
    if (box) member.attributes.set('box_name', { ...box, value: next })
    add(estate, member)
  }
}

const acts: Record<string, Act> = {
  insert_job: insert,
  update_job: update,
  delete_job: remove,
  delete_box: removeBox,
  override_job: override,
  rename_job: rename,
}
