import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { World } from '../dev/seed/index.ts'
import { scratchDatabase } from './harness/database.ts'
import { adminKey, type ServerProcess, startServer } from './harness/process.ts'
import { seededBank, seededSecret } from './harness/seeded.ts'
import { bundleWatchfloor, runWatchfloor } from './harness/watchfloor.ts'

let server: ServerProcess
let drop: () => Promise<void>
let world: World
beforeAll(async () => {
  const database = await scratchDatabase(seededBank())
  drop = database.drop
  world = database.made
  server = await startServer({ DATABASE_URL: database.url, SECRET_KEY: seededSecret })
  await Promise.all([server.ready(), bundleWatchfloor(bundle)])
})
afterAll(async () => {
  await server.kill('SIGTERM')
  await drop()
  rmSync(scratch, { recursive: true, force: true })
})

const scratch = mkdtempSync(join(tmpdir(), 'wf-cli-'))
const bundle = join(scratch, 'bundle', 'watchfloor')
const own = () => ({ HOME: scratch, TZ: 'Europe/London', WATCHFLOOR_URL: server.url, WATCHFLOOR_API_KEY: adminKey })
/** The one file for other machines starts in half the time of the checkout's. */
const watchfloor = (args: string[], env: Record<string, string> = {}, input = '') =>
  runWatchfloor(args, { ...own(), ...env }, input, bundle)
const inCheckout = (args: string[], env: Record<string, string> = {}) => runWatchfloor(args, { ...own(), ...env })

describe('./watchfloor', () => {
  it('schedule lists everything periodic', async () => {
    const { code, out } = await inCheckout(['schedule'])
    expect(code).toBe(0)
    expect(out).toMatch(/5 min\s+\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\s+events\.seal/)
    const list = JSON.parse((await watchfloor(['schedule', '--json'])).out)
    expect(list.map((i: { key: string }) => i.key)).toContain('partitions.maintain')
  })

  it('crontab wrap creates the jobs of a crontab that are not known yet, then wraps it', async () => {
    const file = join(scratch, 'eod')
    writeFileSync(file, 'CRON_TZ=Europe/London\n0 22 * * 1-5 /opt/eod.sh\n@daily /opt/housekeeping.sh\n')
    const wrap = ['crontab', 'wrap', '--file', file, '--prefix', 'prdbat09-', '--service', 'settlement', '--create']
    const made = await watchfloor([...wrap, '--apply'])
    expect([made.code, made.out]).toEqual([
      0,
      expect.stringContaining('Created: prdbat09-eod, prdbat09-housekeeping.\nWritten.'),
    ])
    expect(readFileSync(file, 'utf8')).toContain('run --wrapped prdbat09-eod -- /opt/eod.sh')
    const jobs = JSON.parse((await watchfloor(['jobs', '--search', 'prdbat09', '--json'])).out)
    expect(jobs.map((j: { slug: string; schedule: object }) => [j.slug, j.schedule])).toEqual([
      ['prdbat09-eod', { kind: 'cron', expression: '0 22 * * 1-5', zone: 'Europe/London' }],
      ['prdbat09-housekeeping', { kind: 'cron', expression: '@daily', zone: 'Europe/London' }],
    ])
    expect((await watchfloor(wrap)).out).toContain('The server knows all of them already.\nNothing is to be changed')
    // What the server will not have is named, and the file stays as it is.
    writeFileSync(file, '0 25 * * * /opt/never.sh\n')
    const refused = await watchfloor([...wrap, '--apply'])
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('prdbat09-never could not be created: ')])
    expect(readFileSync(file, 'utf8')).toBe('0 25 * * * /opt/never.sh\n')
  })

  it('doctor says what is fine and what is not', async () => {
    expect((await inCheckout(['doctor'])).out).toMatch(/ok\s+Server/)
    const lost = await watchfloor(['doctor'], { WATCHFLOOR_URL: 'http://127.0.0.1:9' })
    expect(lost).toMatchObject({ code: 1, out: expect.stringContaining('Nothing answers at http://127.0.0.1:9') })
    const doctor = (key: string) => watchfloor(['doctor'], { WATCHFLOOR_API_KEY: key })
    expect((await doctor('mistyped')).out).toMatch(/bad\s+Key\s+The server does not accept it/)
    const { body } = await server.api('POST', '/keys', { name: 'reader', scopes: ['ticket.read'] })
    expect((await doctor((body as { secret: string }).secret)).out).toMatch(/warn\s+Key\s+It may not read/)
  })

  it('works a ticket from its opening to its end', async () => {
    const opening = `ticket open Blotter shows no prices --service ${world.services.orderEntry} --urgency high --description -`
    const opened = await watchfloor(opening.split(' '), {}, 'Since 09:15, all desks.\u001b[31m\n')
    const number = /^(INC-\d+) is open: P[1-5]/.exec(opened.out)?.[1] ?? ''
    expect(number, opened.err).not.toBe('')
    expect((await watchfloor(['tickets'])).out).toMatch(
      new RegExp(`^${number}\\s+P\\d\\s+new .*Blotter shows no prices$`, 'm'),
    )
    const list = JSON.parse((await watchfloor(['tickets', '--json', '--limit', '1'])).out)
    expect(list).toEqual([expect.objectContaining({ number, title: 'Blotter shows no prices' })])
    await watchfloor(['ticket', 'note', number, '-'], {}, 'Feed handler is stuck.')
    const replied = await watchfloor(['ticket', 'reply', number, 'We', 'are', 'on', 'it.'])
    expect(replied.out).toBe(`${number} was replied to.\n`)
    const assigned = await watchfloor(['ticket', 'assign', number, world.people.priya])
    expect(assigned.out).toMatch(new RegExp(`^${number} is with Priya`))
    const escalated = await watchfloor([
      'ticket',
      'escalate',
      number,
      '--team',
      world.teams.dba,
      '--tried',
      'Restarted it.',
      '--evidence',
      'ORA-12541',
      '--no-page',
    ])
    expect(escalated.out, escalated.err).toMatch(new RegExp(`^${number} was handed to `))
    const shown = (await watchfloor(['ticket', 'show', number])).out
    for (const words of [
      'Blotter shows no prices',
      'Since 09:15',
      'internal note',
      'Feed handler is stuck.',
      'We are on it.',
      'GMT',
    ])
      expect(shown).toContain(words)
    // What others wrote does not steer the terminal.
    expect(shown).not.toContain('\u001b')
    expect((await watchfloor(['ticket', 'resolve', number, 'Restarted', 'the', 'feed.'])).out).toBe(
      `${number} is resolved.\n`,
    )
    // It is open no longer, and found by the state that it has.
    expect((await watchfloor(['tickets', '--state', 'resolved'])).out).toContain(number)
    const filter = ['--state', 'resolved,closed', '--assignee', 'none,priya', '--not', 'environment=uat,dev']
    expect((await watchfloor(['tickets', ...filter])).out).toContain(number)
    expect((await watchfloor(['tickets', ...filter, '--not', 'state=resolved'])).out).toBe('No tickets.\n')
    const again = await watchfloor(['ticket', 'resolve', number, 'Twice.'])
    expect([again.code, again.err]).toEqual([1, expect.stringContaining(`${number} is resolved already.`)])
    expect((await watchfloor(['ticket', 'show', 'INC-999999'])).code).toBe(1)
  })

  it('finds a name that has a comma, alone and in quotes among others', async () => {
    await watchfloor(['user', 'add', 'smith@bank.example', '--name', 'Smith, A', '--role', 'responder'])
    // Without the comma, A may be half of the people.
    const none = { code: 0, err: '', out: 'No tickets.\n' }
    expect(await watchfloor(['tickets', '--requester', 'Smith, A'])).toEqual(none)
    expect(await watchfloor(['tickets', '--requester', 'smith@bank.example,"Smith, A"'])).toEqual(none)
    const others = await watchfloor(['tickets', '--requester', 'none, priya', '--not', 'requester=Smith, A'])
    expect(others).toMatchObject({ code: 0, err: '' })
  })

  it('shows who is on call, monitors, jobs and alerts; an alert is acknowledged by its id and by its ticket', async () => {
    const oncall = JSON.parse((await watchfloor(['oncall', '--json'])).out)
    expect(oncall.length).toBeGreaterThan(0)
    expect((await watchfloor(['oncall'])).out).toMatch(/^SCHEDULE\s+TEAM\s+ON CALL\s+UNTIL \(Europe\/London\)/)
    expect(JSON.parse((await watchfloor(['monitors', '--json'])).out)).toEqual([])
    const { body } = await server.api('POST', '/sources', { kind: 'generic', name: 'CLI' })
    const { key } = body as { key: string }
    await Promise.all(
      ['one', 'two'].map((name) =>
        fetch(`${server.url}/intake/generic`, {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
          body: JSON.stringify({ title: `Disk ${name} full`, severity: 'high', dedup_key: name }),
        }),
      ),
    )
    type Alert = { id: string; title: string; ticket: { number: string } | null }
    const alerts = async (): Promise<Alert[]> => JSON.parse((await watchfloor(['alerts', '--json'])).out)
    await expect.poll(async () => (await alerts()).filter((a) => a.ticket).length).toBe(2)
    const [first, second] = await alerts()
    expect((await watchfloor(['ack', first?.id ?? ''])).out).toMatch(/^"Disk \w+ full" is acknowledged by /)
    const byTicket = await watchfloor(['ack', second?.ticket?.number.toLowerCase() ?? ''])
    expect(byTicket.out, byTicket.err).toContain(`"${second?.title}" is acknowledged`)
    expect((await watchfloor(['alerts'])).out).toMatch(/firing, acknowledged/)
  })

  it('wraps a job that is known by its slug; the server has status, output and duration', async () => {
    const made = await server.api('POST', '/jobs', {
      name: 'EOD prices',
      slug: 'eod-prices',
      schedule: { kind: 'period', seconds: 86_400 },
    })
    const { id } = made.body as { id: string }
    const ran = await watchfloor([
      'run',
      '--wait',
      'eod-prices',
      '--',
      'sh',
      '-c',
      'echo loading; echo no space >&2; exit 12',
    ])
    expect([ran.code, ran.out, ran.err]).toEqual([12, 'loading\n', 'no space\n'])
    const runs = async () => ((await server.api('GET', `/jobs/${id}/runs`)).body as { items: { id: string }[] }).items
    await expect
      .poll(runs)
      .toEqual([expect.objectContaining({ outcome: 'fail', exitStatus: 12, ms: expect.any(Number) })])
    const [one] = await runs()
    const { body } = await server.api('GET', `/jobs/${id}/runs/${one?.id}`)
    expect((body as { output: string }).output.split('\n').sort()).toEqual(['', 'loading', 'no space'])
    await expect.poll(async () => (await watchfloor(['jobs'])).out).toMatch(/^failed\s+eod-prices\s+every daily.*12/m)
    const ok = await watchfloor(['run', '--wait', id, '--', 'true'], { WATCHFLOOR_API_KEY: '' })
    expect([ok.code, ok.err]).toEqual([0, ''])
    await expect.poll(async () => (await watchfloor(['jobs'])).out).toMatch(/^ok\s+eod-prices/m)
  })

  it('jobs rerun says what would be carried out, asks or is told yes, and ends with what came of it', async () => {
    const schedule = { kind: 'cron', expression: '0 22 * * *', zone: 'UTC' }
    await server.api('POST', '/jobs', { name: 'Ledger close', schedule })
    const config = { url: `${server.url}/healthz?job={slug}`, method: 'GET' }
    await server.api('POST', '/scheduler-actions', { name: 'Start it', act: 'rerun', kind: 'http', config })
    const rerun = ['jobs', 'rerun', 'ledger-close', '--reason', 'The file came twice']
    const asked = await watchfloor(rerun)
    const words = new RegExp(`GET ${server.url}/healthz\\?job=ledger-close[^]*Nothing was done: .* Add --yes`)
    expect([asked.code, asked.err]).toEqual([2, expect.stringMatching(words)])
    const done = await watchfloor([...rerun, '--yes', '--json'])
    expect({ ...done, ...JSON.parse(done.out) }).toMatchObject({ code: 0, state: 'done', httpStatus: 200 })
  })

  it('says what an import of a crontab would do, and does it when told to', async () => {
    const file = join(scratch, 'crontab')
    writeFileSync(
      file,
      Buffer.from('# Préparation\n0 21 * * 1-5 /opt/batch/fx-fixing.sh\n@reboot /opt/agent\n61 * * * * /x\n', 'latin1'),
    )
    const given = ['jobs', 'import', file, '--host', 'prdbat07', '--team', 'markets', '--zone', 'Europe/Paris']
    const dry = await watchfloor(given)
    expect(dry).toMatchObject({ err: '', out: expect.stringContaining('Read as crontab of a user.') })
    expect(dry.out).toMatch(/^created\s+crontab:2\s+fx-fixing\s+0 21 \* \* 1-5 Europe\/Paris$/m)
    expect(dry.out).toMatch(/^skipped\s+crontab:3\s+agent\s+–\s+It runs when its machine starts/m)
    expect(dry.out).toMatch(/^refused\s+crontab:4\s/m)
    expect(dry.out).toContain('Would be created: 1, changed: 0; unchanged: 0, skipped: 1, refused: 1.')
    expect((await watchfloor(['jobs', '--search', 'fx-fixing'])).out).toBe('No jobs.\n')
    expect((await watchfloor([...given, '--apply'])).out).toContain('Were created: 1, changed: 0')
    const [job] = JSON.parse((await watchfloor(['jobs', '--search', 'fx-fixing', '--json'])).out)
    expect(job).toMatchObject({ slug: 'fx-fixing', team: { name: expect.any(String) } })
    expect((await server.api('GET', `/jobs/${job.id}`)).body).toMatchObject({ description: 'Préparation' })
    const again = await watchfloor([...given, '--json'])
    expect(JSON.parse(again.out)).toMatchObject({ counts: { created: 0, unchanged: 1 } })
    const lost = await watchfloor(['jobs', 'import', '/nowhere/crontab'])
    expect(lost).toMatchObject({ code: 2, err: expect.stringContaining('/nowhere/crontab cannot be read') })
    const due = { kind: 'by', time: '23:00', zone: 'Europe/Paris' }
    await server.api('POST', '/deadlines', { name: 'FX fixing', jobId: job.id, due })
    expect(await watchfloor(['jobs', 'backtest', 'fx fixing'])).toMatchObject({
      code: 0,
      out: 'No night could be judged.\n',
      err: 'FX fixing: No run of its last job is on record yet.\n',
    })
  })

  it('reads server and key from its config file, and doctor says when others can read it', async () => {
    const file = join(scratch, '.config', 'watchfloor', 'config.json')
    mkdirSync(join(file, '..'), { recursive: true })
    writeFileSync(file, JSON.stringify({ url: `${server.url}/`, apiKey: adminKey }), { mode: 0o644 })
    const without = { WATCHFLOOR_URL: '', WATCHFLOOR_API_KEY: '' }
    expect((await watchfloor(['schedule', '--json'], without)).code).toBe(0)
    expect((await watchfloor(['doctor'], without)).out).toMatch(/warn\s+Config\s+.*can be read by others/)
    writeFileSync(file, '{')
    expect((await watchfloor(['doctor'], without)).out).toMatch(/bad\s+Config\s+.*is not JSON/)
    rmSync(file)
  })

  it('keeps what is in files, all of it or nothing', async () => {
    const folder = join(scratch, 'as code')
    const written = await watchfloor(['export', '-o', folder])
    expect(written.out, written.err).toMatch(/^\d+ files were written to /)
    const kept = await watchfloor(['apply', '-f', folder])
    expect(kept.out, kept.err).toMatch(/^Nothing to change: all \d+ are as the files say\.\n$/)
    expect(await watchfloor(['export', '-o', folder])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--force'),
    })

    const text = 'kind: service\nslug: curves\nname: Curves\nuse: technical\n---\nkind: team\nslug: dba\nline: l3\n'
    const shown = await watchfloor(['apply', '--dry-run', '-f', '-'], {}, text)
    expect(shown.out, shown.err).toMatch(/^\+ service curves {2}standard input:1$/m)
    expect(shown.out).toMatch(/Would be created: 1, changed: \d; .* Nothing was changed\.\n$/)
    expect((await watchfloor(['export', '--kind', 'service'])).out).not.toContain('slug: curves')
    const done = JSON.parse((await watchfloor(['apply', '--json', '-f', '-'], {}, text)).out)
    expect(done).toMatchObject({
      dryRun: false,
      changes: expect.arrayContaining([expect.objectContaining({ name: 'curves' })]),
    })
    expect((await watchfloor(['export', '--kind', 'service'])).out).toContain('slug: curves')

    writeFileSync(
      join(folder, 'wrong.yaml'),
      'kind: service\nslug: yields\n---\nkind: service\nslug: curves\ntier: 9\n',
    )
    const wrong = await watchfloor(['apply', '-f', folder])
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringMatching(/^Nothing was applied.\n.*yaml:6 service tier/)])
    expect((await watchfloor(['export', '--kind', 'service'])).out).not.toContain('slug: yields')
    expect(await watchfloor(['apply', '-f', join(scratch, 'nowhere')])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/nowhere cannot be read/),
    })
  })

  it('audit tells whether the log is as it was sealed, and writes it out', async () => {
    const verified = await watchfloor(['audit', 'verify', '--json'])
    expect([verified.code, JSON.parse(verified.out).broken]).toEqual([0, null])
    const out = join(scratch, 'log.jsonl')
    expect((await watchfloor(['audit', 'export', '--type', 'user.', '-o', out])).code).toBe(0)
    const lines = readFileSync(out, 'utf8').trim().split('\n')
    const types = new Set(lines.map((line) => JSON.parse(line).type.split('.')[0]))
    expect(types).toEqual(new Set(['user']))
    const nowhere = await watchfloor(['audit', 'export', '-o', join(scratch, 'no', 'such')])
    expect([nowhere.code, nowhere.err]).toEqual([1, expect.stringContaining('cannot be written')])
  })

  it('completes in bash, zsh and fish', async () => {
    const { out } = await watchfloor(['completion', 'bash'])
    const ask = `complete() { :; }; eval "$1"; COMP_WORDS=(watchfloor ticket re); COMP_CWORD=2; _watchfloor; echo "\${COMPREPLY[@]}"; COMP_WORDS=(watchfloor tickets --state p); COMP_CWORD=3; _watchfloor; echo "\${COMPREPLY[@]}"`
    const found = await new Promise<string>((resolve) =>
      execFile('bash', ['-c', ask, 'bash', out], (_, text) => resolve(text)),
    )
    expect(found).toBe('reply resolve\npending\n')
    expect((await watchfloor(['completion', 'zsh'])).out).toContain('#compdef watchfloor')
    expect((await watchfloor(['completion', 'fish'])).out).toContain("-a 'escalate'")
  })

  it('user add invites a person and prints the link', async () => {
    const added = await watchfloor(['user', 'add', 'sam@new.example', '--name', 'Sam N.', '--role', 'lead'])
    expect(added.out).toMatch(/Sam N\. \(lead\).*\n.*\/welcome\/[0-9a-f]{32}\./)
    const again = await watchfloor(['user', 'add', 'sam@new.example'])
    expect(again.code).toBe(1)
    expect(again.err).toContain('email')
  })

  it('backup writes one whole file beside the work, and restore puts it into an empty database', async () => {
    const file = join(scratch, 'all.tar.gz')
    expect(await watchfloor(['backup', file])).toMatchObject({ code: 0, out: expect.stringContaining('secret.key') })
    expect(await watchfloor(['backup', file])).toMatchObject({ code: 2, err: expect.stringContaining('--force') })
    const nowhere = await watchfloor(['backup', '/nowhere/all.tar.gz'])
    expect(nowhere).toMatchObject({ code: 1, err: expect.stringContaining('/nowhere/all.tar.gz cannot be written') })
    const database = await scratchDatabase()
    const env = { DATABASE_URL: database.url, DATA_DIR: join(scratch, 'restored'), SECRET_KEY: seededSecret }
    expect(await inCheckout(['restore', file], env)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Restored \d+ rows and 0 files/),
    })
    const again = await inCheckout(['restore', file], env)
    expect(again).toMatchObject({ code: 1, err: expect.stringContaining('already') })
    await database.drop()
  })

  it('a backup that breaks off, or for which there is no room, leaves no file that could be taken for one', async () => {
    const full = join(scratch, 'full.tar.gz')
    symlinkSync('/dev/full', `${full}.part`)
    const noRoom = await watchfloor(['backup', full])
    expect(noRoom).toMatchObject({ code: 1, err: expect.stringContaining('There is no room for the backup') })
    const half = createServer((_, answer) => {
      answer.writeHead(200, { 'content-type': 'application/gzip' })
      answer.write(Buffer.alloc(100_000), () => answer.destroy())
    })
    half.listen(0, '127.0.0.1')
    await once(half, 'listening')
    const cut = await watchfloor(['backup', full], {
      WATCHFLOOR_URL: `http://127.0.0.1:${(half.address() as AddressInfo).port}`,
    })
    half.close()
    expect(cut).toMatchObject({ code: 1, err: expect.stringContaining('broke the backup off') })
    expect([existsSync(full), existsSync(`${full}.part`)]).toEqual([false, false])
    // One that was left when the machine went down is no hindrance.
    writeFileSync(`${full}.part`, 'half of one')
    expect((await watchfloor(['backup', full])).code).toBe(0)
  })

  it('ends with an exit code that says what it was, and a sentence', async () => {
    const table = [
      ['no server', ['schedule'], { WATCHFLOOR_URL: 'http://127.0.0.1:9' }, 3, 'No Watchfloor answers'],
      ['no key', ['schedule'], { WATCHFLOOR_API_KEY: '' }, 4, 'WATCHFLOOR_API_KEY'],
      ['a key that is none', ['schedule'], { WATCHFLOOR_API_KEY: 'nonsense' }, 4, 'does not accept the key'],
      ['a limit that is none', ['tickets', '--limit', '0'], {}, 2, '--limit must be'],
      [
        'a state among others that there is not',
        ['tickets', '--state', 'new,lost'],
        {},
        2,
        'Allowed choices are new, in_',
      ],
      [
        'what is left out of no field',
        ['tickets', '--not', 'colour=red'],
        {},
        2,
        'fields are kind, state, priorities,',
      ],
      [
        'a unit that there is not',
        ['tickets', '--unit', 'nobodys'],
        {},
        1,
        'There is no business unit called nobodys.',
      ],
      ['a team that there is not', ['tickets', '--team', 'nobodys'], {}, 1, 'There is no team called nobodys.'],
      ['an unknown command', ['bogus'], {}, 2, 'unknown command'],
      ['a role that there is not', ['user', 'add', 'x@y.example', '--role', 'king'], {}, 2, 'Allowed choices'],
    ] as const
    const ended = await Promise.all(table.map(([, args, env]) => watchfloor([...args], env)))
    expect(ended.map((e, i) => [table[i]?.[0], e.code, e.err])).toEqual(
      table.map(([what, , , code, words]) => [what, code, expect.stringContaining(words)]),
    )
  })
})
