import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { faults, type Opened, openWindow, pointAt, visit } from './browser.ts'
import { callerOf } from './caller.ts'
import { type BrowserWorld, openBrowserWorld } from './world.ts'

// Two cores that are busy with other tests must not make a slow page a wrong one.
vi.setConfig({ testTimeout: 90_000 })

let world: BrowserWorld
let call: ReturnType<typeof callerOf>
const windows: Opened[] = []

beforeAll(async () => {
  world = await openBrowserWorld({ logins: ['marta', 'priya'] })
  call = callerOf(world)
})
afterEach(async () => {
  for (const window of windows.splice(0)) {
    expect(window.complaints).toEqual([])
    await window.close()
  }
})
afterAll(() => world?.close())

const open = async (path: string, as: 'marta' | 'priya' = 'marta') => {
  const window = await openWindow(world, { as })
  windows.push(window)
  await window.goto(path)
  return window.page
}
const ping = async (url: string, body?: string) => {
  const answer = await fetch(url, body === undefined ? {} : { method: 'POST', body })
  expect(await answer.text()).toBe('OK')
}

test('a job is added by keyboard with its next times in sight, fails with its output on the page, and is put right', async () => {
  const page = await open('/jobs')
  await page.getByText('Nothing is expected yet.').waitFor()
  await page.getByRole('button', { name: 'New job' }).waitFor()
  await page.keyboard.press('c')
  await page.getByRole('heading', { level: 1, name: 'New job' }).waitFor()
  await expect.poll(() => page.evaluate<string>("document.activeElement?.labels?.[0]?.textContent ?? ''")).toBe('Name')
  await page.keyboard.type('EOD prices')

  // The times follow what is typed; what cannot be read is told at its field.
  await page.getByLabel('Schedule').fill('30 1 * * *')
  const times = page.getByRole('region', { name: 'The next ten times' })
  await times.getByText('01:30').first().waitFor()
  expect(await times.getByRole('listitem').count()).toBe(10)
  await times.getByText(/the clock skips 01:00 to 02:00: what is due then is expected at 02:00/).waitFor()
  await page.getByLabel('Schedule').fill('61 * * * *')
  await page.getByText(/Invalid value for minute: 61/).waitFor()
  await page.getByLabel('Schedule').fill('0 22 * * 1-5')
  await times.getByText('If the first of them does not start, somebody is told at 22:10.').waitFor()
  expect(await faults(page)).toEqual([])
  // A list that scrolls is no stop of Tab, on which the focus would be lost when it closes.
  const short = '[role=listbox] { max-height: 40px !important; overflow: auto !important }'
  await page.evaluate(`document.styleSheets[0].insertRule('${short}')`)
  await page.getByRole('combobox', { name: 'Belongs to' }).click()
  await page.getByRole('option').nth(3).waitFor()
  await page.keyboard.press('Tab')
  await page.getByRole('option').first().waitFor({ state: 'hidden' })
  expect(await page.evaluate<string>('document.activeElement.tagName')).not.toBe('BODY')
  await page.getByRole('combobox', { name: 'Belongs to' }).fill('Settle')
  await page.getByRole('option', { name: /Settlement/ }).click()
  await page.getByText(/pages by/).waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { level: 1, name: 'EOD prices' }).waitFor()
  await page.getByText('It was never heard of yet.').waitFor()

  // The line that the page offers works as it stands.
  const line = await page.getByText(/^0 22 \* \* 1-5 .*curl/).textContent()
  const address = /http\S+\/ping\/[0-9a-f-]+/.exec(line ?? '')?.[0]?.replace(/^https?:\/\/[^/]+/, world.url) ?? ''
  const rid = crypto.randomUUID()
  await ping(`${address}/start?rid=${rid}&host=prdbat01`)
  await ping(`${address}/12?rid=${rid}&cpu_ms=90500&peak_kb=208696`, 'loading\nORA-01555: snapshot too old\n')
  await page.getByText(/^Failed with exit status 12 at/).waitFor()
  await page.getByRole('link', { name: /^INC-/ }).waitFor()
  await page.getByRole('img', { name: /last runs: failed 1 of 1 run; the last failed/ }).waitFor()
  expect(await faults(page)).toEqual([])

  // The run opens beside the page, by keyboard.
  await page.keyboard.press('j')
  await page.keyboard.press('Space')
  const run = page.getByRole('dialog', { name: 'A run of EOD prices' })
  await run.getByText('ORA-01555: snapshot too old').waitFor()
  await run.getByText('213.7 MB').waitFor()
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('Escape')
  await run.waitFor({ state: 'hidden' })

  await ping(`${address}/0`)
  await page.getByText(/EOD prices ended well again/).waitFor()
  await page.keyboard.press('Shift+P')
  await page.getByText('EOD prices is paused: nobody is told when nothing comes.').waitFor()
  await page.keyboard.press('z')
  await expect.poll(async () => (await call('marta', 'GET', '/jobs')).items[0].state).toBe('ok')
})

const made = async (name: string, more: object = {}) => {
  const schedule = { kind: 'cron', expression: '0 22 * * 1-5', zone: 'Europe/London' }
  const job = await call('marta', 'POST', '/jobs', {
    name,
    schedule,
    serviceId: world.world.services.settlement,
    ...more,
  })
  return { id: job.id as string, url: `${world.url}/ping/${job.id}` }
}

test('who knows that a job will be late, or not come, says so by keyboard', async () => {
  const job = await made('Vendor file')
  const page = await open(`/jobs/${job.id}`, 'marta')
  await page.getByRole('button', { name: 'Will be late' }).waitFor()
  await page.keyboard.press('l')
  const late = page.getByRole('dialog', { name: 'Vendor file will be late' })
  await late.waitFor()
  // An hour is proposed, so that the reason is all that is typed.
  await page.keyboard.type('The vendor sends at half past')
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('Enter')
  await page.getByText('Nobody is told that Vendor file is late until then.').waitFor()
  await page
    .getByText(/: The vendor sends at half past$/)
    .first()
    .waitFor()
  await page.keyboard.press('s')
  const skip = page.getByRole('dialog', { name: 'Leave out the next time' })
  await skip.getByLabel('Why is it not expected this time?').fill('A holiday of the exchange')
  await page.keyboard.press('Enter')
  await page.getByText('Vendor file leaves out this time.').waitFor()
  await page.getByText(/let the job Vendor file leave out/).waitFor()
})

test('an action is defined, and by it a job is run again: what, where and why are asked, and the answer stands on it', async () => {
  const job = await made('Vendor load')
  const page = await open('/settings/scheduler-actions/new')
  await page.getByLabel('Name', { exact: true }).fill('Start it')
  await page.getByLabel('Address').fill('https://{job}.example.com/')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Must not have a placeholder in its host: only after it.').waitFor()
  await page.getByLabel('Address').fill(`${world.url}/healthz?job={slug}`)
  await page.getByRole('combobox', { name: 'Method' }).click()
  await page.getByRole('option', { name: 'GET' }).click()
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await page.getByText('Start it stands on the pages of its jobs now.').waitFor()

  await visit(page, `/jobs/${job.id}`)
  await page.getByRole('button', { name: 'Re-run' }).waitFor()
  await page.keyboard.press('r')
  const asked = page.getByRole('dialog', { name: 'Re-run Vendor load' })
  await asked.getByText(`GET ${world.url}/healthz?job=vendor-load`).waitFor()
  await asked.getByText('No deadline hangs on it.').waitFor()
  expect(await faults(page)).toEqual([])
  await asked.getByLabel('Why').fill('The file came twice')
  await page.keyboard.press('Enter')
  const acts = page.getByRole('region', { name: 'Acts' })
  await acts.getByText('taken', { exact: true }).waitFor()
  await acts.getByRole('button', { name: 'Re-run' }).last().click()
  const evidence = page.getByRole('dialog', { name: 'Re-run: taken' })
  await evidence.getByText('The file came twice').waitFor()
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('Escape')
  await evidence.waitFor({ state: 'hidden' })
  await page.keyboard.press('o')
  await page.getByLabel('What must the next shift know?').fill('Look at 02:00')
  await page.keyboard.press('Enter')
  await acts.getByText(/For the next shift, by .*: Look at 02:00/).waitFor()
})

test('the list shows what needs somebody first, and filters; a job of another team is not changed', async () => {
  const { id, url } = await made('Position snapshot', { schedule: { kind: 'period', seconds: 10 }, graceSeconds: 0 })
  const fine = await made('Cash reconciliation')
  await ping(url)
  await ping(fine.url)
  const page = await open('/jobs', 'priya')
  const rows = page.getByRole('grid', { name: 'Jobs' }).getByRole('row')
  await rows.filter({ hasText: /missing.*Position snapshot.*Has not reported; it was due at/ }).waitFor()
  await page.getByRole('link', { name: /Jobs.*1 missing/ }).waitFor()
  await page.getByLabel('Filter the jobs').fill('state:ok')
  await page.keyboard.press('Enter')
  await rows.filter({ hasText: 'Cash reconciliation' }).waitFor()
  await expect.poll(() => rows.filter({ hasText: 'Position snapshot' }).count()).toBe(0)
  expect(await faults(page)).toEqual([])
  await page.getByLabel('Filter the jobs').fill('state:wrong')
  await page.keyboard.press('Enter')
  await page.getByText(/state:wrong is not known/).waitFor()

  await visit(page, `/jobs/${id}`)
  await pointAt(page.getByRole('button', { name: 'Edit' }), 'This belongs to another team. Ask one of its people.')
})

test('a job is changed and deleted; its service shows it', async () => {
  const job = await made('Margin report')
  const page = await open(`/services/${world.world.services.settlement}`)
  await page.getByRole('region', { name: 'Jobs' }).getByRole('link', { name: 'Margin report' }).click()
  await page.getByRole('heading', { level: 1, name: 'Margin report' }).waitFor()
  await page.getByRole('button', { name: 'Edit' }).waitFor()
  await page.keyboard.press('e')
  await page.getByRole('heading', { level: 1, name: 'Edit Margin report' }).waitFor()
  await page.getByText(/^More: shortest run/).click()
  await page.getByLabel('Shortest run', { exact: true }).fill('5')
  await page.getByLabel('Failures in a row until somebody is told').fill('3')
  await page.getByRole('button', { name: 'OnCalendar' }).click()
  await page.getByLabel('Schedule').fill('Mon..Fri 21:00\nSat 09:00')
  await page.getByRole('region', { name: 'The next ten times' }).getByText('21:00').first().waitFor()
  await page.getByLabel('Grace', { exact: true }).fill('2')
  await page.getByRole('combobox', { name: 'Unit of grace' }).click()
  await page.getByRole('option', { name: 'hours' }).click()
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await page.getByText('Margin report is saved.').waitFor()
  await page.getByText('3 failures in a row').waitFor()
  expect(await call('marta', 'GET', `/jobs/${job.id}`)).toMatchObject({
    schedule: { kind: 'oncalendar', expression: 'Mon..Fri 21:00\nSat 09:00' },
    graceSeconds: 7_200,
    minRunSeconds: 300,
    failuresInARow: 3,
  })
  await page.getByRole('button', { name: 'Edit' }).waitFor()
  await page.keyboard.press('e')
  await page.getByRole('button', { name: 'Delete' }).click()
  const asked = page.getByRole('dialog', { name: 'Delete Margin report' })
  await asked.getByText(/answers “not found” from then on/).waitFor()
  await asked.getByRole('button', { name: 'Delete' }).click()
  await page.getByText('Margin report is deleted.').waitFor()
  await visit(page, `/jobs/${job.id}`)
  await page.getByText('There is no such job.').waitFor()
})

test('a check of healthchecks comes along: its rules, its address, what counts, its tags; and the address by key', async () => {
  const uuid = crypto.randomUUID()
  const page = await open('/jobs/new', 'priya')
  await page.getByLabel('Name', { exact: true }).fill('Nightly backup')
  await page.getByRole('combobox', { name: 'Belongs to' }).fill('Equities order')
  await page.getByRole('option', { name: /Equities order entry/ }).click()
  await page.getByLabel('Longest run', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'as healthchecks' }).click()
  await page.getByText(/the grace is also how long a run may take/).waitFor()
  expect(await page.getByLabel('Longest run', { exact: true }).count()).toBe(0)
  await page.getByRole('combobox', { name: 'Tags' }).fill('nightly backup')
  await page.getByText(/^More: what counts/).click()
  await page.getByRole('checkbox', { name: 'what a ping sends' }).click()
  await page.getByLabel('Failure').fill('ERROR')
  await page.getByLabel('Success').fill('completed')
  await page.getByLabel('Exit statuses that end well').fill('1, 4-6')
  await page.getByLabel('Short name').fill('nightly-backup')
  await page.getByLabel('Address of its pings').fill('nightly-backup')
  await page.keyboard.press('Control+Enter')
  await page.getByText(/It must be a uuid/).waitFor()
  await page.getByLabel('Address of its pings').fill(`https://hc-ping.com/${uuid}`)
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { level: 1, name: 'Nightly backup' }).waitFor()

  // What its words say nothing about does not count, and the page says so.
  const url = `${world.url}/ping/${uuid}`
  await ping(url, 'still at it')
  const counts = page.getByRole('region', { name: 'What counts' })
  await counts.getByText('A run that ends with exit status 1, 4, 5, 6 has ended well, as with 0.').waitFor()
  await counts
    .getByRole('listitem')
    .filter({ hasText: /POST from .*did not count.*still at it/ })
    .waitFor()
  await ping(url, 'completed in 12 s')
  // Told by the feed: by itself the page looks again after ten seconds.
  await page.getByRole('img', { name: /last runs: ended well 1 of 1 run/ }).waitFor({ timeout: 6_000 })
  const team = world.world.teams.markets
  const ways = page.getByRole('region', { name: 'How it reports' })
  expect(await ways.getByText(/By the key of/).count()).toBe(0)
  const { key, pingUrl } = await call('priya', 'PUT', `/teams/${team}/ping-keys/ping`, {})
  await ways.getByText(`${pingUrl}/${key}/nightly-backup`, { exact: true }).waitFor()
  await ways.getByText(/\/b\/2\/[0-9a-f-]+\.svg$/).waitFor()
  expect(await faults(page)).toEqual([])

  await page.goto(`${world.url}/jobs?q=tag:nightly`)
  const row = page.getByRole('grid', { name: 'Jobs' }).getByRole('row').filter({ hasText: 'Nightly backup' })
  await row.getByText('backup', { exact: true }).waitFor()
  expect(await faults(page)).toEqual([])
  await page.getByLabel('Filter the jobs').fill('tag:hourly')
  await page.keyboard.press('Enter')
  await page.getByText('No job fits.').waitFor()
})

test('a crontab is pasted, what it would do is ticked, and a second time nothing is left to do', async () => {
  const table =
    '0 21 * * 1-5 /opt/batch/fixing.sh\n0 23 * * * /opt/batch/archive.sh\n@reboot /opt/agent\n61 * * * * /opt/odd\n'
  const page = await open('/jobs', 'priya')
  await page.getByRole('button', { name: 'Import' }).waitFor()
  await page.keyboard.press('i')
  await page.getByLabel('Or paste it').fill(table)
  const list = page.getByRole('region', { name: 'What it would do' })
  await list.getByText('read as crontab of a user').waitFor()
  await list.getByText('2 notes').click()
  await list.getByText('Line 3: It runs when its machine starts').waitFor()
  await list.getByRole('button', { name: 'refused 1' }).click()
  await expect.poll(() => list.getByText('fixing').count()).toBe(0)
  await list.getByRole('button', { name: 'All 4' }).click()
  await page.getByRole('button', { name: 'Import 2 jobs' }).waitFor()
  await list
    .getByRole('row', { name: /archive/ })
    .getByRole('checkbox')
    .click()
  await page.getByRole('button', { name: 'Import 1 job' }).waitFor()
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await page.getByText('1 job added, 0 changed.').waitFor()
  await page.getByRole('link', { name: /fixing/ }).waitFor()
  expect(await page.getByText('archive', { exact: true }).count()).toBe(0)

  await visit(page, '/jobs/import')
  await page.getByLabel('Or paste it').fill(table.split('\n').slice(0, 1).join('\n'))
  await list.getByText('as it is').waitFor()
  expect(await page.getByRole('button', { name: 'Import', exact: false }).getAttribute('aria-disabled')).toBe('true')

  // What it is cannot be told: it is said, and may be chosen.
  await page.getByLabel('Or paste it').fill('hello')
  await page.getByText('It cannot be told what this is').waitFor()
})

test('a job by business days shows which of its times are certain; its runs are found by what they printed', async () => {
  const weekly = [1, 2, 3, 4, 5].map((day) => ({ day, from: '08:00', to: '17:00' }))
  const calendar = { slug: 'old-holidays', name: 'Old holidays', kind: 'settlement', zone: 'Europe/London', weekly }
  await call('marta', 'POST', '/calendars', { ...calendar, validThrough: '2026-01-01' })
  const page = await open('/jobs/new')
  await page.getByLabel('Name', { exact: true }).fill('Accruals')
  await page.getByRole('button', { name: 'Business days' }).click()
  await page.getByRole('combobox', { name: 'Calendars' }).fill('Old')
  await page.getByRole('option', { name: 'Old holidays' }).click()
  const times = page.getByRole('region', { name: 'The next ten times' })
  await times.getByText('not certain').first().waitFor()
  expect(await times.getByRole('listitem').count()).toBe(10)
  await times.getByText(/The holidays of Old holidays are entered through 2026-01-01 only/).waitFor()
  expect(await faults(page)).toEqual([])
  // The list of calendars is open for more of them, and takes Enter.
  await page.getByLabel('Name', { exact: true }).click()
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { level: 1, name: 'Accruals' }).waitFor()
  await page.getByText(/3rd business day of the month at 06:30; old-holidays open/).waitFor()

  const id = new URL(page.url()).pathname.split('/').at(-1)
  await ping(`${world.url}/ping/${id}?rows=12345`, 'ORA-01555: snapshot too old\npassword=hunter2\n')
  await ping(`${world.url}/ping/${id}?rows=12400`, 'as ever\n')
  await page.getByRole('button', { name: 'rows' }).click()
  await page.getByText('12,345').first().waitFor()
  await page.getByLabel('Find in their output').fill('ora-')
  await page.getByText('12,400').first().waitFor({ state: 'detached' })
  await page.getByRole('button', { name: /Open the run/ }).click()
  await page.getByText('password=[masked]').waitFor()
  expect(await faults(page)).toEqual([])

  // The month of it: today has its two runs, and Enter opens the day, a run of it, and comes back.
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Calendar', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'Calendar of Accruals' }).waitFor()
  const today = page.getByRole('button', { name: /Accruals, .*: (ended well|unusual).*, 2 runs/ })
  await today.focus()
  await page.keyboard.press('Home')
  expect(await page.evaluate<string>('document.activeElement.getAttribute("aria-label")')).toMatch(
    /^Accruals, (Mon|\w+ 1 )/,
  )
  expect(await faults(page)).toEqual([])
  await today.focus()
  await page.keyboard.press('Enter')
  const runs = page.getByRole('list', { name: 'Its runs' })
  await runs.waitFor()
  expect(await runs.getByRole('button').count()).toBe(2)
  await runs.getByRole('button').first().press('Enter')
  await page.getByText('password=[masked]').waitFor()
  await page.keyboard.press('Escape')
  await runs.waitFor()
  await page.keyboard.press('Escape')
  // Whoever walks the days stays among them in another month, and Tab still reaches one.
  await today.focus()
  const focused = () => page.evaluate<string | null>('document.activeElement.getAttribute("aria-label")')
  await page.keyboard.press('[')
  await expect.poll(focused).toMatch(/^Accruals, \w+ 1 /)
  await page.keyboard.press('.')
  await expect.poll(focused).toMatch(/^Accruals, /)
  await page.getByRole('button', { name: 'Table' }).click()
  await page.getByRole('grid', { name: 'Days of the month' }).getByText('Accruals').first().waitFor()
  await page.getByRole('button', { name: 'All jobs' }).click()
  await page.getByRole('heading', { level: 1, name: 'Calendar of runs' }).waitFor()
  expect(await faults(page)).toEqual([])
})

test('a job on arrival of a file: its days and times while typing, and the line that waits for it', async () => {
  const page = await open('/jobs/new')
  await page.getByLabel('Name', { exact: true }).fill('Prices come')
  await page.getByRole('button', { name: 'A file arrives' }).click()
  await page.getByLabel('File', { exact: true }).fill('/data/in/prices-*.csv')
  await page.getByLabel('On host').fill('prdbat01')
  await page.getByText(/It begins when \/data\/in\/prices-\*\.csv arrives on prdbat01/).waitFor()
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { level: 1, name: 'Prices come' }).waitFor()
  await page.getByText(/wait-for --newer-than 12h '\/data\/in\/prices-\*\.csv' &&/).waitFor()
  expect(await faults(page)).toEqual([])
})
