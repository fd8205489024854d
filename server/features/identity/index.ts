/**
 * Identity owns who is who: people and their roles, teams, sessions, one-time links, and keys for programs. It
 * promises: nobody gets in without a password (and a code, where an app is set up), a passkey, the company's sign-in, a
 * session or a key; whoever is disabled or demoted is so from the next
 * request on; one administrator who can sign in is always left; secrets and links are shown once and stand nowhere;
 * failed sign-ins slow down where they come from, and never lock the owner out.
 */
import type { FastifyInstance } from 'fastify'
import { signInPaths, type WaysIn } from '../../../contract/identity/sign-in.ts'
import type { Platform } from '../../platform/platform.ts'
import type { Feature } from '../../platform/registry-of-work.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { archiveTeam } from './archive-team.ts'
import { changeMe } from './change-me.ts'
import { changePassword } from './change-password.ts'
import { changeTeam } from './change-team.ts'
import { changeUser } from './change-user.ts'
import { cleanUp } from './clean-up.ts'
import { createKey } from './create-key.ts'
import { createTeam } from './create-team.ts'
import { createUser } from './create-user.ts'
import { teamDeclaration } from './declare.ts'
import { disableUser } from './disable-user.ts'
import { enableUser } from './enable-user.ts'
import { createEnter } from './enter.ts'
import { events } from './events.ts'
import { adminFromEnvironment, offerFirstLink } from './first-sign-in.ts'
import { mountForgotten, sendForgotten } from './forgotten.ts'
import { endSession } from './my-sessions.ts'
import { addPasskey, removePasskey, startPasskey } from './passkeys/mine.ts'
import { mountPasskeySignIn } from './passkeys/sign-in.ts'
import { takePasskey } from './passkeys/take-passkey.ts'
import { providerOf } from './provider/client.ts'
import { mountProviderSignIn } from './provider/sign-in.ts'
import { takeProviderPerson } from './provider/take-person.ts'
import { removeMember } from './remove-member.ts'
import { restoreTeam } from './restore-team.ts'
import { revokeKey } from './revoke-key.ts'
import { revokeSecret } from './revoke-secret.ts'
import { rotateKey } from './rotate-key.ts'
import { removeSecondFactor } from './second-factor/remove-for.ts'
import { confirmApp, removeApp, renewRecovery, SEALED_APP, startApp } from './second-factor/set-up.ts'
import { takeCode } from './second-factor/take-code.ts'
import { sendLink } from './send-link.ts'
import { noteSessionEnded, noteSessionFailed, noteSessionStarted } from './sessions.ts'
import { setMember } from './set-member.ts'
import { mountSignIn } from './sign-in.ts'
import { signOutEverywhere } from './sign-out.ts'
import { mountWelcome } from './welcome.ts'

/** The routes that sign people in and out: the one exemption from the contract and from verbs. */
export const mountAuth = (app: FastifyInstance, platform: Platform): void => {
  const enter = createEnter(platform)
  mountWelcome(app, platform, mountSignIn(app, platform, enter))
  mountPasskeySignIn(app, platform, enter)
  mountProviderSignIn(app, platform, enter)
  mountForgotten(app, platform)
  app.get(
    signInPaths.ways,
    async (): Promise<WaysIn> => ({
      provider: providerOf(platform.config)?.name ?? null,
      mail: platform.config.SMTP_URL !== undefined,
    }),
  )
}

export const identity: Feature = {
  name: 'identity',
  names: [
    { kind: 'user', table: 'users', column: 'name' },
    { kind: 'team', table: 'teams', column: 'name' },
  ],
  verbs: [
    createUser,
    changeUser,
    disableUser,
    enableUser,
    sendLink,
    signOutEverywhere,
    acceptInvitation,
    adminFromEnvironment,
    offerFirstLink,
    createTeam,
    changeTeam,
    archiveTeam,
    restoreTeam,
    setMember,
    removeMember,
    createKey,
    rotateKey,
    revokeSecret,
    revokeKey,
    changeMe,
    changePassword,
    endSession,
    startApp,
    confirmApp,
    renewRecovery,
    removeApp,
    removeSecondFactor,
    takeCode,
    startPasskey,
    addPasskey,
    removePasskey,
    takePasskey,
    takeProviderPerson,
    sendForgotten,
    noteSessionStarted,
    noteSessionEnded,
    noteSessionFailed,
  ],
  events,
  declarations: [teamDeclaration],
  schedule: [cleanUp],
  sealed: [{ table: 'second_factors', key: 'user_id', column: 'secret', purpose: SEALED_APP }],
  mount: mountAuth,
}

export { authenticate } from './authenticate.ts'
export { resetAsked, resetOffered, userDisabled, userInvited } from './events.ts'
export { prepareFirstSignIn } from './first-sign-in.ts'
export { invitationUrl } from './invitation-token.ts'
export { findTeam, findUser, findUserByEmail, teamMembers, userNames } from './lookup.ts'
export { readKeyActor } from './read-key.ts'
export { identityRoutes } from './routes.ts'
export { createTeam, createUser, setMember }
