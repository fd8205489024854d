import type { Environment } from '../../contract/base.ts'
import type { Site } from './people.ts'
import type { TeamName } from './teams.ts'

type Unit = { name: string; slug: string; site: Site; people: number }

/** Who is hurt when something breaks. */
export const units = {
  emeaCash: { name: 'EMEA cash equities', slug: 'emea-cash', site: 'london', people: 37 },
  derivatives: { name: 'Equity derivatives', slug: 'equity-derivatives', site: 'london', people: 24 },
  programTrading: { name: 'Program trading', slug: 'program-trading', site: 'london', people: 9 },
  asiaCash: { name: 'Asia cash equities', slug: 'asia-cash', site: 'tokyo', people: 19 },
  commodities: { name: 'Commodities', slug: 'commodities', site: 'newYork', people: 18 },
  primeBrokerage: { name: 'Prime brokerage', slug: 'prime-brokerage', site: 'newYork', people: 31 },
  settlements: { name: 'Settlements', slug: 'settlements', site: 'london', people: 45 },
  riskControl: { name: 'Risk control', slug: 'risk-control', site: 'london', people: 28 },
} satisfies Record<string, Unit>
export type UnitName = keyof typeof units

type Host = { name: string; site: Site; environment?: Environment; team: TeamName }
const host = (name: string, site: Site = 'london', team: TeamName = 'systems'): Host => ({ name, site, team })

/** Machines, by their name without the sign between. */
export const hosts = {
  orders01: host('orders-01'),
  orders02: host('orders-02'),
  mdgw01: host('mdgw-01'),
  mdgw02: host('mdgw-02'),
  mdgwTokyo: host('tk-mdgw-01', 'tokyo'),
  fixgw01: host('fixgw-01'),
  fixgwUat: { ...host('uat-fixgw-01'), environment: 'uat' },
  prdbat01: host('prdbat01'),
  prdbat02: host('prdbat02'),
  prdcmd03: host('prdcmd03', 'newYork'),
  refdb01: host('refdb-01', 'london', 'dba'),
  portal01: host('portal-01', 'newYork'),
} satisfies Record<string, Host>
export type HostName = keyof typeof hosts
