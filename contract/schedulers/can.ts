/** What may be done to a connection in its state: null when it may, else the sentence that says why not. */
export const canScheduler = {
  pause: (s: { name: string; enabled: boolean }): string | null => (s.enabled ? null : `${s.name} is paused already.`),
  resume: (s: { name: string; enabled: boolean }): string | null => (s.enabled ? `${s.name} is not paused.` : null),
}
