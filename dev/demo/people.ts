import type { Role } from '../../contract/permissions.ts'
import { setUnitsOfPerson } from '../../server/features/catalog/units-of-person.ts'
import { createUser } from '../../server/features/identity/create-user.ts'
import { setMember } from '../../server/features/identity/set-member.ts'
import type { World } from '../seed/index.ts'
import { mailOf, type PersonName, type Site, sites } from '../seed/people.ts'
import type { TeamName } from '../seed/teams.ts'
import type { Tools } from '../seed/tools.ts'

type Joiner = { key: string; name: string; role: Role; site: Site; team?: TeamName; unit?: string }

const works = (key: string, name: string, team: TeamName, site: Site = 'london'): Joiner => ({
  key,
  name,
  role: 'responder',
  site,
  team,
})
const asks = (key: string, name: string, unit: string, site: Site = 'london'): Joiner => ({
  key,
  name,
  role: 'requester',
  site,
  unit,
})

/** Who is there beside the cast of the tests: more hands in each team, and the desks. */
export const joiners: readonly Joiner[] = [
  works('grace', 'Grace A.', 'serviceDesk'),
  works('luis', 'Luis C.', 'serviceDesk', 'newYork'),
  works('kenji', 'Kenji S.', 'serviceDesk', 'tokyo'),
  works('owen', 'Owen D.', 'markets', 'newYork'),
  works('zoe', 'Zoe F.', 'markets'),
  works('haruto', 'Haruto I.', 'postTrade', 'tokyo'),
  works('yui', 'Yui M.', 'postTrade', 'tokyo'),
  works('claire', 'Claire V.', 'postTrade'),
  works('pavel', 'Pavel Z.', 'dba'),
  works('ingrid', 'Ingrid L.', 'systems'),
  works('carlos', 'Carlos E.', 'systems', 'newYork'),
  asks('sofia', 'S. Ricci', 'equity-derivatives'),
  asks('hugh', 'H. Barton', 'rates-emea'),
  asks('amara', 'A. Diallo', 'fx-spot'),
  asks('chen', 'W. Chen', 'us-cash', 'newYork'),
  asks('mills', 'J. Mills', 'rates-us', 'newYork'),
  asks('okafor', 'N. Okafor', 'commodities', 'newYork'),
  asks('sato', 'M. Sato', 'asia-cash', 'tokyo'),
  asks('ito', 'R. Ito', 'tokyo-derivatives', 'tokyo'),
  asks('weiss', 'K. Weiss', 'settlements'),
  asks('patel', 'R. Patel', 'risk-control'),
  asks('dubois', 'C. Dubois', 'client-services', 'newYork'),
  asks('moreau', 'E. Moreau', 'treasury'),
  asks('lind', 'A. Lind', 'compliance'),
  asks('ross', 'D. Ross', 'product-control'),
]

/** One for each role, with what a newcomer sees in it. */
export const signIns: readonly { key: PersonName; what: string }[] = [
  { key: 'tom', what: 'L1 analyst, service desk' },
  { key: 'priya', what: 'L2 analyst, markets' },
  { key: 'jonas', what: 'DBA' },
  { key: 'ana', what: 'team lead, L2 markets' },
  { key: 'laurent', what: 'trader, sees the portal' },
  { key: 'james', what: 'manager, head of equities' },
  { key: 'marta', what: 'administrator' },
]
export const password = 'watch the floor'

/** Invites them and puts them into their teams; ids by the same short names as the cast's. */
export const addJoiners = async ({ run }: Tools, { people, teams }: World): Promise<Record<string, string>> => {
  const ids: Record<string, string> = { ...people }
  const join = async ({ key, name, role, site, team }: Joiner) => {
    const { id } = await run(createUser, { name, email: mailOf(key as PersonName), role, zone: sites[site].zone })
    ids[key] = id
    if (team) await run(setMember, { id: teams[team], userId: id, role: 'responder' })
  }
  await Promise.all(joiners.map(join))
  return ids
}

/** Whose trouble the head of equities reads of. */
const heads: readonly { key: PersonName; units: readonly string[] }[] = [
  { key: 'james', units: ['emea-cash', 'us-cash', 'asia-cash', 'program-trading', 'equity-derivatives'] },
]

/** Puts those who ask into their desks, which have to be there. */
export const seatJoiners = async (
  { run }: Tools,
  ids: Record<string, string>,
  units: ReadonlyMap<string, string>,
): Promise<void> => {
  const seats = [...joiners.map(({ key, unit }) => ({ key, units: unit ? [unit] : [] })), ...heads]
  await Promise.all(
    seats.map(async ({ key, units: slugs }) => {
      const businessUnitIds = slugs.flatMap((slug) => units.get(slug) ?? [])
      if (businessUnitIds.length > 0) await run(setUnitsOfPerson, { userId: ids[key] as string, businessUnitIds })
    }),
  )
}
