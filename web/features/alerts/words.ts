import type { z } from 'zod'
import type { AlertRow, alertDetail } from '../../../contract/alerts/alert.ts'
import type { AlertRoute, alertRoutePreview } from '../../../contract/alerts/alert-route.ts'
import type { Matcher, MatcherOp, maintenance, silence } from '../../../contract/alerts/silence.ts'
import type { capturedSample, readSignal, source, sourceKind, sourceSummary } from '../../../contract/alerts/source.ts'
import type { AlertStatus, Severity, SignalKind } from '../../../contract/alerts/words.ts'
import type { Environment } from '../../../contract/base.ts'
import type { Tone } from '../../ui/Marks.tsx'

export type { AlertRoute, AlertRow, Matcher, MatcherOp, Severity }
export type AlertDetail = z.output<typeof alertDetail>
export type Silence = z.output<typeof silence>
export type Maintenance = z.output<typeof maintenance>
export type SourceRow = z.output<typeof sourceSummary>
export type Source = z.output<typeof source>
export type SourceKind = z.output<typeof sourceKind>
export type RoutePreview = z.output<typeof alertRoutePreview>
export type Sample = z.output<typeof capturedSample>
export type ReadSignal = z.output<typeof readSignal>

const known = <Word extends string>(words: Record<Word, true>) => Object.keys(words) as Word[]

/** The most severe first. */
export const severities = known<Severity>({ critical: true, high: true, medium: true, low: true, info: true })
export const environments = known<Environment>({ prod: true, uat: true, test: true, dev: true })

/** What the reader sees of an alert's state; a firing one shows its severity instead. */
export const statusWords: Record<AlertStatus, { word: string; tone: Tone; hint: string }> = {
  firing: { word: 'firing', tone: 'down', hint: 'Its sender says that it is so now.' },
  blind: { word: 'blind', tone: 'blind', hint: 'Its sender could not look: we do not know.' },
  resolved: { word: 'resolved', tone: 'ok', hint: 'Its sender says that it is over.' },
  expired: { word: 'expired', tone: 'off', hint: 'Its sender went silent, which is not the same as over.' },
}

export const signalWords: Record<SignalKind, { word: string; tone: Tone }> = {
  firing: { word: 'firing', tone: 'down' },
  resolved: { word: 'resolved', tone: 'ok' },
  acknowledged: { word: 'acknowledged', tone: 'off' },
  comment: { word: 'comment', tone: 'off' },
  blind: { word: 'blind', tone: 'blind' },
  change: { word: 'change', tone: 'off' },
  heartbeat: { word: 'heartbeat', tone: 'off' },
}

export const isOpen = (status: AlertStatus): boolean => status === 'firing' || status === 'blind'

export const opWords: Record<MatcherOp, string> = {
  is: 'is',
  is_not: 'is not',
  contains: 'contains',
  like: 'is like',
}

/** 'service is fx-eod and label:job is like EOD_*' */
export const inWords = (matchers: readonly Matcher[]): string =>
  matchers.map(({ field, op, value }) => `${field} ${opWords[op]} ${value}`).join(' and ')

/** '12', and '1,000+' for the number that stands for more. */
export const capped = (count: number): string => (count > 1000 ? '1,000+' : String(count))

/** '1 alert', '12 alerts', '1,000+ alerts'. */
export const counted = (count: number, one: string): string => `${capped(count)} ${one}${count === 1 ? '' : 's'}`
