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
  },
  server: {
    host: '127.0.0.1',
    port: 9283,
    proxy: { '^/api/': { target: 'http://127.0.0.1:9282' } },
  },
})
