import type { Scope } from '../../platform/access.ts'
import type { Db } from '../../platform/db/pool.ts'
import { servicesOfPerson } from '../catalog/index.ts'

/** Whose deadlines somebody reads: those of the services that hurt the own business units; null: all. */
export const servicesSeen = async ({ db, scope }: { db: Db; scope: Scope }): Promise<string[] | null> => {
  if (scope.rows === 'all') return null
  // What a signed link may read is named in it, and no deadline ever is.
  return scope.rows === 'own' ? servicesOfPerson(db, scope.userId) : []
}
