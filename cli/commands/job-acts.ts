import { createInterface } from 'node:readline/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { type ActName, actNames, actWords, type JobAct, type Offer, type Offers } from '../../contract/acts/index.ts'
import { CliError, type Client, createClient, exitCodes } from '../client.ts'
import { type Define, examples, group, json } from '../command.ts'
import { findJob } from '../find.ts'
import { cleanText, facts, say, sayJson, zonedTime } from '../output.ts'

const helps: Record<ActName, string> = {
  rerun: 'let the scheduler of a job run it again',
  hold: 'let the scheduler of a job not start it',
  release: 'let the scheduler of a job start it again',
  kill: 'let the scheduler of a job end its run',
}

/** `jobs rerun`, `jobs hold`, `jobs release` and `jobs kill`. */
export const defineJobActs: Define = (program) => {
  for (const act of actNames)
    examples(
      group(program, 'jobs', 'scheduled jobs')
        .command(`${act} <job>`)
        .description(`${helps[act]}; says what is carried out and what hangs on it, and asks first`)
        .requiredOption('--reason <text>', 'why; it stands on the job and in its open incident')
        .option('--action <name>', 'by which action, where there are several for this job')
        .option('--date <date>', 'for this business date; the one that goes on, unless told')
        .option('-y, --yes', 'do not ask', false)
        .addOption(json()),
      `watchfloor jobs ${act} eod-prices --reason 'It hangs since the file came twice'`,
    ).action(async (given: string, o) => {
      const client = createClient()
      const id = await findJob(client, given)
      const date = o.date ? { businessDate: o.date } : {}
      const offers = await client.acts.offers({ id, ...date })
      const offer = choose(offers, act, o.action)
      if (!o.yes) await confirm(offers, offer)
      const asked = await client.acts.actOnJob({
        id,
        actionId: offer.id,
        actionVersion: offer.version,
        words: offer.words ?? undefined,
        reason: o.reason,
        businessDate: offers.businessDate,
      })
      const ended = await untilEnded(client, id, asked)
      if (o.json) sayJson(ended)
      else tell(ended)
      if (ended.state !== 'done') process.exitCode = exitCodes.failed
    })
}

const choose = ({ job, items }: Offers, act: ActName, named: string | undefined): Offer => {
  const of = items.filter((one) => one.act === act)
  const [one, ...more] = named ? of.filter(({ name }) => name.toLowerCase() === named.toLowerCase()) : of
  const names = of.map(({ name }) => name).join(', ')
  if (!one)
    throw new CliError(
      of.length > 0
        ? `${job.name} has no such action called ${named}; there are ${names}.`
        : `Nobody has defined how the scheduler of ${job.name} is told to ${act} it.`,
    )
  if (more.length > 0) throw new CliError(`There are several ways to do this: say --action with one of ${names}.`)
  if (one.not !== null) throw new CliError(one.not)
  return one
}

const confirm = async (offers: Offers, offer: Offer): Promise<void> => {
  const hanging = offers.deadlines.map(({ name, dueAt, odds }) =>
    [name, dueAt && `due ${zonedTime(dueAt)}`, odds !== null && `odds to miss it ${Math.round(odds * 100)} %`]
      .filter(Boolean)
      .join(', '),
  )
  process.stderr.write(
    `${facts([
      ['Job', offers.job.name],
      ['Business date', offers.businessDate],
      ['Through', offer.name],
      ['Carries out', offer.words],
      ['On', offer.where],
      ['Hangs on it', hanging.join('; ') || 'no deadline'],
    ])}\n`,
  )
  if (!process.stdin.isTTY)
    throw new CliError('Nothing was done: nobody can be asked here. Add --yes.', exitCodes.usage)
  const ask = createInterface({ input: process.stdin, output: process.stderr })
  const said = await ask.question(`${actWords[offer.act].title} it? [y/N] `)
  ask.close()
  if (!/^y(es)?$/i.test(said.trim())) throw new CliError('Nothing was done.')
}

const LOOKS = 150
/** An act may take two minutes. */
const untilEnded = async (client: Client, id: string, asked: JobAct): Promise<JobAct> => {
  let act = asked
  for (let look = 0; look < LOOKS && (act.state === 'asked' || act.state === 'doing'); look++) {
    await pause(look < 10 ? 200 : 1_000)
    const { items } = await client.acts.listActs({ id, limit: 20 })
    act = items.find((one) => one.id === asked.id) ?? act
  }
  return act
}

const tell = (act: JobAct): void => {
  say(act.detail || `The ${actWords[act.act].noun} is under way; its answer will stand on the job.`)
  if (act.output.trim()) say(cleanText(act.output.trimEnd()))
}
