import { loadKinds } from '../../platform/registry.ts'
import { isDialect, type PingDialect } from './define-dialect.ts'

/** Every dialect of pings beside that of healthchecks: one file each in dialects/, found by scanning. */
export const dialects: Map<string, PingDialect> = await loadKinds(new URL('./dialects/', import.meta.url), isDialect)
