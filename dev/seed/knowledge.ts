import type { CreateKnowledge } from '../../contract/knowledge/index.ts'
import { createKnowledge } from '../../server/features/knowledge/create.ts'
import { publishKnowledge } from '../../server/features/knowledge/publish.ts'
import type { ServiceName } from './services.ts'
import type { TeamName } from './teams.ts'
import { each, type Tools } from './tools.ts'

type Item = Partial<Omit<CreateKnowledge, 'teamId' | 'serviceIds'>> & {
  kind: CreateKnowledge['kind']
  title: string
  team: TeamName
  about: ServiceName[]
  draft?: boolean
}

/** What the bank's support knows already. */
export const knowledge = {
  noPrices: {
    kind: 'known_error',
    title: 'Blotter shows no prices: the gateway lost its multicast subscription',
    team: 'markets',
    about: ['orderEntry', 'marketData'],
    tags: ['no prices', 'stale', 'feed', 'blotter'],
    symptoms:
      'Blotters are empty or show old prices on all desks of a site, while orders go through. `mdgw.log` on one gateway says `IGMP membership expired`.',
    answer: 'Please price by voice with the New York desk until we are back.',
    workaround: 'Restart the **price bridge** on the gateway that logs the line; prices are back within two minutes.',
    cause: 'After a switch failover the gateway does not join its multicast groups again.',
    fix: 'Release 4.3 of the gateway joins again by itself; planned with the network for the first quarter.',
  },
  snapshotTooOld: {
    kind: 'known_error',
    title: 'Settlement file ends with ORA-01555, snapshot too old',
    team: 'dba',
    about: ['settlement', 'referenceData'],
    tags: ['ora-01555', 'undo', 'crest'],
    symptoms: 'STL_CREST_OUT ends with exit 12 after some minutes; its log says `ORA-01555: snapshot too old`.',
    workaround:
      'Raise the undo retention to eight hours and restart the job from step 3. The partial file has not been sent.',
    cause: 'The undo tablespace is too small when settlements and the reference data load overlap.',
    fix: 'Undo tablespace to 64 GB, by a change.',
  },
  marginDate: {
    kind: 'known_error',
    title: 'Margin report shows yesterday’s date',
    team: 'markets',
    about: ['riskReporting'],
    symptoms: 'The margin report of the morning carries the business date of the day before; figures are right.',
    workaround: 'Re-run RPT_MARGIN with the date given. Tell prime brokerage that the figures stand.',
    cause: 'The report reads the date before the calendar has rolled.',
    draft: true,
  },
  bringPricesBack: {
    kind: 'runbook',
    title: 'Bring the prices back',
    team: 'markets',
    about: ['marketData', 'orderEntry'],
    tags: ['no prices', 'gateway'],
    body: 'For when blotters show no prices or old ones. Takes about six minutes. Nothing here touches orders.',
    steps: [
      {
        id: 'who',
        kind: 'read',
        title: 'Find out which sites have no prices',
        body: 'Ask a second desk of the site, and one of another site. One desk alone is a matter of its screen.',
        options: [],
      },
      {
        id: 'subscribed',
        kind: 'decide',
        title: 'Does the gateway hold its subscriptions?',
        body: 'On each gateway of the site: `mdgwctl groups`. It lists the multicast groups with their last tick.',
        options: [
          { label: 'Yes, ticks arrive', goTo: 'venue' },
          { label: 'No', goTo: null },
        ],
      },
      {
        id: 'bridge',
        kind: 'do',
        title: 'Restart the price bridge',
        body: '`systemctl restart price-bridge` on that gateway alone. Write down the time.',
        options: [],
      },
      {
        id: 'venue',
        kind: 'do',
        title: 'Ask the venue whether it sends',
        body: 'The number stands on the page of the service. Have the session name ready.',
        options: [],
      },
      {
        id: 'trader',
        kind: 'do',
        title: 'Have a trader confirm that prices move',
        body: 'Not the graph: a person at a blotter.',
        options: [],
      },
    ],
  },
  resendFile: {
    kind: 'runbook',
    title: 'Send a settlement file again',
    team: 'postTrade',
    about: ['settlement', 'fileTransfer'],
    tags: ['crest', 'resend'],
    body: 'Before the cut-off of the depository. A file that was taken once is refused the second time.',
    steps: [
      {
        id: 'taken',
        kind: 'decide',
        title: 'Was the file taken?',
        body: 'Look for its acknowledgement in the mailbox of the depository.',
        options: [
          { label: 'Yes', goTo: 'tell' },
          { label: 'No', goTo: null },
        ],
      },
      { id: 'count', kind: 'read', title: 'Compare rows with the control total', body: '', options: [] },
      { id: 'send', kind: 'do', title: 'Put it into the outbox again', body: '`fxfer resend <file>`', options: [] },
      { id: 'tell', kind: 'do', title: 'Tell Settlements what was sent and when', body: '', options: [] },
    ],
  },
  columns: {
    kind: 'article',
    title: 'My blotter lost its columns',
    team: 'serviceDesk',
    about: ['orderEntry'],
    tags: ['layout', 'columns'],
    audience: 'requester',
    body: '## What to do\n\n1. Right-click the heading of any column.\n2. Choose **Layouts**, then **Last week**.\n\nYour layout is kept for a month. If it is not listed, report it: we can bring it back.',
  },
  freshPrices: {
    kind: 'article',
    title: 'How old may a price be?',
    team: 'markets',
    about: ['marketData'],
    body: '| Market | Fresh | Stale |\n| --- | --- | --- |\n| Equities | under 2 s | over 10 s |\n| Commodities | under 5 s | over 60 s |\n\nBetween the two the blotter shows the price in grey.',
  },
} satisfies Record<string, Item>
export type KnowledgeName = keyof typeof knowledge

type Known = { teams: Record<TeamName, string>; services: Record<ServiceName, string> }

/** Writes it one after the other, so that each has the same number each time; all but drafts are published. */
export const seedKnowledge = async (
  { run }: Tools,
  { teams, services }: Known,
): Promise<Record<KnowledgeName, string>> => {
  let before: Promise<unknown> = Promise.resolve()
  return each<KnowledgeName, Item, string>(knowledge, ({ team, about, draft, ...words }) => {
    const made = before.then(async () => {
      const serviceIds = about.map((name) => services[name])
      const { id } = await run(createKnowledge, { ...words, teamId: teams[team], serviceIds })
      if (!draft) await run(publishKnowledge, { id })
      return id
    })
    before = made
    return made
  })
}
