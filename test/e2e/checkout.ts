import { join } from 'node:path'

const here = import.meta.dirname
const built = join('dist', 'test', 'e2e')

/** The checkout's folder: above `test/e2e`, or above `dist/test/e2e` once built. */
export const checkout = join(here, ...(here.endsWith(built) ? ['..', '..', '..'] : ['..', '..']))
