import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Pages } from '#http'

/** The pages as built (`dist/web`); null when they were not built: then there is only the API. */
export function readPages(folder: string): Pages | null {
  const consumer = join(folder, 'index.html')
  const operators = join(folder, 'console', 'index.html')
  if (!existsSync(consumer) || !existsSync(operators)) return null
  return {
    assetsFolder: join(folder, 'assets'),
    consumer: readFileSync(consumer, 'utf8'),
    console: readFileSync(operators, 'utf8'),
  }
}
