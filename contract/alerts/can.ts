import { type AlertStatus, isBuiltInSource, isOpenAlert, monitorsKind } from './words.ts'

/** What may be done to an alert, a source or a silence in its state: null when it may, else the sentence that says why not. */
export type AlertState = { title: string; status: AlertStatus; acknowledged: boolean; sourceKind: string }

const over = (a: AlertState) => `"${a.title}" is over (${a.status}); there is nothing more to do with it.`

export const canAlert = {
  acknowledge: (a: AlertState): string | null => {
    if (!isOpenAlert(a.status)) return over(a)
    return a.acknowledged ? `"${a.title}" is acknowledged already.` : null
  },
  unacknowledge: (a: AlertState): string | null => {
    if (!isOpenAlert(a.status)) return over(a)
    return a.acknowledged ? null : `"${a.title}" is not acknowledged.`
  },
  resolve: (a: AlertState): string | null => {
    if (!isOpenAlert(a.status)) return over(a)
    return a.sourceKind === monitorsKind
      ? `"${a.title}" ends by itself when its monitor is up again. Silence it, or change the monitor.`
      : null
  },
  silence: (a: AlertState): string | null => (isOpenAlert(a.status) ? null : over(a)),
}

export type SourceState = { name: string; kind: string; enabled: boolean; validKeys: number }

export const mostKeys = 2

const builtIn = (s: SourceState) =>
  isBuiltInSource(s.kind) ? `${s.name} is built in: our own ${s.kind} report through it.` : null

export const canSource = {
  change: builtIn,
  disable: (s: SourceState): string | null => builtIn(s) ?? (s.enabled ? null : `${s.name} is disabled already.`),
  enable: (s: SourceState): string | null => builtIn(s) ?? (s.enabled ? `${s.name} is not disabled.` : null),
  addKey: (s: SourceState): string | null =>
    builtIn(s) ??
    (s.validKeys < mostKeys
      ? null
      : `${s.name} has ${mostKeys} valid keys. Revoke the one that is not used any more first.`),
  test: builtIn,
}

export const canSilence = {
  change: (s: { ended: boolean }): string | null => (s.ended ? 'This silence is over. Make a new one.' : null),
  end: (s: { ended: boolean }): string | null => (s.ended ? 'This silence is over already.' : null),
}

export const canMaintenance = {
  change: (m: { name: string; ended: boolean }): string | null => (m.ended ? `${m.name} is over. Plan it anew.` : null),
  end: (m: { name: string; ended: boolean }): string | null => (m.ended ? `${m.name} is over already.` : null),
}
