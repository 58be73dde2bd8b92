import '@fontsource-variable/inter/opsz.css'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '../shared/base.css'
import 'uplot/dist/uPlot.min.css'
import './styles/frame.css'
import './styles/parts.css'
import './styles/board.css'
import './styles/desk.css'
import './styles/guard.css'
import './styles/policies.css'
import './styles/studio.css'
import './styles/watch.css'
import './styles/replay.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { styleNonce } from '../shared/nonce.ts'
import { createQueryClient } from '../shared/query-client.ts'
import { theme } from '../shared/theme.ts'
import { router } from './router.tsx'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="dark" getStyleNonce={styleNonce}>
      <Notifications position="bottom-right" />
      <QueryClientProvider client={createQueryClient()}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
