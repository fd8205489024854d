import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { anywhere } from './anywhere.ts'
import { ByReader } from './parts/by-reader.tsx'
import { Frame } from './parts/Frame.tsx'
import type { NavEntry } from './parts/nav.ts'
import { NotFound, PageFailed } from './parts/PageFailed.tsx'
import type { PortalEntry } from './parts/PortalFrame.tsx'
import { paths } from './paths.ts'
import { Loading } from './ui/States.tsx'

// Each page is a chunk of its own, fetched when somebody goes there: features/desk/Queue.tsx exports Queue.
const files = import.meta.glob<Record<string, ComponentType>>([
  './features/floor/Floor.tsx',
  './features/portal/{Home,Report,MyTicket,Disturbance}.tsx',
  './features/desk/{Queue,NewTicket,Ticket,Matrix,PhoneLog,DeskSettings}.tsx',
  './features/settings/{Settings,Audit,Self}.tsx',
  './features/sla/{SlaPolicies,SlaPolicy,NewSlaPolicy}.tsx',
  './features/calendars/{Calendars,Calendar,NewCalendar,ImportHolidays,HolidayFeed}.tsx',
  './features/requests/{Catalogue,AskFor,Approvals,Approve,RequestTypes,NewRequestType,EditRequestType}.tsx',
  './features/alerts/{Alerts,Alert,Sources,NewSource,Source,Routes,NewRoute,Route}.tsx',
  './features/monitors/{Monitors,NewMonitor,Monitor,EditMonitor}.tsx',
  './features/jobs/{Jobs,NewJob,ImportJobs,JobsCalendar,Job,EditJob}.tsx',
  './features/schedulers/{Schedulers,NewScheduler,Scheduler,EditScheduler}.tsx',
  './features/reports/Month.tsx',
  './features/chains/{Chains,BusinessDeadlines,NewDeadline,PreFlight,Backtest,Chain,EditDeadline,JobGraph,ChainSettings}.tsx',
  './features/webhooks/Webhooks.tsx',
  './features/acts/{SchedulerActions,NewSchedulerAction,SchedulerAction}.tsx',
  './features/oncall/{OnCall,Schedule,Policy,Acknowledge}.tsx',
  './features/catalog/{Services,Service,ServiceMap,Hosts,Host,BusinessUnits,BusinessUnit}.tsx',
  './features/knowledge/{Knowledge,NewKnowledge,KnowledgeItem,EditKnowledge}.tsx',
  './features/identity/{SignIn,FirstRun,People,Person,Team}.tsx',
  './features/notify/ContactMethods.tsx',
])

type Screen = {
  page: string
  path: string
  nav?: Omit<NavEntry, 'to'>
  /** What those who ask see there instead. */
  asker?: string
  /** Stands in the bar of those who ask. */
  portal?: Omit<PortalEntry, 'to'>
}

const framed: readonly Screen[] = [
  {
    page: 'floor/Floor',
    asker: 'portal/Home',
    path: paths.floor(),
    portal: { label: 'Home', icon: 'floor', k: 'g h' },
    nav: { label: 'Floor', icon: 'floor', k: 'g f', may: 'floor.read', group: 'now', phone: true },
  },
  {
    page: 'desk/Queue',
    asker: 'portal/Home',
    path: paths.queue(),
    nav: { label: 'Queue', icon: 'queue', k: 'g q', may: 'ticket.read', count: 'queue', group: 'now', phone: true },
  },
  {
    page: 'desk/NewTicket',
    asker: 'portal/Report',
    path: paths.newTicket(),
    portal: { label: 'Report a problem', short: 'Report', icon: 'alerts', k: 'g r' },
  },
  { page: 'desk/PhoneLog', asker: 'portal/Report', path: paths.phoneLog() },
  { page: 'desk/Ticket', asker: 'portal/MyTicket', path: paths.ticket('$number') },
  { page: 'portal/Disturbance', path: paths.disturbance('$number') },
  {
    page: 'requests/Approvals',
    path: paths.approvals(),
    portal: { label: 'Approvals', icon: 'approvals', k: 'g y', count: 'approvals' },
    nav: { label: 'Approvals', icon: 'approvals', k: 'g y', may: 'approval.read', count: 'approvals', group: 'now' },
  },
  {
    page: 'requests/Catalogue',
    path: paths.catalogue(),
    portal: { label: 'Ask for something', short: 'Ask', icon: 'catalogue', k: 'g c' },
    nav: { label: 'Catalogue', icon: 'catalogue', k: 'g c', may: 'request_type.read', group: 'plan' },
  },
  { page: 'requests/AskFor', path: paths.askFor('$slug') },
  { page: 'requests/RequestTypes', path: paths.requestTypes() },
  { page: 'requests/NewRequestType', path: paths.newRequestType() },
  { page: 'requests/EditRequestType', path: paths.requestType('$slug') },
  {
    page: 'alerts/Alerts',
    path: paths.alerts(),
    nav: { label: 'Alerts', icon: 'alerts', k: 'g a', may: 'alert.read', count: 'alerts', group: 'now', phone: true },
  },
  { page: 'alerts/Alert', path: paths.alert('$id') },
  {
    page: 'monitors/Monitors',
    path: paths.monitors(),
    nav: { label: 'Monitors', icon: 'monitors', k: 'g m', may: 'monitor.read', count: 'monitors', group: 'now' },
  },
  { page: 'monitors/NewMonitor', path: paths.newMonitor() },
  { page: 'monitors/Monitor', path: paths.monitor('$id') },
  { page: 'monitors/EditMonitor', path: paths.editMonitor('$id') },
  {
    page: 'jobs/Jobs',
    path: paths.jobs(),
    nav: { label: 'Jobs', icon: 'jobs', k: 'g j', may: 'job.read', count: 'jobs', group: 'now' },
  },
  { page: 'jobs/NewJob', path: paths.newJob() },
  { page: 'jobs/ImportJobs', path: paths.importJobs() },
  { page: 'jobs/JobsCalendar', path: paths.jobsCalendar() },
  { page: 'schedulers/Schedulers', path: paths.schedulers() },
  { page: 'schedulers/NewScheduler', path: paths.newScheduler() },
  { page: 'schedulers/Scheduler', path: paths.scheduler('$id') },
  { page: 'schedulers/EditScheduler', path: paths.editScheduler('$id') },
  { page: 'jobs/Job', path: paths.job('$id') },
  { page: 'jobs/EditJob', path: paths.editJob('$id') },
  { page: 'chains/JobGraph', path: paths.jobGraph('$id') },
  {
    page: 'chains/Chains',
    asker: 'chains/BusinessDeadlines',
    path: paths.chains(),
    portal: { label: 'Deadlines', icon: 'chains', k: 'g d', may: 'chain.read' },
    nav: {
      label: 'Deadlines',
      icon: 'chains',
      k: 'g d',
      may: 'chain.read',
      count: 'chains',
      group: 'now',
      also: 'chains batch tonight',
    },
  },
  { page: 'chains/NewDeadline', path: paths.newDeadline() },
  { page: 'chains/PreFlight', path: paths.preFlight() },
  { page: 'chains/Backtest', path: paths.backtest() },
  { page: 'chains/Chain', asker: 'chains/BusinessDeadlines', path: paths.chain('$id') },
  { page: 'chains/EditDeadline', path: paths.editDeadline('$id') },
  {
    page: 'oncall/OnCall',
    path: paths.onCall(),
    nav: {
      label: 'On-call',
      icon: 'onCall',
      k: 'g o',
      may: 'schedule.read',
      group: 'plan',
      phone: true,
    },
  },
  { page: 'oncall/Schedule', path: paths.schedule('$id') },
  { page: 'oncall/Policy', path: paths.policy('$id') },
  {
    page: 'reports/Month',
    path: paths.reports(),
    portal: { label: 'The month', short: 'Month', icon: 'reports', k: 'g v', may: 'report.read' },
    nav: { label: 'Reports', icon: 'reports', k: 'g v', may: 'report.read', group: 'plan' },
  },
  {
    page: 'catalog/Services',
    path: paths.services(),
    nav: { label: 'Services', icon: 'services', k: 'g s', may: 'service.read', group: 'plan' },
  },
  { page: 'catalog/ServiceMap', path: paths.serviceMap() },
  { page: 'catalog/Hosts', path: paths.hosts() },
  { page: 'catalog/Host', path: paths.host('$id') },
  { page: 'catalog/BusinessUnits', path: paths.businessUnits() },
  { page: 'catalog/BusinessUnit', path: paths.businessUnit('$id') },
  { page: 'catalog/Service', path: paths.service('$id') },
  {
    page: 'knowledge/Knowledge',
    path: paths.knowledge(),
    portal: { label: 'Help articles', short: 'Help', icon: 'knowledge', k: 'g k' },
    nav: { label: 'Knowledge', icon: 'knowledge', k: 'g k', may: 'knowledge.read', group: 'plan' },
  },
  { page: 'knowledge/NewKnowledge', path: paths.newKnowledge() },
  { page: 'knowledge/KnowledgeItem', path: paths.knowledgeItem('$number') },
  { page: 'knowledge/EditKnowledge', path: paths.editKnowledge('$number') },
  {
    page: 'identity/People',
    path: paths.people(),
    nav: { label: 'People and teams', icon: 'people', k: 'g p', may: 'people.read', group: 'plan' },
  },
  { page: 'identity/Person', path: paths.person('$id') },
  { page: 'identity/Team', path: paths.team('$id') },
  {
    page: 'alerts/Sources',
    path: paths.sources(),
    nav: { label: 'Sources', icon: 'sources', k: 'g r', may: 'source.read', group: 'plan' },
  },
  { page: 'alerts/NewSource', path: paths.newSource() },
  { page: 'alerts/Source', path: paths.source('$id') },
  {
    page: 'alerts/Routes',
    path: paths.routes(),
    nav: { label: 'Routes', icon: 'routes', k: 'g t', may: 'alert_route.read', group: 'plan' },
  },
  { page: 'alerts/NewRoute', path: paths.newRoute() },
  { page: 'alerts/Route', path: paths.route('$id') },
  {
    page: 'settings/Settings',
    path: paths.settings(),
    nav: { label: 'Settings', icon: 'settings', k: 'g e', may: 'sla.read', group: 'plan' },
  },
  { page: 'sla/SlaPolicies', path: paths.slaPolicies() },
  { page: 'sla/NewSlaPolicy', path: paths.newSlaPolicy() },
  { page: 'sla/SlaPolicy', path: paths.slaPolicy('$id') },
  { page: 'desk/Matrix', path: paths.matrix() },
  { page: 'settings/Self', path: paths.self() },
  { page: 'settings/Audit', path: paths.audit() },
  { page: 'acts/SchedulerActions', path: paths.schedulerActions() },
  { page: 'chains/ChainSettings', path: paths.chainSettings() },
  { page: 'webhooks/Webhooks', path: paths.webhooks() },
  { page: 'acts/NewSchedulerAction', path: paths.newSchedulerAction() },
  { page: 'acts/SchedulerAction', path: paths.schedulerAction('$id') },
  { page: 'desk/DeskSettings', path: paths.deskSettings() },
  { page: 'calendars/Calendars', path: paths.calendars() },
  { page: 'calendars/NewCalendar', path: paths.newCalendar() },
  { page: 'calendars/Calendar', path: paths.calendar('$id') },
  { page: 'calendars/ImportHolidays', path: paths.importHolidays('$id') },
  { page: 'calendars/HolidayFeed', path: paths.holidayFeed('$id') },
  { page: 'notify/ContactMethods', path: paths.contactMethods() },
]

/** Pages for those who are not signed in. */
const bare: readonly Screen[] = [
  { page: 'identity/SignIn', path: paths.signIn() },
  { page: 'identity/FirstRun', path: paths.firstRun('$token') },
  { page: 'oncall/Acknowledge', path: paths.acknowledge('$token') },
  { page: 'requests/Approve', path: paths.approve('$token') },
]

const importOf = ({ page }: Pick<Screen, 'page'>) => files[`./features/${page}.tsx`]
const present = (screens: readonly Screen[]) => screens.filter(importOf)

/** The side bar: the entries of the pages that there are. */
export const nav: readonly NavEntry[] = present(framed).flatMap(({ nav: entry, path }) =>
  entry ? [{ ...entry, to: path }] : [],
)

/** The bar of those who ask. */
const portal: readonly PortalEntry[] = present(framed).flatMap(({ portal: entry, path }) =>
  entry ? [{ ...entry, to: path }] : [],
)

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: PageFailed })
const signInAgain = lazyRouteComponent(() => import('./features/identity/SignInAgain.tsx'), 'SignInAgain')

const frame = createRoute({
  getParentRoute: () => root,
  id: 'frame',
  component: () => <Frame nav={nav} anywhere={anywhere} portal={portal} signInAgain={signInAgain} />,
})

const lazy = (page: string) =>
  lazyRouteComponent(importOf({ page }) as () => Promise<Record<string, ComponentType>>, page.split('/')[1])

const component = ({ page, asker }: Screen) => {
  if (!asker) return lazy(page)
  const [ours, theirs] = [lazy(page), lazy(asker)]
  return () => <ByReader ours={ours} theirs={theirs} />
}

const tree = root.addChildren([
  frame.addChildren([
    ...present(framed).map((screen) =>
      createRoute({ getParentRoute: () => frame, path: screen.path, component: component(screen) }),
    ),
    createRoute({ getParentRoute: () => frame, path: '$', component: NotFound }),
  ]),
  ...present(bare).map((screen) =>
    createRoute({ getParentRoute: () => root, path: screen.path, component: component(screen) }),
  ),
])

export const createAppRouter = () =>
  createRouter({
    routeTree: tree,
    // Plain text, as people read and write it: '?q=state:open', not JSON.
    parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
    stringifySearch: (search) => {
      const text = new URLSearchParams(
        Object.entries(search).filter(
          (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
        ),
      ).toString()
      return text && `?${text.replaceAll('%3A', ':')}`
    },
    defaultPreload: 'intent',
    defaultPendingMs: 200,
    defaultPendingComponent: () => <Loading />,
    defaultErrorComponent: PageFailed,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
    scrollToTopSelectors: ['#main'],
  })
