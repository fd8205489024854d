import type { z } from 'zod'
import type { Net } from '../../../checks/lib/net.ts'
import type { ContactLimits } from './limits.ts'
import { cleanMessage, type Message } from './message.ts'

/**
 * How one attempt ended.
 * - `sent`: the other side took it; `receipt` is its own word for that.
 * - `retry`: not now. `afterMs` is what the other side asked for. `ours` means that the fault is in this installation
 *   (its settings, its network) and not with the recipient: tell the administrators. `maybeSent` means that the other
 *   side may have taken it: the next attempt goes out with `mayRepeat`.
 * - `refused`: this recipient will not get it by this way, however often it is tried.
 * Reasons are sentences for people, and carry no secret.
 */
export type SendOutcome =
  | { kind: 'sent'; receipt: string; detail: string }
  | { kind: 'retry'; reason: string; afterMs?: number; ours?: true; maybeSent?: true }
  | { kind: 'refused'; reason: string }

export type SendTools<Settings = unknown> = {
  /** Outgoing connections under the installation's address rules. */
  net: Net
  now: Temporal.Instant
  signal: AbortSignal
  /** Of the installation, as `settings` of the channel describes them. */
  settings: Settings
}

type Definition<Config extends z.ZodObject, Settings extends z.ZodObject> = {
  /** The same as the file's name. */
  kind: string
  title: string
  help: string
  /** Of one contact method. A secret field is marked by `.meta({ secret: true })`. */
  config: Config
  /** Of the installation, for channels that need something such as a mail server. */
  settings?: Settings
  example: z.input<Config>
  /** How much one contact may get, so that a storm does not make the channel useless. */
  limits: ContactLimits
  /** Whether a contact method must prove that it reaches its owner before pages go there. */
  needsVerification: boolean
  /**
   * It makes the server connect to where its owner says, inside the network as well: for those who are paged, and not
   * for everybody who may ask for help.
   */
  forDesk: boolean
  /** Where a contact method leads, in a few words and without a secret. */
  describe(config: z.output<Config>): string
  send(config: z.output<Config>, message: Message, tools: SendTools<z.output<Settings>>): Promise<SendOutcome>
  /** Ends what `send` keeps open between two sends. */
  close?(): Promise<void>
}

export type Channel = Omit<Definition<z.ZodObject, z.ZodObject>, 'describe' | 'send' | 'example'> & {
  example: unknown
  describe(config: unknown): string
  /** Never rejects: what goes wrong is an outcome. */
  send(config: unknown, message: Message, tools: SendTools): Promise<SendOutcome>
}

const sentences = (error: z.ZodError): string =>
  error.issues
    .map((issue) => (issue.path.length > 0 ? `${issue.path.join('.')}: ${issue.message}` : issue.message))
    .join('; ')

const attempt = async (run: () => Promise<SendOutcome>): Promise<SendOutcome> => {
  try {
    return await run()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    // Whatever an unforeseen fault is, it is no proof that the message did not get through.
    return { kind: 'retry', reason: `The attempt failed: ${reason}`, maybeSent: true }
  }
}

/**
 * Makes a channel of its definition. What `send` is given has been parsed and cleaned: a stored config that no longer
 * fits is refused with a sentence, settings that do not fit are the installation's fault and tried again.
 */
export const defineChannel = <Config extends z.ZodObject, Settings extends z.ZodObject = z.ZodObject>(
  definition: Definition<Config, Settings>,
): Channel => ({
  ...definition,
  describe(config) {
    const parsed = definition.config.safeParse(config)
    return parsed.success ? definition.describe(parsed.data) : `${definition.title}, not set up rightly`
  },
  send(config, message, tools) {
    return attempt(async () => {
      const parsed = definition.config.safeParse(config)
      if (!parsed.success) {
        return { kind: 'refused', reason: `This contact method needs to be mended: ${sentences(parsed.error)}.` }
      }
      const settings = definition.settings?.safeParse(tools.settings ?? {})
      if (settings && !settings.success) {
        const reason = `${definition.title} is not set up on this installation: ${sentences(settings.error)}.`
        return { kind: 'retry', reason, ours: true }
      }
      return definition.send(parsed.data, cleanMessage(message), {
        ...tools,
        settings: (settings?.data ?? {}) as z.output<Settings>,
      })
    })
  },
})
