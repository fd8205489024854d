import { sql } from 'kysely'

/** 'prdbat03' of 'PRDBAT03.bank.example:9100'; an address stays as it is, but for its port. */
export const hostName = (host: string): string => {
  const [bare = ''] = host.toLowerCase().split(':')
  return /^[0-9.]+$/.test(bare) ? bare : (bare.split('.')[0] ?? bare)
}

/** The same in SQL. */
export const hostNameIn = (host: ReturnType<typeof sql.ref>) => sql`
  case when lower(split_part(${host}, ':', 1)) ~ '^[0-9.]+$' then split_part(${host}, ':', 1)
    else split_part(lower(split_part(${host}, ':', 1)), '.', 1) end`
