import { createClient } from '../client.ts'
import { type Define, examples, group, json, wordsOf } from '../command.ts'
import { say, sayJson } from '../output.ts'

/** The acts on a ticket that consist of words: reply, note, resolve. */
const acts = {
  reply: {
    does: 'reply; the requester and the watchers read it',
    what: 'the reply',
    example: 'watchfloor ticket reply INC-12 Prices are back since 09:40, please check.',
    told: 'was replied to',
  },
  note: {
    does: 'write an internal note; requesters never see it',
    what: 'the note',
    example: 'df -h | watchfloor ticket note INC-12 -',
    told: 'has the note',
  },
  resolve: {
    does: 'resolve it, saying how',
    what: 'what solved it',
    example: 'watchfloor ticket resolve INC-12 Restarted the feed handler.',
    told: 'is resolved',
  },
} as const
type Act = keyof typeof acts

export const defineTicketWords: Define = (program) => {
  for (const [name, act] of Object.entries(acts) as [Act, (typeof acts)[Act]][])
    examples(
      group(program, 'ticket', 'one ticket, by its number')
        .command(name)
        .argument('<number>', 'such as INC-12')
        .argument('<words...>', `${act.what}; - reads it from standard input`)
        .description(act.does)
        .addOption(json()),
      act.example,
    ).action(async (id, given, o) => {
      const body = wordsOf(given, act.what)
      const { desk } = createClient()
      const send = {
        reply: () => desk.reply({ id, body }),
        note: async () => ({ ...(await desk.note({ id, body })), followUp: null }),
        resolve: async () => ({ ...(await desk.resolve({ id, resolution: body })), followUp: null }),
      }
      const answer = await send[name]()
      if (o.json) return sayJson(answer)
      say(`${answer.ticket.number} ${act.told}.`)
      if (answer.followUp) say(`It was closed already; ${answer.followUp.number} follows it up.`)
    })
}
