type Policy = { id: string; name: string; team: { id: string } | null; services: readonly { id: string }[] }

/**
 * The escalation policy by which a service pages: its own, else the oldest of its team, as on-call chooses it. The ids
 * of policies ascend with their age.
 */
export const policyOf = <One extends Policy>(
  policies: readonly One[],
  service: { id: string; ownerTeam: { id: string } | null },
): One | undefined =>
  policies.find(({ services }) => services.some(({ id }) => id === service.id)) ??
  policies
    .filter(({ team }) => team !== null && team.id === service.ownerTeam?.id)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))[0]
