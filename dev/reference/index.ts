/** The pages of docs/reference that are written from the code, so that they say what is so. */
import type { Command } from 'commander'
import { stringify } from 'yaml'
import { isCheck } from '../../checks/lib/define.ts'
import { buildProgram } from '../../cli/program.ts'
import { plan } from '../../server/app.ts'
import { sourceKinds } from '../../server/features/alerts/source-kinds.ts'
import { importerKinds } from '../../server/features/imports/importer-kinds.ts'
import { dialects } from '../../server/features/jobs/dialect-kinds.ts'
import { channels } from '../../server/features/notify/channels.ts'
import { schedulerKinds } from '../../server/features/schedulers/scheduler-kinds.ts'
import { environment } from '../../server/platform/config.ts'
import { createMetrics } from '../../server/platform/metrics.ts'
import { loadKinds } from '../../server/platform/registry.ts'
import { createRegistry } from '../../server/platform/registry-of-work.ts'
import { toolTables } from './assistants.ts'
import { fieldTable } from './fields.ts'

const written = 'Written from the code by `node dev/generate.ts`; what is wrong here is mended there.'
const page = (title: string, intro: string, parts: readonly string[]): string =>
  `# ${title}\n\n${intro} ${written}\n\n${parts.join('\n\n')}\n`
const block = (text: string, language = '') => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``

const checksPage = async () => {
  const kinds = await loadKinds(new URL('../../checks/', import.meta.url), isCheck)
  return page('Checks', 'What a monitor can look at.', [
    ...[...kinds.values()].map(({ kind, title, help, config, example }) =>
      [
        `## ${title} (\`${kind}\`)`,
        help,
        fieldTable(config),
        block(stringify({ check: kind, config: example }), 'yaml'),
      ].join('\n\n'),
    ),
  ])
}

const sourcesPage = () =>
  page(
    'Sources',
    'Who can send events, and what is set up there. `{url}` and `{key}` are those that the page of the source shows.',
    [
      ...[...sourceKinds.values()]
        .filter(({ builtIn }) => !builtIn)
        .map(({ kind, title, help, setup, samples }) =>
          [
            `## ${title} (\`${kind}\`)`,
            help,
            block(setup),
            `Read by the tests: ${samples.map(({ name }) => name).join('; ')}.`,
          ].join('\n\n'),
        ),
    ],
  )

const dialectsPage = () =>
  page(
    'Pings from other tools',
    'Whose heartbeats are taken for jobs, beside the pings of healthchecks. `{url}` is the address of Watchfloor, `{token}` the id of the job without its dashes, `{key}` the ping key of the team, `{slug}` the short name of the job.',
    [...dialects.values()].map(({ kind, title, help, setup, methods, paths, mostBytes, wrongKey, samples }) =>
      [
        `## ${title} (\`${kind}\`)`,
        help,
        block(setup),
        `${methods.join(', ')} ${paths.map((path) => `\`${path.replace('(^\\d+$)', '')}\``).join(', ')}; at most ${mostBytes / 1_000} kB. A wrong token or key is answered with ${wrongKey.status}:`,
        block(wrongKey.body),
        `Read by the tests: ${samples.map(({ name }) => name).join('; ')}.`,
      ].join('\n\n'),
    ),
  )
const importersPage = () =>
  page('Importers', 'Schedulers whose jobs `watchfloor jobs import` reads.', [
    ...[...importerKinds.values()].map(({ kind, title, help, samples }) =>
      [
        `## ${title} (\`${kind}\`)`,
        help,
        ...(samples[0]?.files[0] ? [block(samples[0].files[0].text)] : []),
        `Read by the tests: ${samples.map(({ name }) => name).join('; ')}.`,
      ].join('\n\n'),
    ),
  ])

const schedulersPage = () =>
  page('Schedulers', 'Schedulers that are asked how the jobs run that were imported from them.', [
    ...[...schedulerKinds.values()].map(({ kind, title, help, importer, setup, config, samples }) =>
      [
        `## ${title} (\`${kind}\`)`,
        `${help} It tells of jobs of the importer \`${importer}\`.`,
        block(setup),
        fieldTable(config),
        `Read by the tests: ${samples.map(({ name }) => name).join('; ')}.`,
      ].join('\n\n'),
    ),
  ])

const channelsPage = () =>
  page('Channels', 'How people are reached.', [
    ...[...channels.values()].map(({ kind, title, help, config }) =>
      [`## ${title} (\`${kind}\`)`, help, fieldTable(config)].join('\n\n'),
    ),
  ])

const known = (key: string | readonly string[]): string => {
  const fields = [key].flat()
  return fields.length === 0 ? 'There is one.' : `Known by ${fields.map((field) => `\`${field}\``).join(' and ')}.`
}

const declarationsPage = () =>
  page(
    'Kinds of YAML',
    'What `watchfloor apply -f` takes and `watchfloor export` writes, in the order in which it is applied.',
    [
      ...[...createRegistry(plan.features).declarations.values()].map(({ kind, help, key, schema }) =>
        [`## \`${kind}\``, `${help} ${known(key)}`, fieldTable(schema)].join('\n\n'),
      ),
    ],
  )

const environmentPage = () =>
  page(
    'Environment',
    'What the server reads at its start. A bad value ends the start with a sentence that names it; an empty one counts as not set.',
    [fieldTable(environment)],
  )

const metricsPage = async () => {
  const { registry } = createMetrics()
  const all = await registry.getMetricsAsJSON()
  registry.clear()
  const rows = all
    .filter(({ name }) => name.startsWith('watchfloor_'))
    .map(({ name, help, type }) => `| \`${name}\` | ${type} | ${help} |`)
  return page(
    'Metrics',
    'What `/metrics` shows to Prometheus, beside what Node says of itself (`nodejs_…`, `process_…`).',
    [['| name | type | |', '| --- | --- | --- |', ...rows].join('\n')],
  )
}

/** All that can be run; one that has options is more than the name of a group. */
const commandsOf = (command: Command): Command[] => {
  const below = command.commands.flatMap(commandsOf)
  const runs = below.length === 0 || (command.parent !== null && command.options.length > 0)
  return runs ? [command, ...below] : below
}

/** Help as the terminal has it, 80 columns wide, with what stands after it. */
const helpOf = (command: Command): string => {
  let text = ''
  command.configureOutput({
    writeOut: (part) => (text += part),
    getOutHelpWidth: () => 80,
    getOutHasColors: () => false,
  })
  command.outputHelp()
  return text
}
const nameOf = (command: Command): string =>
  command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name()

const cliPage = () => {
  const program = buildProgram()
  const commands = commandsOf(program).filter((command) => command.name() !== 'help')
  return page('The command line', 'Every command, as `--help` tells it.', [
    block(helpOf(program)),
    ...commands
      .toSorted((a, b) => nameOf(a).localeCompare(nameOf(b)))
      .map((command) => [`## ${nameOf(command)}`, block(helpOf(command))].join('\n\n')),
  ])
}

const assistantsPage = () =>
  page(
    'Tools for AI assistants',
    'What `watchfloor mcp` offers by the Model Context Protocol, and the scope that the key needs for each.',
    toolTables(),
  )

/** By file name, as committed. */
export const referencePages = async (): Promise<Record<string, string>> => ({
  'assistants.md': assistantsPage(),
  'channels.md': channelsPage(),
  'checks.md': await checksPage(),
  'cli.md': cliPage(),
  'dialects.md': dialectsPage(),
  'environment.md': environmentPage(),
  'importers.md': importersPage(),
  'schedulers.md': schedulersPage(),
  'metrics.md': await metricsPage(),
  'sources.md': sourcesPage(),
  'yaml.md': declarationsPage(),
})
