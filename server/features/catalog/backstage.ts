import type { ForeignDocuments } from '../../platform/declare/declaration.ts'

type Fields = Record<string, unknown>
type Entity = { metadata?: Fields; spec?: Fields }

/**
 * Documents of a Backstage catalogue (catalog-info.yaml, https://backstage.io/docs/features/software-catalog/descriptor-format).
 * Components, systems, APIs and resources are technical services, groups are teams; whatever else is left out, and told.
 */
export const backstage: ForeignDocuments = {
  name: 'Backstage',
  claims: ({ apiVersion }) => typeof apiVersion === 'string' && apiVersion.startsWith('backstage.io/'),
  read(document) {
    const kind = String(document.kind ?? '')
    const { metadata = {}, spec = {} } = document as Entity
    const name = slugOf(metadata.name)
    const about = `Backstage ${kind} ${String(metadata.name ?? '')}`
    const described = {
      name: String(metadata.title ?? metadata.name ?? name),
      ...(typeof metadata.description === 'string' ? { description: metadata.description } : {}),
    }
    if (kind === 'Group') {
      const members = Array.isArray(spec.members) && spec.members.length > 0
      return {
        documents: [{ kind: 'team', slug: name, ...described }],
        notes: members ? [`${about}: its members are left out; name them by their mail addresses in a team.`] : [],
      }
    }
    if (!['Component', 'System', 'API', 'Resource'].includes(kind))
      return { documents: [], notes: [`${about} is left out: nothing here is like a ${kind}.`] }
    const needed = [
      ...list(spec.dependsOn),
      ...list(spec.consumesApis).map((api) => (api.includes(':') ? api : `api:${api}`)),
    ]
    const [known, unknown] = [needed.filter(isService), needed.filter((n) => !isService(n))]
    const environment = environments[String(spec.lifecycle ?? '')]
    return {
      documents: [
        {
          kind: 'service',
          slug: name,
          use: 'technical',
          ...described,
          ...(typeof spec.owner === 'string' ? { ownerTeam: slugOf(spec.owner) } : {}),
          ...(environment ? { environments: [environment] } : {}),
          ...(known.length > 0 ? { dependsOn: known.map(slugOf) } : {}),
        },
      ],
      notes: unknown.map((n) => `${about}: it depends on ${n}, which is no service here and is left out.`),
    }
  },
}

const environments: Record<string, string | undefined> = { production: 'prod', experimental: 'dev' }

const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

const isService = (reference: string) => {
  const [kind] = reference.includes(':') ? reference.toLowerCase().split(':') : ['component']
  return ['component', 'system', 'api', 'resource'].includes(kind ?? '')
}

/** `group:default/Team_A` → `team-a`: the last part of a reference, as our slugs are. */
const slugOf = (reference: unknown): string =>
  String(reference ?? '')
    .replace(/^.*[:/]/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63)
