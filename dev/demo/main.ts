/** `npm run demo`: a firm to look at, with a past, a present that goes wrong now and then, and a mailbox of its own. */
import { existsSync, renameSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { flushCompileCache } from 'node:module'
import { resolve } from 'node:path'
import { fastClock, tellTimeBy } from './clock.ts'
import { keptFile } from './kept.ts'
import { type Options, readOptions, usage } from './options.ts'
import { stepper } from './steps.ts'

const STOP_WITHIN_MS = 10_000
const say = (line: string) => void process.stderr.write(`${line}\n`)
const parts: { stop(): Promise<unknown> }[] = []

let stopping: Promise<void> | null = null
const stop = (): Promise<void> => {
  stopping ??= (async () => {
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref()
    for (const part of parts.reverse()) await part.stop().catch(() => undefined)
  })()
  return stopping
}

const main = async (options: Options) => {
  const { step, total } = stepper(say)
  const { port } = options
  const dataDir = resolve('.demo')
  const clock = fastClock(options.speed)
  const address = `http://localhost:${port}`
  say('Watchfloor demo: Harbour Bank opens.')
  const [{ startTargets }, { startEmbedded }] = await Promise.all([
    import('./targets/index.ts'),
    import('../../server/platform/db/supervisor.ts'),
  ])
  // First, for their ports tell whether another demo runs on this folder.
  const targets = await startTargets({ http: port + 2, tcp: port + 3 })
  parts.push(targets)
  // A start that was ended before all was made leaves nothing to go on with.
  if (!options.keep || !existsSync(keptFile(dataDir))) forget(dataDir)
  const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: say }
  const database = startEmbedded({ dataDir, log: quiet })
  // All of the program takes longest to load: PostgreSQL starts meanwhile.
  const loading = import('./open.ts').then(async (open) => ({ ...open, ...(await import('./mailbox/index.ts')) }))
  const [{ openDemoHouse, startMailbox }, embedded] = await step('program and PostgreSQL', () =>
    Promise.all([loading, database]),
  )
  parts.push(embedded)
  const mailbox = await startMailbox({ port: port + 1, clock })
  parts.push(mailbox)
  const { house, company, isNew } = await openDemoHouse({
    dataDir,
    connection: embedded.connection,
    port,
    baseUrl: address,
    smtpUrl: mailbox.smtpUrl,
    ports: targets.ports,
    seed: options.seed,
    speed: options.speed,
    clock,
    webDist: process.env.WEB_DIST,
    step,
  })
  parts.push(house)
  const origin = `http://127.0.0.1:${port}`
  await step('listening, what the morning has left', async () => {
    const { askForApprovals, leaveTrouble, startLife } = await import('./life/index.ts')
    const { pinCard } = await import('./card.ts')
    await house.listen()
    if (isNew) {
      await askForApprovals(house, company, origin)
      await leaveTrouble(house, company, origin)
      await pinCard(house.platform, `http://localhost:${port + 1}`)
    }
    if (options.speed > 1) {
      tellTimeBy(clock, house.http.server)
      clock.go()
    }
    parts.push(await startLife({ house, company, targets, origin, say }))
  })
  const { welcome } = await import('./welcome.ts')
  say(welcome({ address, mailbox: `http://localhost:${port + 1}`, seconds: total(), speed: options.speed }))
  // Now and not at the end, which may be a crash: the next start loads in half the time.
  flushCompileCache()
}

/** Out of the way at once; taking it off the disk has time. */
const forget = (dataDir: string): void => {
  const old = `${dataDir}-old`
  if (!existsSync(dataDir)) return
  // One that was ended in the middle of it has left its own behind.
  if (existsSync(old)) rmSync(old, { recursive: true, force: true })
  renameSync(dataDir, old)
  void rm(old, { recursive: true, force: true }).catch(() => undefined)
}

// Ctrl-C reaches us twice, from the terminal and forwarded by npm: never "once", or the second one kills.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => void stop().then(() => process.exit(0)))

try {
  const options = readOptions(process.argv.slice(2), process.env)
  if (options === 'help') say(usage)
  else await main(options)
} catch (error) {
  const { code, message, stack } = error as NodeJS.ErrnoException
  const taken = 'A port that the demo needs is taken. Stop what runs there, or choose another: PORT=9382 npm run demo.'
  say(code === 'EADDRINUSE' ? taken : process.env.LOG_LEVEL === 'debug' ? String(stack) : message)
  await stop()
  process.exit(1)
}
