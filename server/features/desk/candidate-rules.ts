/** What a ticket is compared with. */
export type About = {
  serviceId: string | null
  /** The services that it depends on, by id. */
  upstream: ReadonlyMap<string, string>
  /** The services that whoever called works with, by id, and what that is called. */
  used?: { ids: ReadonlySet<string>; by: string } | null
  /** The titles are alike. */
  similar: boolean
}

const LOWEST_THAT_BREAKS = 3

/** Why an open ticket may be the same trouble, and how good a reason that is: 1 is the best. No reason: it is none. */
export const reasonOf = (
  ticket: { serviceId: string | null; service: string | null; kind: string; priority: number },
  about: About,
): { rank: number; reason: string } => {
  const { serviceId, service } = ticket
  const words = about.similar ? ', similar words' : ''
  if (serviceId && serviceId === about.serviceId) return { rank: about.similar ? 1 : 3, reason: `same service${words}` }
  const upstream = serviceId ? about.upstream.get(serviceId) : undefined
  // What is wanted there, or hurts one person there, is not what breaks this.
  const breaks = ticket.kind === 'incident' && ticket.priority <= LOWEST_THAT_BREAKS
  if (upstream && (about.similar || breaks))
    return { rank: about.similar ? 2 : 4, reason: `${service ?? upstream} is upstream${words}` }
  if (serviceId && about.used?.ids.has(serviceId))
    return { rank: about.similar ? 2 : 6, reason: `${about.used.by} works with ${service ?? 'it'}${words}` }
  return about.similar ? { rank: 5, reason: 'similar words' } : { rank: 9, reason: '' }
}
