export type FilterField = { name: string; values?: readonly string[] }

/** A text query in its parts; what stands in quotes is one: 'state:open service:"Order entry" late'. */
export const tokensOf = (query: string): string[] => query.match(/(?:[^\s"]|"[^"]*"?)+/g) ?? []

/** What may be meant by what was typed so far: field names, then the values of a field. */
export const offersFor = (fields: readonly FilterField[], typed: string): string[] => {
  const [name, part] = typed.split(':', 2)
  const quoted = (value: string) => (/\s/.test(value) ? `"${value}"` : value)
  if (part === undefined)
    return fields
      .filter((field) => field.name.startsWith(typed))
      .flatMap((field) => field.values?.map((value) => `${field.name}:${quoted(value)}`) ?? [`${field.name}:`])
  const field = fields.find((one) => one.name === name)
  return (field?.values ?? [])
    .filter((value) => value.toLowerCase().startsWith(part.toLowerCase()))
    .map((value) => `${name}:${quoted(value)}`)
}
