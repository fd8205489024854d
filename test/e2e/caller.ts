import { signInPaths } from '../../contract/identity/sign-in.ts'
import type { PersonName } from '../../dev/seed/people.ts'
import { type BrowserWorld, password } from './world.ts'

/** Asks the API as people of the bank do, each with a session of his own: `await call('priya', 'POST', '/tickets', {…})`. */
export const callerOf = (world: Pick<BrowserWorld, 'url' | 'mailOf'>) => {
  const sessions = new Map<PersonName, Promise<string>>()
  const headers = { origin: world.url, 'content-type': 'application/json' }
  const signIn = async (who: PersonName): Promise<string> => {
    const answer = await fetch(world.url + signInPaths.signIn, {
      method: 'POST',
      headers,
      body: JSON.stringify({ email: world.mailOf(who), password }),
    })
    if (!answer.ok) throw new Error(`${who} cannot sign in: ${answer.status} ${await answer.text()}`)
    return answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ')
  }
  // biome-ignore lint/suspicious/noExplicitAny: an answer is looked at field by field.
  return async (who: PersonName, method: string, path: string, body?: unknown): Promise<any> => {
    const session = sessions.get(who) ?? signIn(who)
    sessions.set(who, session)
    const answer = await fetch(`${world.url}/api${path}`, {
      method,
      headers: { ...(body === undefined ? { origin: world.url } : headers), cookie: await session },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${who} ${method} ${path}: ${answer.status} ${text}`)
    return text ? JSON.parse(text) : null
  }
}
