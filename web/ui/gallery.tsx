import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createHashHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { Frame } from '../parts/Frame.tsx'
import { FrameApiProvider } from '../parts/frame-data.ts'
import { NotFound, PageFailed } from '../parts/PageFailed.tsx'
import { frameApi, nav } from './gallery/frame.ts'
import { KitPage } from './gallery/KitPage.tsx'
import { QueuePage } from './gallery/QueuePage.tsx'
import { Provider } from './Provider.tsx'

// The kit, shown with invented data: for looking at it while it is built, and for its browser tests. Not in the product.
const root = createRootRoute({
  component: () => <Frame portal={[]} nav={nav} anywhere={[]} signInAgain={() => null} />,
  notFoundComponent: NotFound,
  errorComponent: PageFailed,
})
const pages = {
  '/queue': QueuePage,
  '/kit': KitPage,
}
const tree = root.addChildren(
  Object.entries(pages).map(([path, component]) => createRoute({ getParentRoute: () => root, path, component })),
)
const router = createRouter({ routeTree: tree, history: createHashHistory() })

createRoot(document.getElementById('root') as HTMLElement).render(
  <Provider>
    <QueryClientProvider client={new QueryClient()}>
      <FrameApiProvider value={frameApi}>
        <RouterProvider router={router} />
      </FrameApiProvider>
    </QueryClientProvider>
  </Provider>,
)
