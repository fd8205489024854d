import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { signInPaths } from '../../contract/identity/sign-in.ts'
import { violations } from '../../web/testing/axe.ts'
import { faults, type Opened, openWindow, phone, wide } from './browser.ts'
import { type BrowserWorld, openBrowserWorld, password } from './world.ts'

// Two cores that are busy with other tests must not make a slow page a wrong one.
vi.setConfig({ testTimeout: 90_000 })

let world: BrowserWorld
const windows: Opened[] = []
const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 30_000 })
const path = '/me/contact-methods'

beforeAll(async () => {
  world = await openBrowserWorld({ logins: ['marta', 'priya', 'lena', 'ana', 'laurent'] })
})
afterEach(async () => {
  await world.sink.behave({})
  for (const window of windows.splice(0)) {
    expect(window.complaints).toEqual([])
    await window.close()
  }
})
afterAll(async () => {
  await world?.close()
})

const open = async (options: Parameters<typeof openWindow>[1]) => {
  const window = await openWindow(world, options)
  windows.push(window)
  await window.goto(path)
  return window.page
}

test('the menu behind the avatar leads here, by keyboard', async () => {
  const window = await openWindow(world, { as: 'priya' })
  windows.push(window)
  await window.goto('/services')
  const { page } = window
  await page.getByRole('button', { name: 'Priya N.: my settings' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'My contact methods' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'My contact methods' }).waitFor()
})

test('a new way is proved by the code in the mail; a wrong code says so', async () => {
  const page = await open({ as: 'lena' })
  await page.getByText('Work mail').first().waitFor()
  await page.keyboard.press('a')
  await page.getByRole('dialog').waitFor()
  // The proposal is typed over.
  await page.keyboard.type('not an address')
  await page.getByLabel('Your own name for it').fill('Night mail')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('dialog').getByText('Address must be a mail address, like priya@example.com.').waitFor()
  await page.getByLabel('Address').fill('lena.night@example.org')
  await page.keyboard.press('Control+Enter')
  await page.getByText('A code is on its way to lena.night@example.org.').waitFor()
  await page.getByRole('status', { name: 'What became of the code' }).getByText(/taken/).waitFor()
  const mail = await world.sink.expectMail({ to: 'lena.night@example.org' })
  const code = /\b\d{6}\b/.exec(mail.text)?.[0] ?? ''
  const wrong = code === '123456' ? '654321' : '123456'
  const field = page.getByLabel('Code for Night mail')
  // The code is what comes next, so it can be typed at once.
  await eventually(() => page.evaluate<string>("document.activeElement?.ariaLabel ?? ''")).toBe('Code for Night mail')
  await page.keyboard.type(wrong)
  await page.getByText('Is not the one that was sent; 4 tries are left.').waitFor()
  await field.fill('')
  await field.pressSequentially(code)
  await page.getByText('Night mail is verified: pages can go there.').waitFor()
  await eventually(() => page.getByText('not verified').count()).toBe(0)
})

test('a test shows the answer of the other side, also when it refuses', async () => {
  const page = await open({ as: 'priya' })
  await page.getByText('Work mail').first().waitFor()
  await page.keyboard.press('t')
  const answer = page.getByRole('status', { name: 'Answer to the test' })
  await answer.getByText(/^taken in/).waitFor()
  await answer.getByText(/took it for priya@harbour-bank.example/).waitFor()
  await world.sink.expectMail({ to: world.mailOf('priya'), subject: 'Test from Watchfloor' })
  await world.sink.behave({ refuse: { [world.mailOf('priya')]: '550 5.1.1 No such user' } })
  await page.keyboard.press('t')
  await answer.getByText('not delivered').waitFor()
  await answer.getByText(/No such user/).waitFor()
})

test('rules are changed while the page says what they come to, and Undo takes them back', async () => {
  const page = await open({ as: 'ana' })
  const high = page.getByRole('region', { name: 'High urgency' })
  await high.getByText('at once').waitFor()
  await page.keyboard.press('h')
  const dialog = page.getByRole('dialog', { name: 'High urgency: rules' })
  await dialog.getByLabel('Minutes of rule 1').fill('7')
  await dialog.getByText('after 7 min').waitFor()
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await high.getByText('after 7 min').waitFor()
  await page.keyboard.press('z')
  await high.getByText('at once').waitFor()
  await dialog.waitFor({ state: 'detached' })
  await page.keyboard.press('h')
  await dialog.getByRole('button', { name: 'Remove rule 1' }).click()
  await dialog.getByText('there is no rule for this urgency.').waitFor()
  await page.keyboard.press('Escape')
  await high.getByText('at once').waitFor()
})

test('before a way goes, the page says how pages come without it', async () => {
  const page = await open({ as: 'marta' })
  await page.getByText('Work mail').first().waitFor()
  await page.keyboard.press('d')
  const dialog = page.getByRole('dialog', { name: 'Remove Work mail' })
  await dialog.getByText('the last resort').first().waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByText('No contact methods yet.').waitFor()
  await page.getByRole('button', { name: 'Edit account' }).waitFor()
  await page.getByText('Until there is one, pages go by mail to marta@harbour-bank.example.').waitFor()
})

test('a requester is told what nothing means; the account is changed here, the password as well', async () => {
  const page = await open({ as: 'laurent' })
  await page.getByText('No contact methods yet.').waitFor()
  await page.getByRole('button', { name: 'Edit account' }).waitFor()
  await page.keyboard.press('m')
  await page.getByRole('dialog').getByLabel('Name').fill('Marie Laurent')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Your account is saved.').waitFor()
  await page.getByRole('button', { name: 'Marie Laurent: my settings' }).waitFor()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.keyboard.press('w')
  await page.getByRole('textbox', { name: 'Present password' }).fill('not this one at all')
  await page.getByRole('textbox', { name: 'New password' }).fill('a quiet harbour at night')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Is not your present password.').waitFor()
  await page.getByRole('textbox', { name: 'Present password' }).fill(password)
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
})

test('one sees where one is signed in, and ends it there; all of it can be read in both themes and on a phone', async () => {
  const elsewhere = async (browser: string) => {
    const answer = await fetch(`${world.url}${signInPaths.signIn}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: world.url, 'user-agent': browser },
      body: JSON.stringify({ email: world.mailOf('ana'), password }),
    })
    const cookie = answer.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
    return async () => (await fetch(`${world.url}/api/me`, { headers: { cookie } })).status
  }
  const desk = await elsewhere('Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0')
  const mobile = await elsewhere(
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Mobile Safari/537.36',
  )
  const page = await open({ as: 'ana' })
  const list = page.getByRole('list', { name: 'Where you are signed in' })
  await list.getByText('this one').waitFor()
  await list.getByRole('button', { name: /^End Firefox 144 on Linux/ }).click()
  await page.getByText('That browser is signed out.').waitFor()
  await list.getByText('Firefox 144 on Linux').waitFor({ state: 'detached' })
  expect([await desk(), await mobile()]).toEqual([401, 200])
  await page.getByText('Work mail').first().waitFor()
  expect(await faults(page)).toEqual([])
  await page.setViewportSize(phone)
  expect(await violations(page)).toEqual([])
  await page.setViewportSize(wide)
  await page.keyboard.press('Shift+X')
  await list.getByText('Chrome 143 on Android').waitFor({ state: 'detached' })
  expect([await mobile(), await list.getByRole('listitem').count()]).toEqual([401, 1])
})
