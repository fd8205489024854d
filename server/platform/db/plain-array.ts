/**
 * Values that need no quotes as PostgreSQL's text of an array: the driver looks into each value for something to quote,
 * which ten thousand times a second is felt. Only for what cannot hold a comma: numbers, booleans, ids.
 */
export const plainArray = (values: readonly (number | boolean | string | null)[]): string =>
  `{${values.map((v) => v ?? 'NULL').join()}}`
