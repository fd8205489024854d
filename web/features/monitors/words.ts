import type { MonitorStatus, Seen, SpanState } from '../../../contract/monitors/index.ts'
import type { Tone } from '../../ui/Marks.tsx'
import type { StripState } from '../../ui/strip.ts'
import { span } from '../../ui/time.ts'

export const stateTone: Record<MonitorStatus | 'unobserved', Tone> = {
  up: 'ok',
  degraded: 'warn',
  down: 'down',
  unknown: 'blind',
  unobserved: 'blind',
  paused: 'off',
}

/** How a state is called; 'unobserved': Watchfloor itself was not looking. */
export const stateWords: Record<MonitorStatus | 'unobserved', string> = {
  up: 'up',
  degraded: 'degraded',
  down: 'down',
  unknown: 'unknown',
  unobserved: 'not observed',
  paused: 'paused',
}

export const stripState: Record<SpanState | 'none', StripState> = {
  up: 'ok',
  degraded: 'warn',
  down: 'down',
  unknown: 'blind',
  unobserved: 'unobserved',
  none: 'none',
}

export const outcomeTone: Record<Seen['outcome'], Tone> = { ok: 'ok', degraded: 'warn', failed: 'down', blind: 'blind' }

/** Of a look, in a word. */
export const outcomeWords: Record<Seen['outcome'], string> = {
  ok: 'fine',
  degraded: 'degraded',
  failed: 'failed',
  blind: 'could not look',
}

/** Seconds as people say them: '15 s', '5 min', '1 min 30 s', '1 h'. */
export const every = (seconds: number): string => {
  if (seconds < 60 || seconds % 60 === 0) return span(seconds * 1000, 'long')
  return seconds < 3600 ? `${Math.floor(seconds / 60)} min ${seconds % 60} s` : span(seconds * 1000, 'long')
}

/** 'Order entry · prod'; an environment alone when it belongs to no service. */
export const belongsTo = (m: { service: { name: string } | null; environment: string }): string =>
  [m.service?.name, m.environment].filter(Boolean).join(' · ')

/** '99.93 %': cut, never rounded up, so that 100 % means that nothing was missing. */
export const percent = (value: number | null): string =>
  value === null ? 'no data' : `${value >= 100 ? '100' : (Math.floor(value * 100) / 100).toFixed(2)} %`

/** '1,000+' for the number that stands for more. */
export const capped = (count: number): string => (count > 1000 ? '1,000+' : String(count))
