import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const web = import.meta.dirname
const table = readFileSync(join(web, 'routes.tsx'), 'utf8')
const pages = [...table.matchAll(/(?:page|asker): '([a-z]+)\/([A-Za-z]+)'/g)].map(([, feature = '', name = '']) => ({
  feature,
  name,
}))
const fetched = [...table.matchAll(/(?<!import\()'\.\/features\/([a-z]+)\/\{?([A-Za-z,]+)\}?\.tsx'/g)].flatMap(
  ([, feature, names = '']) => names.split(',').map((name) => `${feature}/${name}`),
)

test('every page of the table can be fetched, and nothing else is', () => {
  const named = new Set(pages.map(({ feature, name }) => `${feature}/${name}`))
  expect([...named].sort()).toEqual(fetched.sort())
})

test.each(pages.filter(({ feature, name }) => existsSync(join(web, 'features', feature, `${name}.tsx`))))(
  'features/$feature/$name.tsx exports $name, as its route expects',
  ({ feature, name }) => {
    expect(readFileSync(join(web, 'features', feature, `${name}.tsx`), 'utf8')).toMatch(
      new RegExp(`export (function|const) ${name}\\b`),
    )
  },
)
