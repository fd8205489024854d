import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { WelcomeState } from '../../../contract/identity/sign-in.ts'
import { plain } from '../../api.ts'
import { paths } from '../../paths.ts'
import { Failed, Loading } from '../../ui/States.tsx'
import { Bare } from './Bare.tsx'
import { WelcomeForm } from './WelcomeForm.tsx'

const readState = async (token: string): Promise<WelcomeState> => {
  const { signInPaths } = await import('../../../contract/identity/sign-in.ts')
  return (await plain('GET', signInPaths.welcomeState(token))) as WelcomeState
}

const titles = {
  first_admin: 'Welcome to Watchfloor',
  invitation: 'Welcome to Watchfloor',
  reset: 'Set a new password',
} as const

const words = {
  first_admin: 'Nobody is here yet: you become the first administrator, and invite the others afterwards.',
  invitation: 'Choose a password, and you are in.',
  reset: 'The old password and its sessions end when the new one is set.',
} as const

/** What a one-time link leads to: the first administrator, an invitation, or a new password. */
export function FirstRun() {
  const { token = '' } = useParams({ strict: false })
  // Not read again by itself: once the link was used, its page must not change under the person who used it.
  const state = useQuery({
    queryKey: ['welcome', token],
    queryFn: () => readState(token),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })
  if (state.isError)
    return (
      <Bare title="One-time link">
        <Failed what="The link could not be looked up." error={state.error} retry={() => void state.refetch()} />
      </Bare>
    )
  if (!state.data)
    return (
      <Bare title="One-time link">
        <Loading lines={3} />
      </Bare>
    )
  if (state.data.state !== 'good')
    return (
      <Bare
        title={
          state.data.state === 'expired'
            ? 'This link has expired'
            : state.data.state === 'used'
              ? 'This link was used'
              : 'This link is not known'
        }
      >
        <p className="muted">{state.data.why}</p>
        <p>
          <Link to={paths.signIn()}>Go to sign-in</Link>
        </p>
      </Bare>
    )
  const { purpose, name, email } = state.data
  return (
    <Bare
      title={titles[purpose]}
      words={words[purpose]}
      foot="This link works once. Whoever has it can set this password, so keep it to yourself."
    >
      <WelcomeForm token={token} purpose={purpose} name={name} email={email} />
    </Bare>
  )
}
