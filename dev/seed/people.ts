import type { Role } from '../../contract/permissions.ts'
import { acceptInvitation } from '../../server/features/identity/accept-invitation.ts'
import { createUser } from '../../server/features/identity/create-user.ts'
import { each, type Tools } from './tools.ts'

export const sites = {
  london: { name: 'London', zone: 'Europe/London' },
  newYork: { name: 'New York', zone: 'America/New_York' },
  tokyo: { name: 'Tokyo', zone: 'Asia/Tokyo' },
} as const
export type Site = keyof typeof sites

type Person = { name: string; role: Role; site: Site }
const person = (name: string, role: Role, site: Site = 'london'): Person => ({ name, role, site })

/** Everybody, by the name that tests and the demo call them. */
export const people = {
  marta: person('Marta G.', 'admin'),
  // L1 Service desk
  lena: person('Lena S.', 'lead'),
  tom: person('Tom M.', 'responder'),
  // L2 Markets support
  ana: person('Ana P.', 'lead'),
  priya: person('Priya N.', 'responder'),
  sam: person('Sam O.', 'responder'),
  aiko: person('Aiko T.', 'responder', 'tokyo'),
  // L2 Post-trade support
  dan: person('Dan R.', 'lead'),
  nora: person('Nora B.', 'responder', 'newYork'),
  // DBA
  jonas: person('Jonas W.', 'lead'),
  ines: person('Ines F.', 'responder', 'newYork'),
  // Systems & network
  viktor: person('Viktor H.', 'lead'),
  mei: person('Mei L.', 'responder', 'tokyo'),
  // Market data developers
  ravi: person('Ravi K.', 'lead'),
  ruth: person('Ruth O.', 'responder', 'newYork'),
  // The business: a trader, settlements, prime brokerage, the head of equities
  laurent: person('M. Laurent', 'requester'),
  brandt: person('L. Brandt', 'requester'),
  kovac: person('A. Kovač', 'requester', 'newYork'),
  james: person('James T.', 'stakeholder'),
} satisfies Record<string, Person>
export type PersonName = keyof typeof people
export type Passwords = Partial<Record<PersonName, string>>

export const mailOf = (name: PersonName): string => `${name}@harbour-bank.example`

/** Invites everybody, and sets the passwords that are given: each costs a tenth of a second, so tests give few. */
export const seedPeople = async (
  tools: Tools,
  passwords: Passwords,
  only: readonly PersonName[] = Object.keys(people) as PersonName[],
): Promise<Record<PersonName, string>> => {
  const invited = Object.fromEntries(only.map((name) => [name, people[name]])) as Record<PersonName, Person>
  return each<PersonName, Person, string>(invited, async ({ name, role, site }, key) => {
    const { id } = await tools.run(createUser, { name, email: mailOf(key), role, zone: sites[site].zone })
    const password = passwords[key]
    if (password !== undefined) await setPassword(tools, id, password)
    return id
  })
}

const setPassword = async ({ platform, run }: Tools, userId: string, password: string): Promise<void> => {
  const { id } = await platform.db
    .selectFrom('invitations')
    .select('id')
    .where('user_id', '=', userId)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow()
  await run(acceptInvitation, { invitationId: id, password })
}
