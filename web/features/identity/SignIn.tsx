import { Anchor } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { SignInProblem } from '../../../contract/identity/sign-in.ts'
import { safeThen } from '../../paths.ts'
import { Callout } from '../../ui/States.tsx'
import { Bare } from './Bare.tsx'
import { CodeForm } from './CodeForm.tsx'
import { Forgotten } from './Forgotten.tsx'
import { OtherWays } from './OtherWays.tsx'
import { PasswordSignIn } from './PasswordSignIn.tsx'
import { type Given, readWays } from './sign-in-requests.ts'

const problems: Record<SignInProblem, string> = {
  provider_away: 'Your company’s sign-in does not answer. Try again in a minute, or sign in with your password.',
  provider_refused: 'Your company’s sign-in did not let you in. Try again; if it stays so, ask an administrator.',
  begin_again: 'That took too long, or began in another browser. Begin again.',
  no_mail: 'Your company’s sign-in did not tell your mail address, by which you are known here. Ask an administrator.',
  unverified_mail:
    'Your company’s sign-in has not verified your mail address, so it cannot be believed here. Ask an administrator.',
  unknown_person: 'Nobody has invited you to Watchfloor yet. Ask an administrator.',
  disabled: 'This account is disabled. Ask an administrator.',
}

/** Password, and a code where an app is set up; or a passkey, or the company's sign-in. Afterwards one is where one wanted to be. */
export function SignIn() {
  const navigate = useNavigate()
  const client = useQueryClient()
  const search = useSearch({ strict: false }) as { then?: unknown; problem?: unknown }
  const then = safeThen(search.then)
  const ways = useQuery({ queryKey: ['ways-in'], queryFn: readWays, staleTime: Number.POSITIVE_INFINITY })
  const [given, set] = useState<Given>({ email: '', password: '' })
  const [step, go] = useState<'password' | 'code' | 'forgotten'>('password')
  const done = () => {
    // Whatever was read before belongs to nobody, or to somebody else.
    client.clear()
    void navigate({ href: then, replace: true })
  }
  if (step === 'forgotten')
    return (
      <Bare title="Set a new password" words="A mail with a one-time link comes to you. It works for a day.">
        <Forgotten email={given.email} onBack={() => go('password')} />
      </Bare>
    )
  if (step === 'code')
    return (
      <Bare title="One more step" words="Enter the six digits that your app shows now, or one of your recovery codes.">
        <CodeForm given={given} onDone={done} onBack={() => go('password')} />
      </Bare>
    )
  const problem = problems[search.problem as SignInProblem]
  return (
    <Bare
      title="Sign in"
      words={then === '/' ? undefined : 'You go on where you were.'}
      foot={
        ways.data?.mail ? (
          <>
            <Anchor component="button" type="button" inherit onClick={() => go('forgotten')}>
              Forgotten your password?
            </Anchor>{' '}
            No account yet? Ask an administrator of Watchfloor.
          </>
        ) : (
          'No account yet, or the password is forgotten? An administrator of Watchfloor can give you a one-time link.'
        )
      }
    >
      {problem && (
        <div role="alert">
          <Callout tone="down">{problem}</Callout>
        </div>
      )}
      <PasswordSignIn given={given} set={set} onDone={done} onCode={() => go('code')} />
      <OtherWays provider={ways.data?.provider ?? null} then={then} onDone={done} />
    </Bare>
  )
}
