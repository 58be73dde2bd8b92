import { z } from 'zod'
import { nameVerdicts } from './port.ts'

export const nameCheckBody = z.object({
  name: z.string().min(1).max(80),
  idNumber: z.string().regex(/^\d{17}[\dX]$/),
})
export const nameCheckAnswer = z.object({ verdict: z.enum(nameVerdicts) })

export const identityPaths = { nameChecks: '/name-checks' } as const
