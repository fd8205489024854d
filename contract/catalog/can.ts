/** What may be done to a service in its state: null when it may, else the sentence that says why not and what to do. */
export type ServiceState = { name: string; archived: boolean }

export const canService = {
  change: (s: ServiceState): string | null =>
    s.archived ? `${s.name} is archived. Restore it before you change it.` : null,
  dependOn: (s: ServiceState): string | null =>
    s.archived ? `${s.name} is archived. Restore it, or choose another service.` : null,
  archive: (s: ServiceState, dependents: readonly string[]): string | null =>
    dependents.length === 0
      ? null
      : `${s.name} cannot be archived while others depend on it (${few(dependents)}). Remove these dependencies first.`,
  restore: (s: ServiceState, archivedBelow: readonly string[]): string | null =>
    archivedBelow.length === 0
      ? null
      : `${s.name} depends on what is archived (${few(archivedBelow)}). Restore that first, lowest first.`,
}

const few = (names: readonly string[]) =>
  names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ')
