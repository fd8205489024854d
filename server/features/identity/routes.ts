import { implement } from '@orpc/server'
import { identity as contract } from '../../../contract/identity/index.ts'
import { act, type RequestContext, read } from '../../platform/http/request.ts'
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
import { removeMember } from './remove-member.ts'
import { restoreTeam } from './restore-team.ts'
import { revokeKey } from './revoke-key.ts'
import { revokeSecret } from './revoke-secret.ts'
import { rotateKey } from './rotate-key.ts'
import { sendLink } from './send-link.ts'
import { setMember } from './set-member.ts'
import { listTeams, readTeam } from './team-queries.ts'
import { listUsers, readUser } from './user-queries.ts'

const os = implement(contract).$context<RequestContext>()

export const identityRoutes = os.router({
  users: {
    list: os.users.list.handler(read(listUsers)),
    read: os.users.read.handler(read(readUser)),
    create: os.users.create.handler(act(createUser)),
    change: os.users.change.handler(act(changeUser)),
    disable: os.users.disable.handler(act(disableUser)),
    enable: os.users.enable.handler(act(enableUser)),
    sendLink: os.users.sendLink.handler(act(sendLink)),
  },
  teams: {
    list: os.teams.list.handler(read(listTeams)),
    read: os.teams.read.handler(read(readTeam)),
    create: os.teams.create.handler(act(createTeam)),
    change: os.teams.change.handler(act(changeTeam)),
    archive: os.teams.archive.handler(act(archiveTeam)),
    restore: os.teams.restore.handler(act(restoreTeam)),
    setMember: os.teams.setMember.handler(act(setMember)),
    removeMember: os.teams.removeMember.handler(act(removeMember)),
  },
  keys: {
    list: os.keys.list.handler(read(listKeys)),
    read: os.keys.read.handler(read(readKey)),
    create: os.keys.create.handler(act(createKey)),
    rotate: os.keys.rotate.handler(act(rotateKey)),
    revokeSecret: os.keys.revokeSecret.handler(act(revokeSecret)),
    revoke: os.keys.revoke.handler(act(revokeKey)),
  },
  me: {
    read: os.me.read.handler(read(readMe)),
    change: os.me.change.handler(act(changeMe)),
    changePassword: os.me.changePassword.handler(act(changePassword)),
  },
})
