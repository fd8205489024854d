import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { contractRoutes } from './contract-routes.ts'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), contractRoutes()],
  build: {
    target: 'es2023',
    // A small font or picture as a data: address would need a wider Content-Security-Policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // All styles together weigh less than fifty requests for a few lines each.
    cssCodeSplit: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Left to itself the bundler makes a file of each set of pages that share something: sixty requests for a page.
          groups: [
            { name: 'first', tags: ['$initial'], priority: 3 },
            { name: 'shared', minShareCount: 8, maxModuleSize: 60_000, priority: 2 },
          ],
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    port: 9283,
    proxy: { '^/api/': { target: 'http://127.0.0.1:9282' } },
  },
})
