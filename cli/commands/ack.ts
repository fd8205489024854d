import { CliError, type Client, createClient } from '../client.ts'
import { type Define, examples, isId, json } from '../command.ts'
import { collect, say, sayJson } from '../output.ts'

const MOST_ALERTS = 2_000

export const defineAck: Define = (program) =>
  examples(
    program
      .command('ack')
      .argument('<what>', 'the number of a ticket, or the id of an alert')
      .description('say that somebody looks after an alert, or after the alerts and pages of a ticket')
      .addOption(json()),
    'watchfloor ack INC-12',
    'watchfloor ack 0199c3c4-5f0e-7c53-9c55-0f5a9a3d8f10',
  ).action(async (what, o) => {
    const client = createClient()
    const done = isId(what) ? [await acknowledgeAlert(client, what)] : await acknowledgeTicket(client, what)
    if (o.json) return sayJson(done)
    for (const { text } of done) say(text)
  })

type Done = { kind: 'alert' | 'page'; id: string; text: string }

const acknowledgeAlert = async (client: Client, id: string): Promise<Done> => {
  const alert = await client.alerts.acknowledge({ id })
  return { kind: 'alert', id, text: `"${alert.title}" is acknowledged by ${alert.acknowledgedBy}.` }
}

/** A page is answered by a person. A key answers for its alerts only, and is told so when there is nothing else to do. */
const acknowledgeTicket = async (client: Client, number: string): Promise<Done[]> => {
  const ticket = await client.desk.get({ id: number })
  const alerts = await collect(MOST_ALERTS, (page) =>
    client.alerts.list({ view: 'all', ...(ticket.service ? { serviceId: ticket.service.id } : {}), ...page }),
  )
  const done: Done[] = []
  for (const a of alerts)
    if (a.ticket?.number === ticket.number && !a.endedAt && !a.acknowledgedAt)
      done.push(await acknowledgeAlert(client, a.id))
  let refusal: unknown = null
  for (const page of ticket.pages.filter((p) => p.state === 'paging' || p.state === 'exhausted'))
    try {
      const answer = await client.oncall.acknowledge({ pageId: page.id })
      done.push({ kind: 'page', id: page.id, text: `The page for ${ticket.number} is answered by ${answer.by}.` })
    } catch (error) {
      refusal = error
    }
  if (done.length === 0 && refusal) throw refusal
  if (done.length === 0)
    throw new CliError(`${ticket.number} has no alert and no page that waits for an acknowledgement.`)
  return done
}
