import type { AlertStatus, Severity } from '../../../contract/alerts/words.ts'
import type { Environment } from '../../../contract/base.ts'

type Named = { id: string; name: string }
type Service = Named & { ownerTeamId: string | null }

/** What is known of an alert's place, from the signal, its source and the catalogue. */
export type RouteFacts = {
  sourceName: string
  /** As the signal says, and the service it means, if there is one. */
  named: { word: string; service: Service | null } | null
  host: { word: string; known: { environment: Environment } | null; services: Service[] } | null
  environmentWord: Environment | null
  /** As the signal says, and the team it means, if there is one. */
  namedTeam: { word: string; team: Named | null } | null
  source: { service: Service | null; teamId: string | null; environment: Environment }
}

export type Route = {
  serviceId: string | null
  environment: Environment
  teamId: string | null
  /** Why this team, or why none: follows the team's name. */
  teamWhy: string
  /** How service and environment were found, for people. */
  sentences: string[]
}

/**
 * The default route. Service: the one that the signal names, else the only one that runs on its host, else the source's.
 * Environment: the signal's, else the host's, else the source's. Team: the owner of the
 * service, else the one that the signal names, else the source's.
 */
export const routeOf = (f: RouteFacts): Route => {
  const service = serviceOf(f)
  const environment = environmentOf(f)
  const team = teamOf(f, service.service)
  return {
    serviceId: service.service?.id ?? null,
    environment: environment.environment,
    teamId: team.teamId,
    teamWhy: team.why,
    sentences: [...service.sentences, environment.sentence],
  }
}

const serviceOf = (f: RouteFacts): { service: Service | null; sentences: string[] } => {
  if (f.named?.service)
    return { service: f.named.service, sentences: [`Service ${f.named.service.name}: the signal names it.`] }
  const unknown = f.named ? [`The signal names the service "${f.named.word}", which is not in the catalogue.`] : []
  const [only, another] = f.host?.services ?? []
  if (f.host && only && !another)
    return { service: only, sentences: [...unknown, `Service ${only.name}: the only one that runs on ${f.host.word}.`] }
  const ofSource = f.source.service
  return ofSource
    ? {
        service: ofSource,
        sentences: [...unknown, `Service ${ofSource.name}: what the source ${f.sourceName} is set to.`],
      }
    : { service: null, sentences: [...unknown, 'No service: neither the signal nor the source names one.'] }
}

const environmentOf = (f: RouteFacts): { environment: Environment; sentence: string } => {
  if (f.environmentWord)
    return { environment: f.environmentWord, sentence: `Environment ${f.environmentWord}: as the signal says.` }
  if (f.host?.known) {
    const { environment } = f.host.known
    return { environment, sentence: `Environment ${environment}: where the host ${f.host.word} stands.` }
  }
  const { environment } = f.source
  return { environment, sentence: `Environment ${environment}: what the source ${f.sourceName} is set to.` }
}

const teamOf = (f: RouteFacts, service: Service | null): { teamId: string | null; why: string } => {
  const owner = service?.ownerTeamId ?? null
  if (service && owner) return { teamId: owner, why: `it owns ${service.name}.` }
  if (f.namedTeam?.team) return { teamId: f.namedTeam.team.id, why: 'the signal names it.' }
  const unknown = f.namedTeam ? ` The signal names the team "${f.namedTeam.word}", which is not known.` : ''
  return f.source.teamId
    ? { teamId: f.source.teamId, why: `what the source ${f.sourceName} is set to.${unknown}` }
    : { teamId: null, why: `neither the service nor the source has one.${unknown}` }
}

/** Why nobody is told of an alert, in a sentence; null when an incident is to be opened. */
export const whyNoIncident = (a: {
  status: AlertStatus
  severity: Severity
  opensIncident: boolean
  sourceName: string
  rule: { name: string; opensIncident: boolean | null } | null
}): string | null => {
  if (a.status === 'blind') return 'No incident: the sender could not look, and does not say that something is broken.'
  if (a.rule && a.rule.opensIncident !== null)
    return a.rule.opensIncident ? null : `No incident: the route "${a.rule.name}" is set to open none.`
  if (a.severity === 'info') return 'No incident: alerts of severity info open none.'
  return a.opensIncident ? null : `No incident: the source ${a.sourceName} is set to open none.`
}
