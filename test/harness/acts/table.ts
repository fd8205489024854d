import type { Browser } from '../identity.ts'
import { chainActs } from './chain-acts.ts'
import { identityActs } from './identity-acts.ts'
import { jobActs } from './job-acts.ts'
import { linkActs } from './link-acts.ts'
import { after, on, type Prepare, type Sent } from './prepare.ts'
import type { Things } from './things.ts'
import { watchActs } from './watch-acts.ts'
import { webhookActs } from './webhook-acts.ts'

const ownMethod = async (t: Things, who: Browser, body: Record<string, unknown> = {}): Promise<Sent> => {
  const made = await who.request('POST', '/api/contact-methods', {
    channel: 'mail',
    config: { address: `${t.fresh('me')}@harbour-bank.example` },
  })
  return { params: { id: (made.json() as { id: string }).id }, body }
}
const ownView = async (t: Things, who: Browser): Promise<string> => {
  const made = await who.request('POST', '/api/tickets/views', { name: t.fresh('Mine'), filter: 'state:open' })
  return (made.json() as { id: string }).id
}
const packet = {
  seen: 'No prices',
  since: '2026-11-20T06:51:00Z',
  hurt: 'Nobody yet',
  tried: 'Nothing yet',
  evidence: 'None yet',
}
/** A ticket that was escalated to the DBAs, and what was done to it then. */
const escalated = (t: Things, ...then: [string, string, object?][]) =>
  t.ticketIn(['POST', 'escalation', { teamId: t.bank.world.teams.dba, ...packet }], ...then)
const acceptedBy = (t: Things) => ({ assigneeId: t.bank.world.people.jonas })
const resolution = { resolution: 'Restarted it.' }

/** Every act of the contract by its name, with what it needs: for tests that go over all of them. */
export const acts: Record<string, Prepare> = {
  ...watchActs,
  ...linkActs,
  ...chainActs,
  ...jobActs,
  ...identityActs,
  ...webhookActs,
  'calendars.create': async (t) => ({
    body: { slug: t.fresh('cal'), name: t.fresh('Calendar'), zone: 'UTC', weekly: t.weekly, provenance: 'By hand' },
  }),
  'calendars.change': on(
    (t) => t.calendar(),
    (t) => ({ name: t.fresh('Calendar') }),
  ),
  'calendars.addHolidays': on(
    (t) => t.calendar(),
    () => ({ days: [{ date: '2031-12-25', name: 'Christmas Day' }] }),
  ),
  'calendars.followFeed': on(
    (t) => t.calendar(),
    () => ({ url: 'https://feeds.example.com/holidays.ics' }),
  ),
  'calendars.leaveFeed': on((t) => t.followingCalendar()),
  'catalog.services.create': async (t) => ({
    body: { slug: t.fresh('svc'), name: t.fresh('Service'), kind: 'technical', description: 'What it is' },
  }),
  'catalog.services.change': on(
    (t) => t.service(),
    (t) => ({ name: t.fresh('Service'), description: 'Another' }),
  ),
  'catalog.services.archive': on((t) => t.service()),
  'catalog.services.restore': after(
    (t) => t.service(),
    (id) => `/services/${id}/archival`,
  ),
  'catalog.services.addDependency': on(
    (t) => t.service(),
    (t) => ({ hostId: t.bank.world.hosts.mdgw01 }),
  ),
  'catalog.services.removeDependency': async (t) => ({ params: await t.dependencyOf() }),
  'catalog.services.setBusinessUnits': on(
    (t) => t.service(),
    (t) => ({ businessUnitIds: [t.bank.world.units.emeaCash] }),
  ),
  'catalog.services.addCutOff': on(
    (t) => t.service(),
    () => ({ name: 'Open', atTime: '08:00', zone: 'UTC' }),
  ),
  'catalog.services.changeCutOff': async (t) => ({ params: await t.cutOff(), body: { name: 'Close' } }),
  'catalog.services.removeCutOff': async (t) => ({ params: await t.cutOff() }),
  'catalog.hosts.add': async (t) => ({ body: { name: t.fresh('host'), site: 'London', description: 'A machine' } }),
  'catalog.hosts.change': on(
    (t) => t.host(),
    () => ({ site: 'Tokyo', description: 'Another' }),
  ),
  'catalog.hosts.delete': on((t) => t.host()),
  'catalog.businessUnits.add': async (t) => ({
    body: { slug: t.fresh('unit'), name: t.fresh('Unit'), site: 'London' },
  }),
  'catalog.businessUnits.change': on(
    (t) => t.unit(),
    (t) => ({ name: t.fresh('Unit') }),
  ),
  'catalog.businessUnits.delete': on((t) => t.unit()),
  'desk.saveView': async (t) => ({ body: { name: t.fresh('Late'), filter: 'state:open' } }),
  'desk.changeView': async (t, who) => ({ params: { id: await ownView(t, who) }, body: { name: 'Later' } }),
  'desk.deleteView': async (t, who) => ({ params: { id: await ownView(t, who) } }),
  'declarations.apply': async (t) => ({
    body: { files: [{ name: 'units.yaml', text: `kind: business-unit\nslug: ${t.fresh('unit')}\n` }] },
  }),
  'catalog.changes.note': on(
    (t) => t.service(),
    () => ({ title: 'Release 4.2', details: 'Went live' }),
  ),
  'catalog.changes.remove': async (t) => ({ params: await t.serviceChange() }),
  'knowledge.create': async (t) => ({ body: { kind: 'article', title: t.fresh('How to'), body: 'So' } }),
  'knowledge.change': on(
    (t) => t.knowledge(),
    (t) => ({ title: t.fresh('How to') }),
  ),
  'knowledge.publish': on((t) => t.knowledge()),
  'knowledge.unpublish': after(
    (t) => t.knowledge(),
    (id) => `/knowledge/${id}/publication`,
  ),
  'knowledge.retire': on((t) => t.knowledge()),
  'knowledge.bringBack': after(
    (t) => t.knowledge(),
    (id) => `/knowledge/${id}/retirement`,
  ),
  'knowledge.restore': async (t) => {
    const id = await t.knowledge()
    await t.bank.api('PATCH', `/knowledge/${id}`, { title: t.fresh('Otherwise') })
    return { params: { id, version: '1' } }
  },
  'desk.knowledge.use': async (t) => ({ params: { id: await t.ticket() }, body: { itemId: await t.runbook() } }),
  'desk.knowledge.unlink': async (t) => ({ params: await t.followed() }),
  'desk.knowledge.judge': async (t) => ({ params: await t.followed(), body: { helped: true } }),
  'desk.knowledge.tick': async (t) => ({ params: { ...(await t.followed()), stepId: 'one' }, body: { note: 'Seen' } }),
  'desk.knowledge.untick': async (t) => {
    const { id, itemId } = await t.followed()
    await t.bank.api('PUT', `/tickets/${id}/knowledge/${itemId}/steps/one`, {})
    return { params: { id, itemId, stepId: 'one' } }
  },
  'desk.knowledge.draft': on(
    (t) => t.ticket(),
    () => ({ kind: 'known_error' }),
  ),
  'desk.open': async (t) => ({ body: { title: t.fresh('Orders are slow'), description: 'Since this morning' } }),
  'desk.change': on(
    (t) => t.ticket(),
    (t) => ({ title: t.fresh('Orders are slow'), description: 'Another' }),
  ),
  'desk.reply': on(
    (t) => t.ticket(),
    () => ({ body: 'We look at it.' }),
  ),
  'desk.note': on(
    (t) => t.ticket(),
    () => ({ body: 'Looks like the cache.' }),
  ),
  'desk.callOut': on(
    (t) => t.ticket(),
    () => ({ body: 'Called the desk: it is back.' }),
  ),
  'desk.take': on((t) => t.ticket()),
  'desk.assign': on(
    (t) => t.ticket(),
    (t) => ({ userId: t.bank.world.people.priya }),
  ),
  'desk.unassign': async (t) => ({
    params: { id: await t.ticketIn(['PUT', 'assignee', { userId: t.bank.world.people.priya }]) },
  }),
  'desk.move': on(
    (t) => t.ticket(),
    (t) => ({ teamId: t.bank.world.teams.dba }),
  ),
  'desk.escalate': on(
    (t) => t.ticket(),
    (t) => ({ teamId: t.bank.world.teams.dba, ...packet }),
  ),
  'desk.withdrawEscalation': on((t) => escalated(t)),
  'desk.acceptEscalation': on((t) => escalated(t), acceptedBy),
  'desk.takeBackAcceptance': on((t) => escalated(t, ['POST', 'escalation/acceptance', acceptedBy(t)])),
  'desk.sendBackEscalation': on(
    (t) => escalated(t),
    () => ({ reason: 'Which database?' }),
  ),
  'desk.takeBackReturn': on((t) => escalated(t, ['POST', 'escalation/return', { reason: 'Which database?' }])),
  'desk.escalateUp': on(
    (t) => t.ticket({ teamId: t.bank.world.teams.markets }),
    () => ({ reason: 'The head of the desk calls' }),
  ),
  'desk.snooze': on(
    (t) => t.ticket(),
    (t) => ({ until: t.later(60) }),
  ),
  'desk.unsnooze': async (t, who) => {
    const id = await t.ticket()
    await who.request('PUT', `/api/tickets/${id}/snooze`, { until: t.later(60) })
    return { params: { id } }
  },
  'desk.beHere': on(
    (t) => t.ticket(),
    () => ({ typing: 'reply' }),
  ),
  'desk.leaveHere': on((t) => t.ticket()),
  'desk.runMacro': async (t) => ({ params: { id: await t.ticket() }, body: { macroId: await t.macro() } }),
  'desk.undoMacro': async (t) => {
    const id = await t.ticket()
    const run = await t.bank.api<{ undo: { input: { runId: string } } }>('POST', `/tickets/${id}/macro-runs`, {
      macroId: await t.macro(),
    })
    return { params: { id, runId: run.undo.input.runId } }
  },
  'desk.macros.create': async (t) => ({ body: { teamId: null, name: t.fresh('Macro'), acts: [{ act: 'unassign' }] } }),
  'desk.macros.change': on(
    (t) => t.macro(),
    (t) => ({ name: t.fresh('Macro') }),
  ),
  'desk.macros.delete': on((t) => t.macro()),
  'desk.cannedReplies.create': async (t) => ({ body: { teamId: null, name: t.fresh('Reply'), body: 'Hello' } }),
  'desk.cannedReplies.change': on(
    (t) => t.cannedReply(),
    () => ({ body: 'Hello {{requester.firstName}}' }),
  ),
  'desk.cannedReplies.delete': on((t) => t.cannedReply()),
  'desk.hierarchy.set': async (t) => ({ body: { teamId: await t.team(), managerIds: [], rules: [] } }),
  'desk.hierarchy.remove': async (t) => {
    const teamId = await t.team()
    await t.bank.api('PUT', '/hierarchy-rules', { teamId, managerIds: [], rules: [] })
    return { params: { teamId } }
  },
  'desk.pend': on(
    (t) => t.ticket(),
    () => ({ reason: 'user' }),
  ),
  'desk.resume': async (t) => ({ params: { id: await t.ticketIn(['POST', 'pending', { reason: 'user' }]) } }),
  'desk.resolve': on(
    (t) => t.ticket(),
    () => resolution,
  ),
  'desk.reopen': async (t) => ({ params: { id: await t.ticketIn(['POST', 'resolution', resolution]) } }),
  'desk.close': async (t) => ({ params: { id: await t.ticketIn(['POST', 'resolution', resolution]) } }),
  'desk.takeBackClosure': async (t) => ({
    params: { id: await t.ticketIn(['POST', 'resolution', resolution], ['POST', 'closure']) },
  }),
  'desk.cancel': on(
    (t) => t.ticket(),
    () => ({ reason: 'Opened by mistake' }),
  ),
  'desk.watch': async (t) => ({ params: { id: await t.ticket(), userId: t.bank.world.people.laurent } }),
  'desk.unwatch': async (t) => {
    const userId = t.bank.world.people.laurent
    return { params: { id: await t.ticketIn(['PUT', `watchers/${userId}`]), userId } }
  },
  'desk.removeAttachment': async (t, who) => ({ params: { id: await t.attachment(who) } }),
  'desk.joinDisturbance': async (t) => ({ params: { id: await t.disturbance() } }),
  'desk.leaveDisturbance': async (t, who) => {
    const id = await t.disturbance()
    await who.request('PUT', `/api/disturbances/${id}/affected/me`, {})
    return { params: { id } }
  },
  'notify.addMethod': async (t) => ({
    body: { channel: 'mail', label: 'Phone', config: { address: `${t.fresh('m')}@harbour-bank.example` } },
  }),
  'notify.readyForPush': async () => ({}),
  'notify.sendCode': (t, who) => ownMethod(t, who),
  'notify.verify': async (t, who) => {
    const { params } = await ownMethod(t, who)
    return { params: params ?? {}, body: { code: await t.codeOf(params?.id ?? '') } }
  },
  'notify.test': async (t, who) => {
    const { params } = await ownMethod(t, who)
    await who.request('PUT', `/api/contact-methods/${params?.id}/verification`, {
      code: await t.codeOf(params?.id ?? ''),
    })
    return { params: params ?? {} }
  },
  'notify.removeMethod': (t, who) => ownMethod(t, who),
  'notify.setRules': async (t, who) => {
    const { params } = await ownMethod(t, who)
    return { body: { urgency: 'low', rules: [{ methodId: params?.id, afterMinutes: 0 }] } }
  },
  'oncall.createSchedule': async (t) => ({
    body: {
      slug: t.fresh('schedule'),
      name: t.fresh('Schedule'),
      teamId: t.bank.world.teams.markets,
      zone: 'Europe/London',
      layers: t.layers(),
    },
  }),
  'oncall.changeSchedule': on(
    (t) => t.schedule(),
    (t) => ({ name: t.fresh('Schedule') }),
  ),
  'oncall.addOverride': async (t) => ({
    params: { scheduleId: await t.schedule() },
    body: { from: t.later(60), to: t.later(120), addUserId: t.bank.world.people.sam, reason: 'Swap' },
  }),
  'oncall.removeOverride': on((t) => t.override()),
  'oncall.createPolicy': async (t) => ({
    body: { slug: t.fresh('policy'), name: t.fresh('Policy'), steps: t.steps() },
  }),
  'oncall.changePolicy': on(
    (t) => t.policy(),
    (t) => ({ name: t.fresh('Policy') }),
  ),
  'oncall.assignPolicy': async (t) => ({ params: { id: await t.policy(), serviceId: await t.service() } }),
  'oncall.unassignPolicy': async (t) => {
    const [id, serviceId] = [await t.policy(), await t.service()]
    await t.bank.api('PUT', `/escalation-policies/${id}/services/${serviceId}`, {})
    return { params: { id, serviceId } }
  },
  'oncall.acknowledge': async (t) => ({ params: { pageId: await t.page() } }),
  'oncall.pass': async (t) => ({ params: { pageId: await t.page() } }),
  'sla.create': async (t) => ({ body: { name: t.fresh('SLA'), targets: t.slaTargets } }),
  'sla.change': on(
    (t) => t.slaPolicy(),
    (t) => ({ name: t.fresh('SLA') }),
  ),
  'sla.move': async (t) => {
    const before = await t.slaPolicy()
    return { params: { id: await t.slaPolicy() }, body: { before } }
  },
  'sla.delete': on((t) => t.slaPolicy()),
  'desk.changeMatrix': async (t) => ({ body: { matrix: await t.otherMatrix() } }),
  'catalog.businessUnits.setOfPerson': async (t) => ({
    params: { userId: await t.user() },
    body: { businessUnitIds: [t.bank.world.units.emeaCash] },
  }),
  'requests.types.create': async (t) => ({ body: { ...t.requestTypeBody(), slug: t.fresh('type') } }),
  'requests.types.change': on(
    (t) => t.requestType(),
    (t) => ({ name: t.fresh('Type') }),
  ),
  'requests.types.retire': on((t) => t.requestType()),
  'requests.types.restore': after(
    (t) => t.requestType(),
    (id) => `/request-types/${id}/retirement`,
  ),
  'requests.submit': async (t) => ({ body: { typeId: await t.requestType(), answers: { what: 'Repo blotter' } } }),
  'requests.tick': async (t) => ({ params: await t.requestStep() }),
  'requests.untick': async (t) => {
    const params = await t.requestStep()
    await t.bank.api('PUT', `/requests/${params.id}/steps/${params.stepId}`, {})
    return { params }
  },
  'requests.askAgain': async (t) => ({ params: { id: await t.refusedRequest() } }),
  'requests.approvals.decide': on(
    (t) => t.approval(),
    () => ({ decision: 'approve', reason: 'Needed' }),
  ),
  'requests.approvals.delegate': on(
    (t) => t.approval(),
    (t) => ({ userId: t.bank.world.people.james }),
  ),
  'shift.announcements.make': async (t) => {
    await t.roomToAnnounce()
    return { body: { title: t.fresh('Patches tonight'), body: 'By **the vendor**.' } }
  },
  'shift.announcements.end': on((t) => t.announcement()),
  'shift.announcements.restore': async (t) => {
    const id = await t.announcement()
    await t.bank.api('DELETE', `/announcements/${id}`)
    return { params: { id } }
  },
}

/** Routes that write and are not in the table, and why. */
export const otherActs: Record<string, string> = {
  'alerts.maintenance.preview': 'asks and writes nothing',
  'alerts.silences.preview': 'asks and writes nothing',
  'alerts.routes.preview': 'asks and writes nothing',
  'oncall.previewSchedule': 'asks and writes nothing',
  'oncall.previewPolicy': 'asks and writes nothing',
  'chains.whatIf': 'asks and writes nothing',
  'jobs.preview': 'asks and writes nothing',
  'imports.preview': 'asks and writes nothing',
  'calendars.proposeHolidays': 'asks and writes nothing',
  'calendars.decideFeed': 'asks for a feed that was read: see calendars/feeds/feeds.test.ts',
  'sla.preview': 'asks and writes nothing',
  'monitors.try': 'looks and writes nothing',
  'schedulers.test': 'asks and writes nothing',
  'identity.me.changePassword': 'ends the session that asks: see identity/me.test.ts',
  'identity.me.endSession': 'a key has no sessions: see identity/me.test.ts',
  'identity.me.startApp': 'asks for one’s own password: see identity/second-factor/second-factor.test.ts',
  'identity.me.confirmApp': 'asks for a code of the app: see the same',
  'identity.me.renewRecovery': 'asks for one’s own password: see the same',
  'identity.me.removeApp': 'asks for one’s own password: see the same',
  'identity.me.startPasskey': 'asks for one’s own password: see e2e/sign-in-ways.test.ts',
  'identity.me.addPasskey': 'asks for an authenticator: see the same',
  'identity.me.removePasskey': 'needs a passkey: see the same',
  'requests.approvals.decideByLink': 'asks for a signed link: see scenarios/a-request.test.ts',
  'oncall.answerByLink': 'asks for a signed link: see links-and-sessions.test.ts',
}
