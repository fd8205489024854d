import { InvalidArgumentError, Option } from 'commander'
import type { z } from 'zod'
import { environment } from '../contract/base.ts'
import { type listTicketsInput, ticketKinds, ticketStates } from '../contract/desk/index.ts'
import type { Client } from './client.ts'
import { oneOf } from './command.ts'
import { findPerson, findService, findTeam, findUnit, NoneSuch } from './find.ts'

/** What narrows `watchfloor tickets`: of each field several values with commas, and after `--not` what is left out. */

type Asked = z.input<typeof listTicketsInput>
type Find = (client: Client, given: string) => Promise<string>

const fields = {
  kind: { key: 'kind', not: 'notKind' },
  state: { key: 'state', not: 'notState' },
  priorities: { key: 'priorities', not: 'notPriorities' },
  due: { key: 'due', not: 'notDue' },
  team: { key: 'teamId', not: 'notTeamId', find: findTeam },
  assignee: { key: 'assigneeId', not: 'notAssigneeId', find: findPerson },
  requester: { key: 'requesterId', not: 'notRequesterId', find: findPerson },
  unit: { key: 'unitId', not: 'notUnitId', find: findUnit },
  service: { key: 'serviceId', not: 'notServiceId', find: findService },
  environment: { key: 'environment', not: 'notEnvironment' },
} as const satisfies Record<string, { key: keyof Asked; not: keyof Asked; find?: Find }>
type Field = keyof typeof fields
const names = Object.keys(fields) as Field[]

/** 'new, pending' → new, pending; what stands in quotes is one. */
const cut = (given: string) =>
  (given.match(/(?:[^,"]|"[^"]*"?)+/g) ?? [given]).map((one) => one.replaceAll('"', '').trim())
/** More than any name has. */
const MOST = 100

const someOf = (flags: string, description: string, choices: readonly string[]) =>
  oneOf(flags, description, choices).argParser((given) => {
    const strange = cut(given).find((one) => !choices.includes(one))
    if (strange === undefined) return given
    throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}; several with commas.`)
  })

const addNot = (given: string, before: string[] | undefined) => {
  if (new RegExp(`^(${names.join('|')})=.+$`).test(given)) return [...(before ?? []), given]
  throw new InvalidArgumentError(`Write it as field=value; fields are ${names.join(', ')}.`)
}

export const filterOptions = (): Option[] => [
  someOf('--kind <kinds>', 'of these kinds', ticketKinds),
  someOf('--state <states>', 'in these states', ticketStates),
  oneOf('--priority <p>', 'this priority or more pressing', ['1', '2', '3', '4', '5']),
  someOf('--priorities <list>', 'exactly these priorities', ['1', '2', '3', '4', '5']),
  new Option('--due <when>', 'overdue, today, none, or less than a time: <30m, <4h, <2d'),
  new Option('--team <teams>', 'of these teams: name, slug or id; none: of no team'),
  new Option('--assignee <people>', 'who has it: name, mail address or id; none: nobody'),
  new Option('--requester <people>', 'who asked: name, mail address or id; none: nobody'),
  new Option('--unit <units>', 'about these business units: name, slug or id'),
  new Option('--service <services>', 'about these services: name, slug or id; none: about none'),
  someOf('--environment <list>', 'in these environments', environment.options),
  new Option('--not <field=values>', 'leaves out, such as --not state=pending; may be repeated').argParser(addNot),
]

type Given = Partial<Record<Field, string>> & { priority?: string; not?: string[] }

const valuesOf = async (client: Client, field: Field, given: string): Promise<string[]> => {
  const { find } = fields[field] as { find?: Find }
  if (find && given.includes(',') && !given.includes('"') && given.length <= MOST) {
    // A name may have a comma: 'Smith, Ana'.
    const whole = await find(client, given.trim()).catch((error: unknown) => {
      if (error instanceof NoneSuch) return undefined
      throw error
    })
    if (whole) return [whole]
  }
  return Promise.all(cut(given).map((one) => (find && one !== 'none' ? find(client, one) : one)))
}

/** The filter as the API takes it. */
export const filterOf = async (client: Client, given: Given): Promise<Asked> => {
  const asked: Partial<Record<keyof Asked, unknown>> = {}
  if (given.priority) asked.priority = given.priority
  for (const name of names) {
    const values = given[name]
    if (values) asked[fields[name].key] = await valuesOf(client, name, values)
  }
  for (const one of given.not ?? []) {
    const [name, ...rest] = one.split('=') as [Field, ...string[]]
    const before = (asked[fields[name].not] as string[] | undefined) ?? []
    asked[fields[name].not] = [...before, ...(await valuesOf(client, name, rest.join('=')))]
  }
  return asked as Asked
}
