import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/**
 * Two pages from one build: `/` for customers, `/console/` for operators. Nothing is inlined, so
 * that the strict CSP of the server holds; it writes its nonce over the mark in both pages.
 */
export default defineConfig({
  root: here('.'),
  base: '/',
  plugins: [react()],
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: here('../dist/web'),
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { consumer: here('index.html'), console: here('console/index.html') },
    },
  },
})
