/** What may be done to a monitor in its state: null when it may, else the sentence that says why not and what to do. */
export type MonitorFacts = { name: string; enabled: boolean }

export const canMonitor = {
  pause: (m: MonitorFacts): string | null => (m.enabled ? null : `${m.name} is paused already.`),
  resume: (m: MonitorFacts): string | null => (m.enabled ? `${m.name} is not paused.` : null),
}
