import type { AnyRouter } from '@orpc/server'
import { identity as contract } from '../../../contract/identity/index.ts'
import { handlers } from '../../platform/http/handlers.ts'
import { act, read } from '../../platform/http/request.ts'
import { archiveTeam } from './archive-team.ts'
import { changeMe } from './change-me.ts'
import { changePassword } from './change-password.ts'
import { changeTeam } from './change-team.ts'
import { changeUser } from './change-user.ts'
import { createKey } from './create-key.ts'
import { createTeam } from './create-team.ts'
import { createUser } from './create-user.ts'
import { disableUser } from './disable-user.ts'
import { enableUser } from './enable-user.ts'
import { listKeys, readKey } from './key-queries.ts'
import { readMe } from './me-query.ts'
import { endSession, listSessions } from './my-sessions.ts'
import { listWays } from './my-ways.ts'
import { addPasskey, removePasskey, startPasskey } from './passkeys/mine.ts'
import { removeMember } from './remove-member.ts'
import { restoreTeam } from './restore-team.ts'
import { revokeKey } from './revoke-key.ts'
import { revokeSecret } from './revoke-secret.ts'
import { rotateKey } from './rotate-key.ts'
import { removeSecondFactor } from './second-factor/remove-for.ts'
import { confirmApp, removeApp, renewRecovery, startApp } from './second-factor/set-up.ts'
import { sendLink } from './send-link.ts'
import { setMember } from './set-member.ts'
import { signOutEverywhere } from './sign-out.ts'
import { listTeams, readTeam } from './team-queries.ts'
import { listUsers, readUser } from './user-queries.ts'

export const identityRoutes: AnyRouter = handlers(contract, {
  users: {
    list: read(listUsers),
    read: read(readUser),
    create: act(createUser),
    change: act(changeUser),
    disable: act(disableUser),
    enable: act(enableUser),
    signOut: act(signOutEverywhere),
    sendLink: act(sendLink),
    removeSecondFactor: act(removeSecondFactor),
  },
  teams: {
    list: read(listTeams),
    read: read(readTeam),
    create: act(createTeam),
    change: act(changeTeam),
    archive: act(archiveTeam),
    restore: act(restoreTeam),
    setMember: act(setMember),
    removeMember: act(removeMember),
  },
  keys: {
    list: read(listKeys),
    read: read(readKey),
    create: act(createKey),
    rotate: act(rotateKey),
    revokeSecret: act(revokeSecret),
    revoke: act(revokeKey),
  },
  me: {
    read: read(readMe),
    change: act(changeMe),
    changePassword: act(changePassword),
    sessions: read(listSessions),
    endSession: act(endSession),
    ways: read(listWays),
    startApp: act(startApp),
    confirmApp: act(confirmApp),
    renewRecovery: act(renewRecovery),
    removeApp: act(removeApp),
    startPasskey: act(startPasskey),
    addPasskey: act(addPasskey),
    removePasskey: act(removePasskey),
  },
})
