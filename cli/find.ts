import { CliError, type Client } from './client.ts'
import { isId } from './command.ts'

/** People write names; the API wants ids. */

export class NoneSuch extends CliError {
  constructor(what: string, given: string) {
    super(`There is no ${what} called ${given}.`)
  }
}

type Found = { id: string; name: string; others?: string[] }

/** The one that is meant: by id, by an exact name of any of its kinds, or by the only one that has it in its name. */
const only = (what: string, given: string, found: Found[]): string => {
  const small = given.toLowerCase()
  const exact = found.filter((f) => [f.name, ...(f.others ?? [])].some((n) => n.toLowerCase() === small))
  const [one, ...more] = exact.length > 0 ? exact : found
  if (one && more.length === 0) return one.id
  if (!one) throw new NoneSuch(what, given)
  const names = [one, ...more].slice(0, 5).map((f) => [f.name, ...(f.others ?? [])].join(', '))
  throw new CliError(`${given} may be ${names.join(' or ')}. Say which ${what} you mean.`)
}

export const findTeam = async (client: Client, given: string): Promise<string> => {
  if (isId(given)) return given
  const found: Found[] = []
  let cursor: string | undefined
  do {
    const page = await client.identity.teams.list({ limit: 200, ...(cursor ? { cursor } : {}) })
    found.push(...page.items.map((t) => ({ id: t.id, name: t.name, others: [t.slug] })))
    cursor = page.next ?? undefined
  } while (cursor)
  const small = given.toLowerCase()
  return only(
    'team',
    given,
    found.filter((t) => [t.name, ...(t.others ?? [])].some((n) => n.toLowerCase().includes(small))),
  )
}

export const findPerson = async (client: Client, given: string): Promise<string> => {
  if (isId(given)) return given
  if (given === 'me') return (await client.identity.me.read()).id
  const { items } = await client.identity.users.list({ search: given, limit: 50 })
  return only(
    'person',
    given,
    items.map((u) => ({ id: u.id, name: u.name, others: [u.email] })),
  )
}

type Listed = { items: { id: string; name: string; slug: string }[] }

const findListed = async (what: string, given: string, list: (search: string) => Promise<Listed>): Promise<string> => {
  if (isId(given)) return given
  // The search looks at names; a slug is a name in small letters with dashes.
  for (const search of new Set([given, given.replaceAll('-', ' ')])) {
    const { items } = await list(search)
    if (items.length > 0)
      return only(
        what,
        given,
        items.map((one) => ({ id: one.id, name: one.name, others: [one.slug] })),
      )
  }
  throw new NoneSuch(what, given)
}

export const findService = (client: Client, given: string): Promise<string> =>
  findListed('service', given, (search) => client.catalog.services.list({ search, limit: 50 }))

export const findUnit = (client: Client, given: string): Promise<string> =>
  findListed('business unit', given, (search) => client.catalog.businessUnits.list({ search, limit: 50 }))

export const findJob = (client: Client, given: string): Promise<string> =>
  findListed('job', given, (q) => client.jobs.list({ q, limit: 50 }))

export const findDeadline = (client: Client, given: string): Promise<string> =>
  findListed('deadline', given, (q) => client.chains.list({ q, limit: 50 }))

/** What `--team` and `--service` mean, as the lists of the API take it. */
export const placesOf = async (client: Client, given: { team?: string | undefined; service?: string | undefined }) => ({
  ...(given.team ? { teamId: await findTeam(client, given.team) } : {}),
  ...(given.service ? { serviceId: await findService(client, given.service) } : {}),
})
