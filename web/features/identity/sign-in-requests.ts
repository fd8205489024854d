import type { SignedIn, WaysIn } from '../../../contract/identity/sign-in.ts'
import { plain } from '../../api.ts'

/** What the pages of those who are not signed in ask the server. */

// Fetched when needed: the module brings the validation library along, which these first pages do without.
const addresses = async () => (await import('../../../contract/identity/sign-in.ts')).signInPaths

export type Given = { email: string; password: string; code?: string }

export const signInByPassword = async (given: Given): Promise<SignedIn> =>
  (await plain('POST', (await addresses()).signIn, given)) as SignedIn

export const readWays = async (): Promise<WaysIn> => (await plain('GET', (await addresses()).ways)) as WaysIn

export const askForLink = async (email: string): Promise<unknown> =>
  plain('POST', (await addresses()).forgotten, { email })

export const providerAddress = async (then: string): Promise<string> =>
  `${(await addresses()).provider}?then=${encodeURIComponent(then)}`

/** The browser asks its person for a passkey. Throws a sentence for what the person sees. */
export const signInByPasskey = async (): Promise<SignedIn> => {
  const { passkey, passkeyOptions } = await addresses()
  const { options, token } = (await plain('POST', passkeyOptions, {})) as { options: never; token: string }
  const { startAuthentication } = await import('@simplewebauthn/browser')
  const answer = await startAuthentication({ optionsJSON: options }).catch(rethrown)
  return (await plain('POST', passkey, { token, answer })) as SignedIn
}

/** Browsers say little: who closed the window and who has no passkey get the same name. */
export const rethrown = (error: unknown): never => {
  const name = error instanceof Error ? error.name : ''
  if (name === 'NotAllowedError' || name === 'AbortError')
    throw new Error('No passkey was shown: it was left, or took too long.')
  if (name === 'InvalidStateError') throw new Error('This device has a passkey for you already.')
  throw error
}

export const passkeysWork = (): boolean => 'PublicKeyCredential' in window
