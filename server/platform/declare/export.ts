import { stringify } from 'yaml'
import { exportInput } from '../../../contract/declarations.ts'
import { invalid } from '../errors.ts'
import { query } from '../query.ts'

/** What is kept, as files that can be applied again: one for each kind that has something. */
export const exportDeclarations = query('declarations.export', {
  permission: 'declaration.read',
  input: exportInput,
  async run(ctx, { kind }) {
    const all = [...ctx.registry.declarations.values()]
    const wanted = kind === undefined ? all : all.filter((d) => d.kind === kind)
    if (wanted.length === 0) throw invalid('kind', `must be one of ${all.map((d) => d.kind).join(', ')}`)
    const files = []
    for (const declaration of wanted) {
      const stored = await declaration.stored(ctx)
      if (stored.length === 0) continue
      const text = stored.map(({ item }) => stringify({ kind: declaration.kind, ...told(item) }, { lineWidth: 120 }))
      files.push({ name: `${declaration.kind}.yaml`, text: text.join('---\n') })
    }
    return { files }
  },
})

/** What says nothing is left away: it reads the same. */
const told = (item: object) =>
  Object.fromEntries(
    Object.entries(item).filter(
      ([, value]) =>
        value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  )
