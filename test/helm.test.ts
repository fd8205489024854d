import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse, parseAllDocuments, stringify } from 'yaml'
import { findTool, runTool } from './harness/helm.ts'

const root = join(import.meta.dirname, '..')
const chart = 'deploy/helm/watchfloor'
const read = (path: string) => readFileSync(join(root, chart, path), 'utf8')
const values = parse(read('values.yaml'))
const helm = findTool('helm')
const kubectl = findTool('kubectl')
if (!helm) console.warn('The Helm chart is not rendered: dev/install-test-deps has helm for Linux on x64 alone.')

const needed = { baseUrl: 'https://watchfloor.example.com', existingSecret: 'watchfloor' }
const every = {
  image: { repository: 'registry.example.com/watchfloor', tag: '2', pullPolicy: 'Always' },
  replicas: 3,
  baseUrl: 'https://support.example.com',
  // Names that are a number in YAML unless they are quoted.
  existingSecret: '0123',
  env: { MAIL_FROM: 'Support: <support@example.com>', ATTACHMENT_MAX_MB: '40' },
  service: { type: 'NodePort', port: 8080 },
  ingress: {
    enabled: true,
    className: 'nginx',
    annotations: { 'nginx.ingress.kubernetes.io/proxy-body-size': '40m' },
    host: '*.example.com',
    tlsSecret: '42',
  },
  persistence: { enabled: true, existingClaim: '', storageClass: '7', accessMode: 'ReadWriteMany', size: '5Gi' },
  resources: { limits: { memory: '2Gi' } },
  scrape: false,
  nodeSelector: { disk: 'true' },
  tolerations: [{ key: 'support', operator: 'Exists' }],
  affinity: { podAntiAffinity: {} },
}

// biome-ignore lint/suspicious/noExplicitAny: what Kubernetes takes, of several kinds
type Objects = Record<string, any>
const render = (given: object, release = 'night') => {
  const args = ['template', release, chart, '--kube-version', '1.34', '--values', '-']
  const { out, refused } = runTool(helm ?? '', args, stringify(given))
  const all = parseAllDocuments(out).map((document) => document.toJS())
  const objects: Objects = Object.fromEntries(all.filter(Boolean).map((object) => [object.kind, object]))
  return { text: out, objects, refused }
}

test('every value that a template names is there', () => {
  for (const name of readdirSync(join(root, chart, 'templates')))
    for (const [, path = ''] of read(`templates/${name}`).matchAll(/\.Values((?:\.\w+)+)/g)) {
      const at = (found: unknown, step: string) => (found as Record<string, unknown> | undefined)?.[step]
      expect(path.slice(1).split('.').reduce<unknown>(at, values), `${name}: ${path}`).not.toBeUndefined()
    }
  expect(Object.keys(every).toSorted()).toEqual(Object.keys(values).toSorted())
  expect(parse(read('Chart.yaml')).appVersion).toBe(
    JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
  )
})

test.runIf(helm)('helm has nothing to say about the chart', () => {
  const { out, refused } = runTool(helm ?? '', ['lint', '--strict', chart, '--values', '-'], stringify(needed))
  expect(refused).toBe('')
  expect(out).not.toMatch(/\[(WARNING|ERROR)\]/)
})

const cases: [string, object, string[]][] = [
  ['what must be said', needed, ['Deployment', 'PersistentVolumeClaim', 'PodDisruptionBudget', 'Service']],
  ['every value', every, ['Deployment', 'Ingress', 'PersistentVolumeClaim', 'PodDisruptionBudget', 'Service']],
  ['one replica, nothing kept', { ...needed, replicas: 1, persistence: { enabled: false } }, ['Deployment', 'Service']],
  [
    'a claim of another',
    { ...needed, persistence: { existingClaim: 'files' } },
    ['Deployment', 'PodDisruptionBudget', 'Service'],
  ],
]

test.runIf(helm).each(cases)('rendered with %s: each part finds the others', (_name, given, kinds) => {
  // A release of digits: its label must stay a text.
  const { objects, refused } = render(given, '2026')
  expect(refused).toBe('')
  expect(Object.keys(objects).toSorted()).toEqual(kinds)
  const { Deployment, Service, Ingress, PodDisruptionBudget, PersistentVolumeClaim } = objects
  const pod = Deployment.spec.template
  for (const selector of [
    Deployment.spec.selector.matchLabels,
    Service.spec.selector,
    PodDisruptionBudget?.spec.selector.matchLabels,
  ])
    if (selector) expect(pod.metadata.labels).toMatchObject(selector)
  const labels = Object.values(objects).flatMap(({ metadata }) => Object.values(metadata.labels))
  expect([...labels, ...Object.values(pod.metadata.labels)].filter((label) => typeof label !== 'string')).toEqual([])
  const [container] = pod.spec.containers
  const ports = container.ports.map(({ name }: { name: string }) => name)
  expect(ports).toContain(Service.spec.ports[0].targetPort)
  for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe'])
    expect(ports).toContain(container[probe].httpGet.port)
  const mounted = container.volumeMounts.map(({ name }: { name: string }) => name)
  expect(mounted.toSorted()).toEqual(pod.spec.volumes.map(({ name }: { name: string }) => name).toSorted())
  const { persistentVolumeClaim } = pod.spec.volumes.find(({ name }: { name: string }) => name === 'data')
  if (PersistentVolumeClaim) expect(persistentVolumeClaim.claimName).toBe(PersistentVolumeClaim.metadata.name)
  if (Ingress) expect(Ingress.spec.rules[0].http.paths[0].backend.service.name).toBe(Service.metadata.name)
  const names = container.env.map(({ name }: { name: string }) => name)
  expect(new Set(names).size).toBe(names.length)
})

test.runIf(helm)('every value arrives where it belongs', () => {
  const { Deployment, Service, Ingress, PersistentVolumeClaim } = render(every).objects
  const { template, replicas } = Deployment.spec
  const [container] = template.spec.containers
  expect(replicas).toBe(3)
  expect(template.metadata.annotations).toBeUndefined()
  expect(template.spec).toMatchObject({
    nodeSelector: every.nodeSelector,
    tolerations: every.tolerations,
    affinity: every.affinity,
  })
  expect(container).toMatchObject({ image: 'registry.example.com/watchfloor:2', imagePullPolicy: 'Always' })
  expect(container.envFrom).toEqual([{ secretRef: { name: '0123' } }])
  expect(container.env).toEqual(
    expect.arrayContaining([
      { name: 'BASE_URL', value: 'https://support.example.com' },
      { name: 'MAIL_FROM', value: 'Support: <support@example.com>' },
      { name: 'ATTACHMENT_MAX_MB', value: '40' },
    ]),
  )
  expect(container.resources.limits).toEqual({ memory: '2Gi' })
  expect(Service.spec).toMatchObject({ type: 'NodePort', ports: [{ port: 8080 }] })
  expect(Ingress.metadata.annotations).toEqual(every.ingress.annotations)
  expect(Ingress.spec).toMatchObject({
    ingressClassName: 'nginx',
    tls: [{ secretName: '42', hosts: ['*.example.com'] }],
    rules: [{ host: '*.example.com' }],
  })
  expect(PersistentVolumeClaim.spec).toEqual({
    accessModes: ['ReadWriteMany'],
    storageClassName: '7',
    resources: { requests: { storage: '5Gi' } },
  })
})

test.runIf(helm)('Kubernetes knows every field of the deployment and of the service', () => {
  const { Deployment, Service } = render(every).objects
  // It reads an object into its own type, where a field that it does not know is lost, and writes it out again.
  const read = (object: object, ...act: string[]) => {
    const { out, refused } = runTool(
      kubectl ?? '',
      ['set', ...act, '--local', '--output=yaml', '-f', '-'],
      stringify(object),
    )
    expect(refused).toBe('')
    return parse(out)
  }
  // An object without a field is one with all of its fields at nothing.
  const { strategy, ...spec } = Deployment.spec
  expect(read(Deployment, 'env', 'SEEN=yes').spec).toMatchObject({ ...spec, template: withSeen(spec.template) })
  expect(strategy).toEqual({ type: 'Recreate' })
  expect(read(Service, 'selector', 'a=b').spec).toMatchObject({ ...Service.spec, selector: { a: 'b' } })
  const misspelt = structuredClone(Deployment)
  misspelt.spec.template.spec.securityContext = { runAsNonroot: true }
  expect(read(misspelt, 'env', 'SEEN=yes').spec).not.toMatchObject(misspelt.spec)
})
const withSeen = (template: Objects) => {
  const seen = structuredClone(template)
  seen.spec.containers[0].env.push({ name: 'SEEN', value: 'yes' })
  return seen
}

test.runIf(helm).each([
  [{ baseUrl: '' }, 'baseUrl: set it to the address that people use, such as https://watchfloor.example.com, not "".'],
  [
    { baseUrl: 'ftp://files' },
    'baseUrl: set it to the address that people use, such as https://watchfloor.example.com, not "ftp://files".',
  ],
  [{ existingSecret: '' }, 'existingSecret: name the secret with DATABASE_URL and SECRET_KEY.'],
  [{ ingress: { enabled: true } }, 'ingress.host: name the host that people use.'],
  [{ env: { BASE_URL: 'https://elsewhere' } }, 'env.BASE_URL: say it as baseUrl.'],
  [{ env: { PORT: '80' } }, 'env.PORT: the image and this chart set it; take it away.'],
  [{ env: { SECRET_KEY: 'x' } }, 'env.SECRET_KEY: it is secret; put it into the secret that existingSecret names.'],
  [{ persistence: { size: '20' } }, 'persistence.size: a whole number with Mi, Gi or Ti, such as 20Gi, not "20".'],
  [
    { persistence: { enabled: false } },
    'persistence.enabled: without it each replica has attachments of its own. Set it to true, or replicas to 1.',
  ],
  [
    { persistence: { accessMode: 'ReadWriteOnce' } },
    'persistence.accessMode: more than one replica needs ReadWriteMany, not ReadWriteOnce. Set it so, or replicas to 1.',
  ],
  [{ replicas: 0 }, "at '/replicas': minimum: got 0, want 1"],
  [{ replica: 2 }, "at '': additional properties 'replica' not allowed"],
  [{ env: { ATTACHMENT_MAX_MB: 40 } }, "at '/env/ATTACHMENT_MAX_MB': got number, want string"],
  [{ service: { port: 70_000 } }, "at '/service/port': maximum: got 70,000, want 65,535"],
  [{ persistence: { accessMode: 'Mine' } }, "at '/persistence/accessMode': value must be one of"],
])('refused, in a sentence: %j', (wrong, sentence) => {
  expect(render({ ...needed, ...wrong }).refused).toContain(sentence)
})
