import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readFileSync } from 'node:fs'

const here = dirname(fileURLToPath(import.meta.url))

/** The folder of the checkout or package: above `src/app`, or above `dist/src/app` once built. */
export const checkout = here.includes(join('dist', 'src', 'app'))
  ? join(here, '..', '..', '..')
  : join(here, '..', '..')

/** The pages as `vite build` leaves them. */
export const pagesFolder = join(checkout, 'dist', 'web')

/** The version in package.json. */
export function programVersion(): string {
  const text = readFileSync(join(checkout, 'package.json'), 'utf8')
  return String((JSON.parse(text) as { version?: unknown }).version)
}
