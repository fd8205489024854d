import type { z } from 'zod'
import type { teamKind } from '../../contract/identity/teams.ts'
import { createTeam } from '../../server/features/identity/create-team.ts'
import { setMember } from '../../server/features/identity/set-member.ts'
import { type PersonName, people, type Site, sites } from './people.ts'
import { each, type Tools } from './tools.ts'

type Team = {
  name: string
  slug: string
  kind: z.output<typeof teamKind>
  site: Site
  members: PersonName[]
  about: string
}

/** Support lines and resolver groups. Whoever has the role of a lead leads their team. */
export const teams = {
  serviceDesk: {
    name: 'L1 Service desk',
    slug: 'service-desk',
    kind: 'l1',
    site: 'london',
    members: ['lena', 'tom'],
    about: 'Takes what people ask and report, answers what is known, passes on the rest.',
  },
  markets: {
    name: 'L2 Markets support',
    slug: 'markets',
    kind: 'l2',
    site: 'london',
    members: ['ana', 'priya', 'sam', 'aiko'],
    about: 'Order entry, market data, pricing and risk; nights are covered from Tokyo.',
  },
  postTrade: {
    name: 'L2 Post-trade support',
    slug: 'post-trade',
    kind: 'l2',
    site: 'london',
    members: ['dan', 'nora'],
    about: 'Settlement, prime brokerage and what clients see.',
  },
  dba: {
    name: 'DBA',
    slug: 'dba',
    kind: 'dba',
    site: 'london',
    members: ['jonas', 'ines'],
    about: 'Databases and what is kept in them.',
  },
  systems: {
    name: 'Systems & network',
    slug: 'systems',
    kind: 'systems',
    site: 'london',
    members: ['viktor', 'mei'],
    about: 'Machines, storage, network, file transfer and sign-in.',
  },
  marketData: {
    name: 'Market data developers',
    slug: 'market-data-dev',
    kind: 'l3',
    site: 'newYork',
    members: ['ravi', 'ruth'],
    about: 'Write the market data gateway and the pricing on top of it.',
  },
} satisfies Record<string, Team>
export type TeamName = keyof typeof teams

export const seedTeams = async ({ run }: Tools, ids: Record<PersonName, string>): Promise<Record<TeamName, string>> =>
  each<TeamName, Team, string>(teams, async ({ name, slug, kind, site, members, about }) => {
    const { id } = await run(createTeam, { name, slug, kind, zone: sites[site].zone, description: about })
    for (const member of members) {
      const role = people[member].role === 'lead' ? 'lead' : 'responder'
      await run(setMember, { id, userId: ids[member], role })
    }
    return id
  })
