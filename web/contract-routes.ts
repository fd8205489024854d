import { minifyContractRouter } from '@orpc/contract'
import type { Plugin } from 'vite'
import { contract } from '../contract/index.ts'

/**
 * In the build, the contract shrinks to its methods and paths, which is all that the client needs at run time: the
 * shapes check nothing in a browser, and without them the validation library stays out of the first script.
 */
export const contractRoutes = (): Plugin => ({
  name: 'contract-routes',
  apply: 'build',
  enforce: 'pre',
  load(id) {
    return id.endsWith('/contract/index.ts')
      ? `export const contract = ${JSON.stringify(minifyContractRouter(contract))}`
      : undefined
  },
})
