import type { FastifyRequest } from 'fastify'
import { newId } from '../../platform/ids.ts'
import type { Platform } from '../../platform/platform.ts'
import type { TakenPing } from './apply-pings.ts'
import { createOutputKeeper, type Sink, type Whole } from './outputs/keeper.ts'
import { happenedAt } from './ping-action.ts'
import type { SlugAddress } from './ping-address.ts'
import { createAllowance } from './ping-allowance.ts'
import {
  createPingDesk,
  type HeldTo,
  type NewJob,
  type Origin,
  type PingTeam,
  type ToldGlobal,
  type ToldHold,
} from './ping-desk.ts'
import { createPingStore } from './ping-store.ts'
import { createStrangers } from './strangers.ts'

/** Pings that may wait for their commit: a burst of a full hour. Above it senders are asked to come again. */
const MOST_WAITING = 50_000
const MOST_WAITING_BYTES = 64_000_000

/** Why a ping is not taken. With 429 and 503 it may be sent again. */
export type Refusal = { status: number; words: string; retryAfterSeconds?: number }

/** A job whose ping it is. `name` is what is remembered of what was sent, where guesses are counted. */
export type Found = { jobId: string; name: string; created: boolean }

/** What a sender says with a ping. `at` and `sent` are by its own clock, and put right. */
export type GivenPing = Pick<
  TakenPing,
  'kind' | 'exit' | 'rid' | 'givenId' | 'host' | 'output' | 'head' | 'outputBytes' | 'cpuMs' | 'peakKb' | 'volumes'
> & {
  at: number | null
  sent: number | null
  /** How long the run took that it ends. */
  tookMs: number | null
  note: string | null
  /** Its exit status alone says how it ended. */
  byExit?: boolean
  /** All of its output, where that is more than a row has room for. */
  whole?: Whole | null
}

export const isRefusal = (value: object | null): value is Refusal => value !== null && 'words' in value

const notFound: Refusal = { status: 404, words: 'not found' }

/** What is the same for a ping in any dialect: who may send it, how often, and that it is kept before it is answered. */
export const createPingIntake = (platform: Platform) => {
  const store = createPingStore(platform)
  const allowance = createAllowance(platform)
  const desk = createPingDesk(platform)
  const strangers = createStrangers()
  const outputs = createOutputKeeper(platform)
  let bytes = 0

  return {
    /** Why nothing can be taken from anybody for the moment. */
    overload(): Refusal | null {
      if (store.waiting() <= MOST_WAITING && bytes <= MOST_WAITING_BYTES) return null
      const words = 'more is coming in than can be kept; try again in a few seconds'
      return { status: 503, words, retryAfterSeconds: 2 }
    },

    /** Why a sender that guesses is not looked after for the moment. */
    slowed(address: string, name: string): Refusal | null {
      if (!strangers.isSlowed(address, name)) return null
      const words = 'too many unknown addresses were asked for from here; try again in a minute'
      return { status: 429, words, retryAfterSeconds: 1 }
    },

    /** Whose key it is; null: nobody's, which is counted. */
    async teamOf(address: string, key: string, name: string): Promise<PingTeam | null> {
      const team = await desk.teamOf(key)
      if (team) strangers.right(name)
      else strangers.wrong(address)
      return team
    },

    /** The job of a team by its slug; with `make` one that is not there yet is made so. `guesses`: one that is not there is counted. */
    async jobOf(
      address: string,
      team: PingTeam,
      slug: string,
      name: string,
      make: NewJob | null,
      guesses = true,
    ): Promise<Found | Refusal> {
      const found = await desk.jobOf(team, slug, make)
      if (found === 'ambiguous') return { status: 409, words: 'ambiguous slug' }
      if (found !== 'unknown') return { ...found, name }
      if (guesses) strangers.wrong(address)
      return notFound
    },

    /** Somebody who takes all of an output; null where there is no such job, or no more than a row's part is kept. */
    async keepAll(address: { jobId: string } | SlugAddress): Promise<Sink | null> {
      if (!outputs) return null
      if ('jobId' in address) return (await desk.isJob(address.jobId)) ? outputs.begin(address.jobId) : null
      const team = await desk.teamOf(address.key)
      const found = team && (await desk.jobOf(team, address.slug, null))
      // One that this ping makes has no output on disk with its first.
      return found && typeof found === 'object' ? outputs.begin(found.jobId) : null
    },

    /** The job of a team that was imported from another scheduler; null when there is none. */
    importedJob: (team: PingTeam, origin: Origin): Promise<string | null> => desk.importedJob(team, origin),

    /** Holds a job to what its sender says of it. */
    holdTo: (team: PingTeam, jobId: string, held: HeldTo): Promise<void> => desk.holdTo(team, jobId, held),

    /** Takes over whether its scheduler starts a job. */
    tellHold: (team: PingTeam, jobId: string, told: ToldHold): Promise<void> => desk.tellHold(team, jobId, told),

    /** Takes over what variables of its scheduler are. Answers for how many of them jobs of the team wait. */
    tellGlobals: (team: PingTeam, told: ToldGlobal[]): Promise<number> => desk.tellGlobals(team, told),

    /** Keeps a ping; null once it is committed. Of several of one job in one request the first counts for its limit. */
    async keep(
      { jobId, name }: Found,
      ping: GivenPing,
      request: FastifyRequest,
      isFirst = true,
    ): Promise<Refusal | null> {
      const over = isFirst ? allowance.exceeded(jobId) : null
      const limit = over && (await over)
      if (limit !== null) {
        const words = `more than ${limit} pings in a second came for this job; this one was not counted`
        return { status: 429, words, retryAfterSeconds: 1 }
      }
      const size = ping.output?.length ?? 0
      bytes += size
      const whole = ping.whole ?? null
      let isKept = false
      try {
        const received = platform.clock.ms()
        const told = happenedAt(ping.at, ping.sent, received)
        const { known, repeated, perSecond } = await store.put({
          kind: ping.kind,
          exit: ping.exit,
          byExit: ping.byExit ?? false,
          rid: ping.rid,
          givenId: ping.givenId,
          host: ping.host,
          output: ping.output,
          head: ping.head,
          outputBytes: ping.outputBytes,
          cpuMs: ping.cpuMs,
          peakKb: ping.peakKb,
          volumes: ping.volumes,
          happened: told.happened,
          late: told.late,
          jobId,
          id: newId(),
          received,
          began: ping.tookMs === null ? null : told.happened - ping.tookMs,
          note:
            [ping.note, told.note, whole && 'missing' in whole ? whole.missing : null].filter(Boolean).join(' ') ||
            null,
          all: whole && 'id' in whole ? whole : null,
          remote: request.ip,
          method: request.method,
          userAgent: plainText(request.headers['user-agent'], 200),
          scheme: request.protocol,
          mail: null,
        })
        isKept = known && !repeated
        if (known) allowance.learn(jobId, perSecond)
        const outcome = !known ? 'unknown' : repeated ? 'repeated' : 'kept'
        platform.metrics.pings.inc({ kind: ping.kind, outcome })
        if (known) strangers.right(name)
        else strangers.wrong(request.ip)
        return known ? null : notFound
      } finally {
        bytes -= size
        if (!isKept && whole && 'drop' in whole) void whole.drop()
      }
    },
  }
}
export type PingIntake = ReturnType<typeof createPingIntake>

/** The beginning of a text, as PostgreSQL can keep it; null for none. */
export const plainText = (text: string | null | undefined, most: number): string | null =>
  text ? text.slice(0, most).toWellFormed().replaceAll('\0', '\ufffd') : null
