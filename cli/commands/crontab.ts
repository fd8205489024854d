import { existsSync, realpathSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { environment } from '../../contract/base.ts'
import { CliError, createClient, exitCodes } from '../client.ts'
import { type Define, examples, group, json, oneOf } from '../command.ts'
import { unifiedDiff } from '../crontab/diff.ts'
import { hostZone, isFound, type Place, placeOf } from '../crontab/place.ts'
import { unwrapCrontab, type Wrapped, type WrappedJob, wrapCrontab } from '../crontab/wrap.ts'
import { placesOf } from '../find.ts'
import { cleanText, collect, paint, say, sayJson, table, warn } from '../output.ts'
import { apiKey, configFile } from '../settings.ts'

const what = 'jobs of a crontab: put `watchfloor run` in front of them, and take it away'

export const defineCrontabWrap: Define = (program) =>
  examples(
    group(program, 'crontab', what)
      .command('wrap')
      .description(
        'put `watchfloor run` in front of each job; shows the difference, and changes nothing without --apply',
      )
      .option('--user <user>', 'whose crontab; your own unless told')
      .option('--file <file>', 'a file instead, such as /etc/cron.d/eod')
      .option('--system', 'in that file a user stands before each command, as in /etc/crontab and /etc/cron.d', false)
      .option('--prefix <text>', 'in front of each slug; the name of this host unless told')
      .option('--program <path>', 'where cron finds watchfloor; this one unless told')
      .option('--apply', 'write it; what was there is kept', false)
      .option('--create', 'create the jobs that the server does not know yet', false)
      .option('--team <team>', 'which the created jobs belong to: its name, slug or id')
      .option('--service <service>', 'of which they are: its name, slug or id')
      .addOption(oneOf('--environment <environment>', 'where they run', environment.options).default('prod'))
      .addOption(json()),
    'watchfloor crontab wrap',
    'watchfloor crontab wrap --create --team batch --apply',
    'watchfloor crontab wrap --file /etc/cron.d/eod',
  ).action(async (o) => {
    const place = openPlace(o)
    const before = place.read()
    const own = o.program ?? ownPath()
    if (!/^\/[^%\n]+$/.test(own))
      throw new CliError('--program must be a whole path without %, such as /usr/local/bin/watchfloor.')
    const prefix = o.prefix ?? `${hostname().split('.')[0]?.toLowerCase()}-`
    if (!/^[a-z0-9_-]{0,60}$/.test(prefix))
      throw new CliError('--prefix must be up to 60 of a-z, 0-9, - and _.', exitCodes.usage)
    const made = wrapCrontab(before, { program: own, prefix, system: place.system })
    const zone = hostZone()
    const jobs = made.jobs.map((j) => ({ ...j, zone: j.zone ?? zone }))
    const difference = unifiedDiff(place.name, before, made.text)
    if (!o.json) show(difference, made, jobs, own)
    const created = o.create ? await create(jobs, o) : []
    const kept = o.apply && difference !== '' ? place.write(before, made.text) : null
    if (o.json)
      return sayJson({
        difference: utf8(difference),
        jobs: jobs.map(({ line, slug, schedule, zone }) => ({ line, slug, schedule, zone })),
        left: made.left.map((l) => ({ ...l, text: utf8(l.text) })),
        created,
        written: kept !== null,
      })
    if (o.create) say(created.length > 0 ? `Created: ${created.join(', ')}.` : 'The server knows all of them already.')
    conclude(kept, difference, o.apply, place)
  })

export const defineCrontabUnwrap: Define = (program) =>
  examples(
    group(program, 'crontab', what)
      .command('unwrap')
      .description('take away what wrap has put there; shows the difference, and changes nothing without --apply')
      .option('--user <user>', 'whose crontab; your own unless told')
      .option('--file <file>', 'a file instead')
      .option('--system', 'in that file a user stands before each command', false)
      .option('--apply', 'write it; what was there is kept', false),
    'watchfloor crontab unwrap --apply',
  ).action((o) => {
    const place = openPlace(o)
    const before = place.read()
    const { text } = unwrapCrontab(before, place.system)
    const difference = unifiedDiff(place.name, before, text)
    if (difference !== '') say(coloured(difference))
    const kept = o.apply && difference !== '' ? place.write(before, text) : null
    conclude(kept, difference, o.apply, place)
  })

const openPlace = (o: { user?: string; file?: string; system: boolean }): Place => {
  if (o.user && o.file) throw new CliError('Give --user or --file, not both.', exitCodes.usage)
  return placeOf(o)
}

const conclude = (kept: string | null, difference: string, apply: boolean, place: Place): void => {
  if (kept) say(`Written. What was there is kept in ${kept}.`)
  else if (difference === '') say(`Nothing is to be changed in ${place.name}.`)
  else if (!apply) say('Nothing was changed. Write it with --apply.')
}

/** What was read byte by byte, as people read it. */
const utf8 = (text: string): string => Buffer.from(text, 'latin1').toString('utf8')

const coloured = (difference: string): string =>
  cleanText(utf8(difference))
    .split('\n')
    .map((l) => paint(l, l.startsWith('-') ? 'bad' : l.startsWith('+') ? 'good' : l.startsWith('@') ? 'quiet' : null))
    .join('\n')

type Job = WrappedJob & { zone: string }

const show = (difference: string, made: Wrapped, jobs: Job[], own: string): void => {
  if (difference !== '') say(`${coloured(difference)}\n`)
  if (jobs.length > 0) {
    say('The jobs; --create creates those that the server does not know yet:')
    say(
      `${table(
        ['LINE', 'JOB', 'WHEN', 'ZONE'],
        jobs.map((j) => [String(j.line), j.slug, j.schedule, j.zone]),
      )}\n`,
    )
  }
  if (made.left.length > 0) {
    say('Left as they are:')
    for (const l of made.left) say(`  line ${l.line}: ${l.why}\n    ${cleanText(utf8(l.text))}`)
    say('')
  }
  for (const note of notesOf(jobs, own)) warn(`Note: ${note}`)
}

/** What cron does not have that this terminal has. */
const notesOf = (jobs: Job[], own: string): string[] => {
  const notes: string[] = []
  // A checkout has a Node of its own.
  const bare = process.env.WATCHFLOOR_BUNDLE
    ? jobs.filter((j) => !isFound(j.node ?? 'node', j.path ?? '/usr/bin:/bin'))
    : []
  if (bare.length > 0)
    notes.push(
      `cron does not find Node on its PATH, so nothing would be delivered. Put WATCHFLOOR_NODE=${process.execPath} above the jobs.`,
    )
  if (!existsSync(own)) notes.push(`${own} is not there.`)
  const { WATCHFLOOR_URL, WATCHFLOOR_API_KEY } = process.env
  if (jobs.length > 0 && (WATCHFLOOR_URL || WATCHFLOOR_API_KEY || !apiKey()))
    notes.push(
      `cron does not have the variables of this terminal. Where the server is, and a key by which a slug is looked up, belong into ${configFile()} of whoever runs the jobs.`,
    )
  return notes
}

/** The path by which cron can start this very program. */
const ownPath = (): string => {
  const script = realpathSync(process.argv[1] ?? '')
  return process.env.WATCHFLOOR_BUNDLE ? script : join(import.meta.dirname, '..', '..', 'watchfloor')
}

type CreateOptions = { team?: string; service?: string; environment: (typeof environment.options)[number] }

/** Creates what the server does not know yet; answers the slugs. */
const create = async (jobs: Job[], o: CreateOptions): Promise<string[]> => {
  const client = createClient()
  const places = await placesOf(client, o)
  const known = new Set((await collect(100_000, (page) => client.jobs.list(page))).map((j) => j.slug))
  const created: string[] = []
  for (const { slug, schedule, zone } of jobs.filter((j) => !known.has(j.slug))) {
    try {
      await client.jobs.create({
        name: slug,
        slug,
        description: `From a crontab of ${hostname()}.`,
        schedule: { kind: 'cron', expression: schedule, zone },
        environment: o.environment,
        ...places,
      })
      created.push(slug)
    } catch (error) {
      const already = created.length > 0 ? ` Created before it: ${created.join(', ')}.` : ''
      throw new CliError(`${slug} could not be created: ${(error as Error).message}${already}`)
    }
  }
  return created
}
