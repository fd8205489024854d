import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { frameApi } from './parts/frame-api.ts'
import { FrameApiProvider } from './parts/frame-data.ts'
import { ListsFailed } from './parts/ListsFailed.tsx'
import { createQueryClient } from './query-client.ts'
import { createAppRouter } from './routes.tsx'
import { DialogNotice } from './ui/Dialog.tsx'
import { Provider } from './ui/Provider.tsx'

declare global {
  interface Window {
    /** Where the developer tools of TanStack Query, an extension of browsers, look for it. */
    __TANSTACK_QUERY_CLIENT__?: QueryClient
  }
}

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element with the id root.')

const client = createQueryClient()
window.__TANSTACK_QUERY_CLIENT__ = client

createRoot(root).render(
  <StrictMode>
    <Provider>
      <QueryClientProvider client={client}>
        <FrameApiProvider value={frameApi}>
          <DialogNotice value={<ListsFailed />}>
            <RouterProvider router={createAppRouter()} />
          </DialogNotice>
        </FrameApiProvider>
      </QueryClientProvider>
    </Provider>
  </StrictMode>,
)
