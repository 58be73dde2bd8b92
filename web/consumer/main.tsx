import '@fontsource-variable/inter/opsz.css'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '../shared/base.css'
import './styles/frame.css'
import './styles/rows.css'
import './styles/home.css'
import './styles/forms.css'
import './styles/auth.css'
import './styles/safety.css'
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
import { openDevice } from './session.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

await openDevice()
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} forceColorScheme="light" getStyleNonce={styleNonce}>
      <Notifications position="top-center" />
      <QueryClientProvider client={createQueryClient()}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
