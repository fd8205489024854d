import type { Environment } from '../../contract/base.ts'
import type { ServiceKind } from '../../contract/catalog/service.ts'
import type { CalendarName } from './calendars.ts'
import type { HostName, UnitName } from './catalog-around.ts'
import { sites } from './people.ts'
import type { TeamName } from './teams.ts'

export type Service = {
  name: string
  slug: string
  kind: ServiceKind
  tier: 1 | 2 | 3 | 4
  team: TeamName
  calendar: CalendarName
  description: string
  environments?: Environment[]
  costPerHour?: number
  currency?: string
  usedBy?: UnitName[]
  cutOffs?: { name: string; atTime: string; zone: string }[]
  runsOn?: HostName[]
}

const [london, newYork] = [sites.london.zone, sites.newYork.zone]

/** What the firm runs: half of it what the business names, half of it what that runs on. */
export const services = {
  orderEntry: {
    name: 'Equities order entry',
    slug: 'equities-order-entry',
    kind: 'business',
    tier: 1,
    team: 'markets',
    calendar: 'london',
    description: 'Blotters and order tickets of the cash and program desks.',
    environments: ['prod', 'uat'],
    costPerHour: 400_000,
    currency: 'GBP',
    usedBy: ['emeaCash', 'programTrading', 'asiaCash'],
    cutOffs: [{ name: 'London open', atTime: '08:00', zone: london }],
    runsOn: ['orders01', 'orders02'],
  },
  marketData: {
    name: 'Market data gateway',
    slug: 'market-data-gateway',
    kind: 'technical',
    tier: 1,
    team: 'markets',
    calendar: 'always',
    description: 'Takes prices from the venues and hands them to everything that shows or uses them.',
    environments: ['prod', 'uat'],
    runsOn: ['mdgw01', 'mdgw02', 'mdgwTokyo'],
  },
  settlement: {
    name: 'Settlement',
    slug: 'settlement',
    kind: 'business',
    tier: 1,
    team: 'postTrade',
    calendar: 'london',
    description: 'Matches trades and instructs the depositories.',
    environments: ['prod', 'uat'],
    costPerHour: 120_000,
    currency: 'GBP',
    usedBy: ['settlements'],
    cutOffs: [{ name: 'CREST', atTime: '07:45', zone: london }],
    runsOn: ['prdbat01', 'prdbat02'],
  },
  riskEngine: {
    name: 'Risk engine',
    slug: 'risk-engine',
    kind: 'technical',
    tier: 2,
    team: 'markets',
    calendar: 'always',
    description: 'Values positions and watches limits during the day.',
    usedBy: ['derivatives'],
    runsOn: ['prdbat02'],
  },
  fix: {
    name: 'FIX connectivity',
    slug: 'fix-connectivity',
    kind: 'technical',
    tier: 1,
    team: 'markets',
    calendar: 'always',
    description: 'Sessions with venues and clients.',
    environments: ['prod', 'uat'],
    runsOn: ['fixgw01', 'fixgwUat'],
  },
  commodities: {
    name: 'Commodities pricing',
    slug: 'commodities-pricing',
    kind: 'business',
    tier: 2,
    team: 'markets',
    calendar: 'newYork',
    description: 'Curves and option prices for metals and energy.',
    costPerHour: 60_000,
    currency: 'USD',
    usedBy: ['commodities'],
    runsOn: ['prdcmd03'],
  },
  portal: {
    name: 'Client portal',
    slug: 'client-portal',
    kind: 'business',
    tier: 2,
    team: 'postTrade',
    calendar: 'always',
    description: 'What clients see of their accounts and reports.',
    usedBy: ['primeBrokerage'],
    runsOn: ['portal01'],
  },
  riskReporting: {
    name: 'Risk reporting',
    slug: 'risk-reporting',
    kind: 'business',
    tier: 2,
    team: 'markets',
    calendar: 'london',
    description: 'P&L, limits and the margin report of each morning.',
    usedBy: ['riskControl', 'derivatives'],
    cutOffs: [
      { name: 'EOD P&L to desks', atTime: '07:45', zone: london },
      { name: 'Regulatory file', atTime: '09:00', zone: london },
    ],
    runsOn: ['prdbat01'],
  },
  fileTransfer: {
    name: 'File transfer',
    slug: 'file-transfer',
    kind: 'technical',
    tier: 2,
    team: 'systems',
    calendar: 'always',
    description: 'Moves files between us, depositories, custodians and clients.',
    runsOn: ['prdbat01'],
  },
  identity: {
    name: 'Identity',
    slug: 'identity',
    kind: 'technical',
    tier: 1,
    team: 'systems',
    calendar: 'always',
    description: 'Sign-in and who may do what.',
  },
  referenceData: {
    name: 'Reference data',
    slug: 'reference-data',
    kind: 'technical',
    tier: 2,
    team: 'dba',
    calendar: 'london',
    description: 'Instruments, parties and calendars that everything else reads.',
    environments: ['prod', 'uat', 'test'],
    runsOn: ['refdb01'],
  },
  primeReporting: {
    name: 'Prime reporting',
    slug: 'prime-reporting',
    kind: 'business',
    tier: 3,
    team: 'postTrade',
    calendar: 'newYork',
    description: 'Statements and reports for the clients of prime brokerage.',
    usedBy: ['primeBrokerage'],
    cutOffs: [{ name: 'Client statements', atTime: '08:30', zone: newYork }],
  },
} satisfies Record<string, Service>
export type ServiceName = keyof typeof services

/** What depends on what. */
export const dependsOn: Partial<Record<ServiceName, ServiceName[]>> = {
  orderEntry: ['marketData', 'fix', 'referenceData', 'identity'],
  marketData: ['referenceData'],
  settlement: ['fileTransfer', 'referenceData'],
  riskEngine: ['marketData', 'referenceData'],
  commodities: ['marketData', 'referenceData'],
  portal: ['identity', 'primeReporting'],
  riskReporting: ['riskEngine', 'fileTransfer'],
  primeReporting: ['settlement', 'riskReporting', 'fileTransfer'],
}
