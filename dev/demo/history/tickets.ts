import { type Level, type OpenedVia, priorityOf, type TicketKind } from '../../../contract/desk/index.ts'
import type { Site } from '../../seed/people.ts'
import type { TeamName } from '../../seed/teams.ts'
import { filler } from './filling.ts'
import { hands } from './hands.ts'
import { arrivals, clockOf, DAY, HOUR, MINUTE } from './hours.ts'
import type { Random } from './random.ts'
import { stories } from './stories.ts'
import type { Story } from './story.ts'

/** One thing that happened to a ticket; `who` is a short name. Times are epoch milliseconds. */
export type Step = { at: number; who: string } & (
  | { what: 'took'; from: string | null }
  | { what: 'moved'; to: TeamName; from: TeamName }
  | { what: 'replied'; body: string; byRequester: boolean }
  | { what: 'noted'; body: string }
  | { what: 'pended' }
  | { what: 'resumed' }
  | { what: 'used'; known: string }
  | { what: 'resolved'; resolution: string }
  | { what: 'closed' }
)

export type PastTicket = {
  id: string
  kind: TicketKind
  title: string
  description: string
  /** What of them tells what is wrong, where an alert has opened it. */
  told?: string
  service: string
  team: TeamName
  environment: 'prod' | 'uat'
  impact: Level
  urgency: Level
  via: OpenedVia
  /** Short name of whoever opened it; null: an alert did. */
  opener: string | null
  requester: string | null
  openedAt: number
  steps: Step[]
}

/** Closed by itself so long after it was resolved. */
const CLOSED_AFTER = 5 * DAY
const usualAnswer = [2, 3, 9, 35, 110, 200].map((m) => m * MINUTE)
const usualEnd = [1, 0.7, 2.6, 8, 26, 50].map((h) => h * HOUR)

/** Of those that are open, so many nobody has taken. */
const UNTAKEN = 0.2

/** Of those that are open, so many are a P2: each is a disturbance that everybody reads of. */
const PRESSING = 3

const thanks = [
  'Thank you, looking into it.',
  'We have it and are on it.',
  'On it. Next word within the half hour.',
  'Thanks for the details, checking now.',
]
const found = [
  'We have found it and are mending it.',
  'It is understood; it will be right in a few minutes.',
  'Cause is clear. Please give us a quarter of an hour.',
]

/** So many tickets in the time before `now`, as they stand at `now`. */
export const pastTickets = (random: Random, now: number, days: number, wanted: number): PastTicket[] => {
  const weights = stories.map((story) => [story, story.often ?? 1] as const)
  return arrivals(random, now - days * DAY, now, wanted).map(({ at, site }) =>
    tell(random, random.weighted(weights), at, site, now),
  )
}

/** Tickets that are open at `now`, at all stages, opened in the last hours: what a shift finds. None is a P1. */
export const openTickets = (random: Random, now: number, wanted: number): PastTicket[] => {
  let left = stories.filter((s) => priorityOf(...s.level) > 1)
  let pressing = 0
  const rest = left.filter((s) => priorityOf(...s.level) > 2).length
  return Array.from({ length: Math.min(wanted, rest) }, (_, i) => {
    const story = random.weighted(left.map((s) => [s, s.often ?? 1] as const))
    const priority = priorityOf(...story.level)
    if (priority === 2) pressing++
    left = left.filter((s) => s !== story && (pressing < PRESSING || priorityOf(...s.level) > 2))
    const progress = (i + 0.5) / wanted
    // What nobody has taken yet has not waited for long.
    const age =
      progress < UNTAKEN
        ? (usualAnswer[priority] as number) * random.between(0.3, 1.2)
        : (usualEnd[priority] as number) * 0.5 * random.spread(0.5)
    const site = random.pick(['london', 'newYork', 'tokyo'] as const)
    return tell(random, story, Math.round(now - age), site, now, progress)
  })
}

/** `progress`: how far it has come by now, if it has to be open. */
const tell = (random: Random, story: Story, at: number, site: Site, now: number, progress?: number): PastTicket => {
  const fill = filler(random, clockOf(at - random.whole(3, 25) * MINUTE, site))
  const requester = story.by ? random.pick(story.by) : null
  const first = story.via ?? story.team
  const [analyst, second] = [random.pick(hands[first][site]), random.pick(hands[story.team][site])]
  const [impact, urgency] = story.level
  const ticket: PastTicket = {
    id: random.uuid(),
    kind: story.kind ?? 'incident',
    title: fill(story.title),
    description: fill(story.says),
    service: story.service,
    team: first,
    environment: story.title.startsWith('UAT') ? 'uat' : 'prod',
    impact,
    urgency,
    via: requester
      ? random.weighted<OpenedVia>([
          ['portal', 50],
          ['phone', 25],
          ['mail', 15],
          ['chat', 10],
        ])
      : 'desk',
    opener: requester ?? second,
    requester,
    openedAt: at,
    steps: [],
  }
  const all = walk(random, { story, ticket, fill, analyst, second, now, progress })
  return standing(ticket, story, all, now)
}

type Walk = {
  story: Story
  ticket: PastTicket
  fill(text: string): string
  analyst: string
  second: string
  now: number
  progress: number | undefined
}

const walk = (random: Random, { story, ticket, fill, analyst, second, now, progress }: Walk): Step[] => {
  const priority = priorityOf(ticket.impact, ticket.urgency)
  const slow = ticket.kind === 'problem' || ticket.kind === 'change' ? 4 : 1
  const usual = (usualAnswer[priority] as number) * random.spread(0.7)
  const start = ticket.openedAt
  const length = Math.max(usual * 3, (usualEnd[priority] as number) * slow * random.spread(0.6))
  // A P1 of the last hour is over: the floor begins the day without one.
  const past = priority === 1 ? Math.min(length, Math.max(MINUTE, now - 30 * MINUTE - start)) : length
  const end = start + (progress === undefined ? past : (now - start) / progress)
  // What has hardly begun nobody has taken yet.
  const answer = progress !== undefined && progress < UNTAKEN ? (now - start) * 1.5 : Math.min(usual, (end - start) / 3)
  const at = (share: number) => Math.round(start + answer + (end - start - answer) * share)
  const steps: Step[] = [{ at: Math.round(start + answer * 0.8), who: analyst, what: 'took', from: null }]
  const by = ticket.requester
  if (by) steps.push({ at: at(0), who: analyst, what: 'replied', body: random.pick(thanks), byRequester: false })
  let has = analyst
  if (story.via && story.via !== story.team) {
    steps.push({ at: at(0.08), who: analyst, what: 'moved', from: story.via, to: story.team })
    steps.push({ at: at(0.12), who: second, what: 'took', from: null })
    has = second
  }
  if (by && story.asks && random.chance(0.7)) {
    steps.push({ at: at(0.2), who: has, what: 'replied', body: fill(story.asks), byRequester: false })
    steps.push({ at: at(0.2) + 4_000, who: has, what: 'pended' })
    const body = fill(story.answers ?? 'Yes.')
    steps.push({ at: at(0.35), who: by, what: 'replied', body, byRequester: true })
    steps.push({ at: at(0.35) + 50, who: by, what: 'resumed' })
  }
  steps.push({ at: at(0.55), who: has, what: 'noted', body: fill(story.note) })
  if (story.known && random.chance(0.75)) steps.push({ at: at(0.6), who: has, what: 'used', known: story.known })
  if (by && random.chance(0.5))
    steps.push({ at: at(0.65), who: has, what: 'replied', body: random.pick(found), byRequester: false })
  steps.push({ at: at(1), who: has, what: 'resolved', resolution: fill(story.fix) })
  steps.push({ at: at(1) + CLOSED_AFTER, who: 'Watchfloor', what: 'closed' })
  return steps
}

/** What of it has happened by `now`, and whose it is then. */
const standing = (ticket: PastTicket, story: Story, all: readonly Step[], now: number): PastTicket => {
  const steps = all.filter((s) => s.at < now)
  const moved = steps.some((s) => s.what === 'moved')
  return { ...ticket, steps, team: moved ? story.team : ticket.team }
}
