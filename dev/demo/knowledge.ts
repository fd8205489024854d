import { createKnowledge } from '../../server/features/knowledge/create.ts'
import { publishKnowledge } from '../../server/features/knowledge/publish.ts'
import type { World } from '../seed/index.ts'
import type { TeamName } from '../seed/teams.ts'
import type { Tools } from '../seed/tools.ts'

type KnownError = {
  title: string
  team: TeamName
  services: string[]
  tags: string[]
  symptoms: string
  workaround: string
  answer?: string
  cause: string
  fix: string
}

/** Known errors that the history meets again and again; their tags are words of its tickets. */
export const knownErrors: readonly KnownError[] = [
  {
    title: 'FIX session does not log on after the sequence was reset',
    team: 'markets',
    services: ['fix-connectivity', 'fx-spot-trading'],
    tags: ['fix', 'logon', 'sequence'],
    symptoms: 'The session stays in logon; the log says `MsgSeqNum too low, expecting 48213 but received 1`.',
    workaround: 'Ask the venue for its number, set it with `fixctl seq <session> <number>`, and log on again.',
    answer: 'Your session is being brought back with the venue. Please send orders by phone until it is.',
    cause: 'The venue resets at another time than we do on days when its clock changes.',
    fix: 'Reset by the venue’s calendar; planned.',
  },
  {
    title: 'Positions break after a late corporate action',
    team: 'postTrade',
    services: ['positions', 'corporate-actions'],
    tags: ['position', 'break', 'corporate action'],
    symptoms: 'Two or three accounts differ by the ratio of a split.',
    workaround: 'Run the corporate actions load again for that instrument, then the positions for those accounts.',
    answer: 'The positions are being put right for the split; your trades are all there.',
    cause: 'The action was announced after the load had run.',
    fix: 'A second load at 05:00.',
  },
  {
    title: 'Queue to settlement fills up while the archive runs',
    team: 'systems',
    services: ['message-bus', 'trade-capture'],
    tags: ['queue', 'depth', 'message bus'],
    symptoms: 'Depth of STL.IN rises over 50,000; trades reach settlement ten minutes late.',
    workaround: 'Stop the order archive and start it again after the queue is empty.',
    cause: 'Archive and settlement read the same table.',
    fix: 'The archive reads a replica from January on.',
  },
  {
    title: 'Volatility surface is flat when one expiry has no quotes',
    team: 'markets',
    services: ['volatility-surfaces', 'eqd-pricing'],
    tags: ['volatility', 'surface', 'flat'],
    symptoms: 'Option prices of one underlying jump; its surface is flat beyond an expiry.',
    workaround: 'Leave the expiry out with `volctl drop <underlying> <expiry>` and fit again.',
    answer:
      'Please take the prices of that underlying from the screen of the venue until we say that the surface is right.',
    cause: 'The fit takes an empty expiry as zero.',
    fix: 'Release 8.2.',
  },
  {
    title: 'Statements are late when the archive disk is slow',
    team: 'postTrade',
    services: ['client-statements', 'prime-reporting'],
    tags: ['statements', 'late'],
    symptoms: 'The job of the statements runs two hours instead of one and a half.',
    workaround: 'Move its work folder to the second disk: `stmctl spool /data2`.',
    cause: 'Backups of the archive run at the same time at month-end.',
    fix: 'Backups after 08:00 on the last day of the month.',
  },
  {
    title: 'Client portal sign-in is slow on Monday mornings',
    team: 'systems',
    services: ['client-portal', 'identity'],
    tags: ['portal', 'slow', 'sign-in'],
    symptoms: 'Sign-in takes ten seconds between 07:30 and 08:15 New York.',
    workaround: 'Add a node: `portalctl scale 6`. Take it away after nine.',
    answer: 'Sign-in takes longer than usual this morning. It works: please wait for it, and do not try again.',
    cause: 'All tokens of the week run out at once.',
    fix: 'Tokens that run out at different times.',
  },
]

/** Writes and publishes them, and two articles for those who ask. */
export const addKnowledge = async ({ run }: Tools, { teams }: World, services: ReadonlyMap<string, string>) => {
  for (const { team, services: about, ...words } of knownErrors) {
    const serviceIds = about.flatMap((slug) => services.get(slug) ?? [])
    const { id } = await run(createKnowledge, { kind: 'known_error', ...words, teamId: teams[team], serviceIds })
    await run(publishKnowledge, { id })
  }
  for (const [title, body] of articles) {
    const { id } = await run(createKnowledge, {
      kind: 'article',
      title,
      body,
      audience: 'requester',
      teamId: teams.serviceDesk,
      serviceIds: [],
      tags: [],
    })
    await run(publishKnowledge, { id })
  }
}

const articles: [title: string, body: string][] = [
  [
    'Sign in when the token was left at home',
    'Call the service desk: after two questions you get a token for the day. It ends at midnight of your site.',
  ],
  [
    'Why was my trade not confirmed yet?',
    'Trades are matched every quarter of an hour. What has not been confirmed after an hour, report with the trade number.',
  ],
]
