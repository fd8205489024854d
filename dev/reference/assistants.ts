import { type AnyRouter, isProcedure } from '@orpc/server'
import { tools } from '../../cli/mcp/tools.ts'
import { plan } from '../../server/app.ts'
import { workOf } from '../../server/platform/http/request.ts'

/** Each tool with what it does and the scope that the key needs for it, in tables by what it may change. */
export const toolTables = (): string[] => {
  const rows = tools.map(({ name, path, description, annotations }) => ({
    group: annotations.readOnlyHint ? 'Reads' : annotations.destructiveHint ? 'Ends or replaces' : 'Acts',
    row: `| \`${name}\` | ${description} | \`${scopeOf(path)}\` |`,
  }))
  return [...Map.groupBy(rows, ({ group }) => group)].map(([group, of]) =>
    [
      `## ${group}`,
      ['| tool | what it does | scope |', '| --- | --- | --- |', ...of.map(({ row }) => row)].join('\n'),
    ].join('\n\n'),
  )
}

const scopeOf = (path: string): string => {
  const found = path
    .split('.')
    .reduce<AnyRouter | undefined>((at, name) => (at as Record<string, AnyRouter> | undefined)?.[name], plan.router)
  const work = isProcedure(found) ? workOf(found['~orpc'].handler) : undefined
  if (!work) throw new Error(`No verb or query answers ${path}.`)
  return work.permission
}
