import type { z } from 'zod'
import type { createRequestTypeInput } from '../../contract/requests/index.ts'
import { setUnitsOfPerson } from '../../server/features/catalog/units-of-person.ts'
import { createRequestType } from '../../server/features/requests/create-type.ts'
import type { Catalog } from './catalog.ts'
import type { UnitName } from './catalog-around.ts'
import type { PersonName } from './people.ts'
import type { TeamName } from './teams.ts'
import { each, type Tools } from './tools.ts'

type Known = Catalog & { people: Record<PersonName, string>; teams: Record<TeamName, string> }
type Type = Omit<z.input<typeof createRequestTypeInput>, 'teamId' | 'serviceId' | 'businessUnitIds'> & {
  team: TeamName
  service?: keyof Catalog['services']
  onlyFor?: UnitName[]
}

const named = ({ people }: Known, ...names: PersonName[]) => ({
  kind: 'people' as const,
  userIds: names.map((name) => people[name]),
})

/** What the firm can be asked for. */
const types = (known: Known) =>
  ({
    readAccess: {
      slug: 'read-access',
      name: 'Read access',
      description:
        'To a blotter or a report, for yourself or for people who join you. The head of the desk approves it.',
      category: 'Access',
      icon: 'access',
      team: 'systems',
      service: 'identity',
      priority: 4,
      form: {
        properties: {
          application: {
            type: 'string',
            title: 'What to read',
            enum: ['repo', 'cash', 'risk', 'settlement'],
            labels: {
              repo: 'Repo blotter',
              cash: 'Cash blotter',
              risk: 'Risk reports',
              settlement: 'Settlement queue',
            },
          },
          joiners: {
            type: 'string',
            multiline: true,
            title: 'Who needs it',
            description: 'One name a line, as on the badge.',
            maxLength: 2_000,
          },
          from: { type: 'string', format: 'date', title: 'From' },
          why: { type: 'string', multiline: true, title: 'What for', maxLength: 1_000 },
        },
        required: ['application', 'joiners', 'from'],
      },
      checklist: [
        { title: 'Check that each person has signed the conduct rules', help: 'HR keeps the list.' },
        { title: 'Add each person to the reading group' },
        { title: 'Sign in as a test user and look', required: false },
      ],
      approvals: [{ by: named(known, 'james'), reminderHours: 24, expiryHours: 168 }],
    },
    software: {
      slug: 'software-install',
      name: 'Software install',
      description: 'A program from the list of those that may be used, on a machine of the firm.',
      category: 'Workplace',
      icon: 'software',
      team: 'serviceDesk',
      priority: 4,
      form: {
        properties: {
          program: { type: 'string', title: 'Program', placeholder: 'Tableau Desktop', maxLength: 120 },
          machine: { type: 'string', title: 'Machine', description: 'The number on its sticker.', maxLength: 60 },
          licence: { type: 'boolean', title: 'It needs a licence that is paid for' },
          cost: { type: 'number', title: 'Cost a year', minimum: 0, maximum: 100_000, unit: 'GBP' },
        },
        required: ['program', 'machine'],
      },
      checklist: [
        { title: 'Program is on the list of those that may be used' },
        { title: 'Installed and started once' },
      ],
      approvals: [{ by: { kind: 'leads' as const, teamId: known.teams.serviceDesk } }],
    },
    rerun: {
      slug: 'report-rerun',
      name: 'Report re-run',
      description: 'A report again, for a day or for accounts that came out wrong. Needs no approval.',
      category: 'Reports and data',
      icon: 'report',
      team: 'postTrade',
      service: 'riskReporting',
      priority: 3,
      form: {
        properties: {
          reports: {
            type: 'array',
            title: 'Reports',
            items: {
              type: 'string',
              enum: ['EOD_POS', 'EOD_PNL', 'MARGIN', 'STATEMENTS'],
              labels: {
                EOD_POS: 'End-of-day positions',
                EOD_PNL: 'End-of-day P&L',
                MARGIN: 'Margin',
                STATEMENTS: 'Statements',
              },
            },
          },
          day: { type: 'string', format: 'date', title: 'For the day' },
          accounts: { type: 'string', title: 'Accounts', description: 'All when left empty.', maxLength: 300 },
        },
        required: ['reports', 'day'],
      },
      checklist: [{ title: 'Compare totals with the run before' }],
    },
    marketData: {
      slug: 'market-data-entitlement',
      name: 'Market data entitlement',
      description: 'Prices of a venue on your screen. They are paid for per person, so two people approve it.',
      category: 'Reports and data',
      icon: 'data',
      team: 'marketData',
      service: 'marketData',
      priority: 4,
      onlyFor: ['emeaCash', 'derivatives', 'programTrading', 'asiaCash', 'commodities'],
      form: {
        properties: {
          venue: { type: 'string', title: 'Venue', enum: ['XLON', 'XPAR', 'XETR', 'XNYS', 'XTKS'] },
          people: { type: 'array', title: 'For whom', items: { type: 'string', reference: 'person' }, maxItems: 10 },
          depth: { type: 'string', title: 'Depth', enum: ['Best price', 'Full book'] },
          until: { type: 'string', format: 'date', title: 'Until', description: 'For good when left empty.' },
        },
        required: ['venue', 'people', 'depth'],
      },
      checklist: [{ title: 'Entitle in the permissioning system' }, { title: 'Report to the venue for billing' }],
      approvals: [
        { by: named(known, 'james') },
        { by: { kind: 'leads' as const, teamId: known.teams.marketData }, reminderHours: 48 },
      ],
    },
    joiner: {
      slug: 'new-joiner',
      name: 'New joiner set-up',
      description: 'A desk, a machine, accounts and phones for somebody who starts.',
      category: 'Workplace',
      icon: 'person',
      team: 'serviceDesk',
      priority: 3,
      form: {
        properties: {
          name: { type: 'string', title: 'Name', maxLength: 120 },
          starts: { type: 'string', format: 'date', title: 'First day' },
          manager: { type: 'string', reference: 'person', title: 'Reports to' },
          service: { type: 'string', reference: 'service', title: 'Works mostly with' },
          screens: { type: 'integer', title: 'Screens', minimum: 1, maximum: 8 },
        },
        required: ['name', 'starts', 'manager'],
      },
      checklist: [
        { title: 'Account and mail' },
        { title: 'Machine and screens on the desk' },
        { title: 'Turret line, where it is a trading desk', required: false },
        { title: 'Badge' },
      ],
      approvals: [{ by: named(known, 'james', 'lena'), all: true }],
    },
  }) satisfies Record<string, Type>
export type RequestTypeName = keyof ReturnType<typeof types>

/** Who of the business works where. */
const worksIn: Partial<Record<PersonName, UnitName[]>> = {
  laurent: ['emeaCash'],
  brandt: ['settlements'],
  kovac: ['primeBrokerage', 'riskControl'],
}

export const seedRequests = async ({ run }: Tools, known: Known): Promise<Record<RequestTypeName, string>> => {
  for (const [person, units] of Object.entries(worksIn) as [PersonName, UnitName[]][])
    await run(setUnitsOfPerson, {
      userId: known.people[person],
      businessUnitIds: units.map((unit) => known.units[unit]),
    })
  return each<RequestTypeName, Type, string>(types(known), async ({ team, service, onlyFor, ...type }) => {
    const made = await run(createRequestType, {
      ...type,
      teamId: known.teams[team],
      serviceId: service ? known.services[service] : null,
      businessUnitIds: (onlyFor ?? []).map((unit) => known.units[unit]),
    })
    return made.id
  })
}
