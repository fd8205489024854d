import { minifyContractRouter } from '@orpc/contract'
import type { Plugin } from 'vite'

/**
 * In the build, the contract shrinks to its methods and paths, which is all that the client needs at run time: the
 * shapes check nothing in a browser, and without them the validation library stays out of the first script.
 */
export const contractRoutes = (): Plugin => ({
  name: 'contract-routes',
  apply: 'build',
  enforce: 'pre',
  load: async (id) => {
    if (!id.endsWith('/contract/index.ts')) return undefined
    // By its path, so that Node reads it when it is needed and it is not bundled into Vite's own configuration.
    const { contract } = (await import(id)) as typeof import('../contract/index.ts')
    return `export const contract = ${JSON.stringify(minifyContractRouter(contract))}`
  },
})
