import { z } from 'zod'
import { eventType } from '../../platform/events.ts'

const change = z.record(z.string(), z.object({ before: z.unknown(), after: z.unknown() }))
const person = z.object({ name: z.string() })
const linkFor = person.extend({
  email: z.string(),
  /** With it, notify asks `invitationUrl` for the link when the mail is sent; the token stands nowhere. */
  invitationId: z.string(),
  expiresAt: z.string(),
})

const listed = (changes: z.output<typeof change>) =>
  Object.entries(changes)
    .map(([field, c]) => `${field} from ${String(c.before) || 'nothing'} to ${String(c.after) || 'nothing'}`)
    .join(', ')

export const userInvited = eventType(
  'user.invited',
  linkFor.extend({ role: z.string() }),
  (d, who) => `${who} invited ${d.name} (${d.email}) as ${d.role}.`,
)
export const resetOffered = eventType(
  'user.reset_offered',
  linkFor,
  (d, who) => `${who} made a link with which ${d.name} sets a new password.`,
)
export const resetAsked = eventType(
  'user.reset_asked',
  linkFor.extend({ address: z.string() }),
  (d) => `Somebody at ${d.address} asked for a link with which ${d.name} sets a new password.`,
)
export const userWelcomed = eventType(
  'user.welcomed',
  person.extend({ purpose: z.enum(['first_admin', 'invitation', 'reset', 'environment']) }),
  (d) =>
    d.purpose === 'first_admin' || d.purpose === 'environment'
      ? `${d.name} became the first administrator.`
      : `${d.name} set a password with a one-time link.`,
)
export const userChanged = eventType('user.changed', person.extend({ changes: change }), (d, who) =>
  who === d.name ? `${who} changed ${listed(d.changes)}.` : `${who} changed ${listed(d.changes)} for ${d.name}.`,
)
export const userDisabled = eventType(
  'user.disabled',
  person.extend({ sessionsEnded: z.number() }),
  (d, who) => `${who} disabled the account of ${d.name}.`,
)
export const userSignedOut = eventType(
  'user.signed_out',
  person.extend({ sessionsEnded: z.number() }),
  (d, who) => `${who} signed ${d.name} out everywhere.`,
)
export const userEnabled = eventType('user.enabled', person, (d, who) => `${who} enabled the account of ${d.name}.`)
export const passwordChanged = eventType(
  'user.password_changed',
  person,
  (d, who) => `${who} changed the password${who === d.name ? '' : ` of ${d.name}`}.`,
)
export const secondFactorStarted = eventType(
  'user.second_factor_started',
  person,
  (d) => `${d.name} began to set up an app for codes.`,
)
export const secondFactorSet = eventType(
  'user.second_factor_set',
  person,
  (d) => `${d.name} set up an app: signing in asks for its code after the password.`,
)
export const secondFactorRemoved = eventType('user.second_factor_removed', person, (d, who) =>
  who === d.name
    ? `${who} removed the app: the password alone is enough again.`
    : `${who} removed the app of ${d.name}: the password alone is enough again.`,
)
export const recoveryRenewed = eventType(
  'user.recovery_codes_renewed',
  person,
  (d) => `${d.name} made new recovery codes; the old ones work no more.`,
)
export const passkeyAdded = eventType(
  'user.passkey_added',
  person.extend({ passkey: z.string() }),
  (d) => `${d.name} added the passkey ${d.passkey}.`,
)
export const passkeyRemoved = eventType(
  'user.passkey_removed',
  person.extend({ passkey: z.string() }),
  (d) => `${d.name} removed the passkey ${d.passkey}.`,
)
export const passkeyUsed = eventType(
  'session.passkey_used',
  person.extend({ passkey: z.string() }),
  (d) => `${d.name} showed the passkey ${d.passkey}.`,
)
export const providerLinked = eventType(
  'user.provider_linked',
  person.extend({ email: z.string() }),
  (d) => `${d.name} (${d.email}) signed in through the company for the first time.`,
)
export const userArrived = eventType(
  'user.arrived',
  person.extend({ email: z.string(), role: z.string() }),
  (d) => `${d.name} (${d.email}) came through the company's sign-in and became ${d.role}.`,
)
export const codeTaken = eventType(
  'session.code_taken',
  person.extend({ recovery: z.boolean(), left: z.number() }),
  (d) =>
    d.recovery
      ? `${d.name} used a recovery code instead of the app; ${d.left} are left.`
      : `${d.name} gave the code of the app.`,
)
export const firstLinkOffered = eventType(
  'identity.first_link_offered',
  z.object({ invitationId: z.string(), expiresAt: z.string() }),
  () => 'Watchfloor printed a one-time link for the first administrator.',
)

const place = z.object({ address: z.string(), browser: z.string() })
export const sessionStarted = eventType('session.started', place, (d, who) => `${who} signed in from ${d.address}.`)
export const sessionsRevoked = eventType(
  'session.revoked',
  place,
  (d, who) => `${who} ended a session that was begun from ${d.address || 'an unknown address'}.`,
)
export const sessionEnded = eventType('session.ended', z.object({}), (_, who) => `${who} signed out.`)
export const failures = ['password', 'disabled', 'limited', 'code', 'passkey'] as const
const whyFailed = {
  password: 'the password was wrong',
  disabled: 'the account is disabled',
  code: 'the password was right, the code of the app was not',
  passkey: 'the passkey could not be verified',
}
export const sessionFailed = eventType(
  'session.failed',
  place.extend({ name: z.string(), reason: z.enum(failures) }),
  (d) => {
    if (d.reason === 'limited')
      return `Too many failed sign-ins as ${d.name} from ${d.address}; that address has to wait.`
    return `A sign-in as ${d.name} from ${d.address} failed: ${whyFailed[d.reason]}.`
  },
  'warn',
)

const teamData = z.object({ name: z.string() })
const memberData = teamData.extend({ user: z.string() })
export const teamCreated = eventType('team.created', teamData, (d, who) => `${who} added the team ${d.name}.`)
export const teamChanged = eventType(
  'team.changed',
  teamData.extend({ changes: change }),
  (d, who) => `${who} changed ${listed(d.changes)} of the team ${d.name}.`,
)
export const teamArchived = eventType('team.archived', teamData, (d, who) => `${who} archived the team ${d.name}.`)
export const teamRestored = eventType(
  'team.restored',
  teamData,
  (d, who) => `${who} took the team ${d.name} into use again.`,
)
export const memberSet = eventType(
  'team.member_set',
  memberData.extend({ role: z.string(), before: z.string().nullable() }),
  (d, who) =>
    d.before === null
      ? `${who} put ${d.user} into the team ${d.name} as ${d.role}.`
      : `${who} made ${d.user} ${d.role} of the team ${d.name}; before: ${d.before}.`,
)
export const memberRemoved = eventType(
  'team.member_removed',
  memberData,
  (d, who) => `${who} took ${d.user} out of the team ${d.name}.`,
)

const keyData = z.object({ name: z.string() })
export const keyCreated = eventType(
  'key.created',
  keyData.extend({ scopes: z.array(z.string()), hint: z.string() }),
  (d, who) => `${who} made the key ${d.name} (${d.scopes.join(', ')}).`,
)
export const keyRotated = eventType(
  'key.rotated',
  keyData.extend({ hint: z.string() }),
  (d, who) => `${who} made a second secret (…${d.hint}) for the key ${d.name}.`,
)
export const secretRevoked = eventType(
  'key.secret_revoked',
  keyData.extend({ hint: z.string() }),
  (d, who) => `${who} revoked the secret …${d.hint} of the key ${d.name}.`,
)
export const keyRevoked = eventType('key.revoked', keyData, (d, who) => `${who} revoked the key ${d.name}.`)

export const events = [
  userInvited,
  resetOffered,
  resetAsked,
  userWelcomed,
  userChanged,
  userDisabled,
  userEnabled,
  userSignedOut,
  passwordChanged,
  secondFactorStarted,
  secondFactorSet,
  secondFactorRemoved,
  recoveryRenewed,
  passkeyAdded,
  passkeyRemoved,
  passkeyUsed,
  codeTaken,
  providerLinked,
  userArrived,
  firstLinkOffered,
  sessionStarted,
  sessionEnded,
  sessionsRevoked,
  sessionFailed,
  teamCreated,
  teamChanged,
  teamArchived,
  teamRestored,
  memberSet,
  memberRemoved,
  keyCreated,
  keyRotated,
  secretRevoked,
  keyRevoked,
] as const
