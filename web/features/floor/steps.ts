import type { Permission } from '../../../contract/permissions.ts'
import { paths } from '../../paths.ts'

type SetUp = { reached: boolean; services: boolean; onCall: boolean; monitors: boolean; sources: boolean }
export type Step = {
  name: keyof SetUp
  title: string
  /** What it is good for. */
  why: string
  to: string
  done: boolean
  /** Why the reader cannot do it. */
  not?: string
}

const all: readonly (Omit<Step, 'done' | 'not'> & { needs: Permission; who: string })[] = [
  {
    name: 'reached',
    title: 'Add how you are reached',
    why: 'A mail address or a webhook of your own, so that a page finds you.',
    to: paths.contactMethods(),
    needs: 'contact.write',
    who: '',
  },
  {
    name: 'services',
    title: 'Name what you support',
    why: 'A service with its team and its tier: they decide how urgent its trouble is, and whose.',
    to: paths.services(),
    needs: 'service.write',
    who: 'A lead or an administrator does this.',
  },
  {
    name: 'onCall',
    title: 'Put people on call',
    why: 'A schedule and an escalation policy say who is woken, and who comes next.',
    to: paths.onCall(),
    needs: 'schedule.write',
    who: 'A lead or an administrator does this.',
  },
  {
    name: 'monitors',
    title: 'Add a monitor',
    why: 'It looks at a page, a port, a name or a certificate, and you see it answer before it is saved.',
    to: paths.newMonitor(),
    needs: 'monitor.write',
    who: 'Somebody who works for a team does this.',
  },
  {
    name: 'sources',
    title: 'Connect a tool',
    why: 'What you have already sends its alerts here: an address and a key, ready to copy.',
    to: paths.newSource(),
    needs: 'source.write',
    who: 'A lead or an administrator does this.',
  },
]

/** The first acts in a new installation, in a good order. */
export const stepsOf = (setUp: SetUp, may: Partial<Record<Permission, unknown>>): Step[] =>
  all.map(({ needs, who, ...step }) => ({
    ...step,
    done: setUp[step.name],
    ...(may[needs] === undefined && { not: who }),
  }))

/** Nothing is watched and nothing reports: everything else on the floor would be empty. */
export const isFresh = (setUp: SetUp): boolean => !setUp.monitors && !setUp.sources
