import '@fontsource/inter/400.css'
import '@fontsource/inter/500.css'
import '@fontsource/inter/600.css'
import '@fontsource/jetbrains-mono/400.css'
import '@mantine/core/styles.layer.css'
import './tokens.css'
import './base.css'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { Toasts } from './Toasts.tsx'
import { theme } from './theme.ts'

// public/scheme.js reads the same key before the first paint.
const colorScheme = localStorageColorSchemeManager({ key: 'watchfloor.scheme' })

/** Theme, colour scheme and toasts around everything. Injects no <style>: the Content-Security-Policy has no 'unsafe-inline'. */
export const Provider = ({ children }: { children: ReactNode }) => (
  <MantineProvider
    theme={theme}
    defaultColorScheme="auto"
    colorSchemeManager={colorScheme}
    withCssVariables={false}
    withGlobalClasses={false}
  >
    {children}
    <Toasts />
  </MantineProvider>
)
