import { z } from 'zod'
import { fail, type Result } from '#kernel'
import { compilePolicy, type CompiledPolicy } from './compile-policy.ts'
import { outcomes, steps } from './outcome.ts'
import type { PolicyDocument, PolicyFault } from './policy.ts'

const words = z.string().min(1).max(1_000)
const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/)
const code = z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/)
const weight = z.int().min(0).max(1_000_000)
const score = z.int().min(0).max(101)
const line = z.number().positive().max(1).nullable()
const instead = z.enum(['challenge', 'deny'])

/** A policy's document as JSON. What its conditions mean is checked by `compilePolicy`. */
const shape = z.strictObject({
  name: id,
  description: words,
  parameters: z.record(z.string().max(64), z.int().min(0)),
  rules: z.array(
    z.strictObject({
      id,
      code,
      steps: z.array(z.enum(steps)).min(1),
      when: z.string().min(1),
      points: z.int().min(0).max(100),
      floor: z.enum(outcomes).nullable(),
      observed: words,
      threshold: words,
      sentence: words,
      analystSentence: words,
    }),
  ),
  model: z
    .strictObject({
      name: id,
      steps: z.array(z.enum(steps)).min(1),
      challengeFrom: line,
      holdFrom: line,
      denyFrom: line,
    })
    .optional(),
  typologies: z
    .array(
      z.strictObject({
        id,
        code,
        steps: z.array(z.enum(steps)).min(1),
        when: z.string().min(1),
        rules: z.array(z.strictObject({ rule: id, weight })).min(1),
        alertFrom: weight,
        interdictFrom: weight,
        interdiction: z.enum(['challenge', 'hold', 'deny']),
        sentence: words,
        analystSentence: words,
      }),
    )
    .exactOptional(),
  outcomeFrom: z.strictObject({ challenge: score, hold: score, deny: score }),
  levelFrom: z.strictObject({ elevated: score, highest: score }),
  holdBecomes: z.strictObject({
    reset: instead,
    sign_in: instead,
    redeem: instead,
    withdrawal: instead,
    link_bank_account: instead,
  }),
})

/** A document from outside, compiled. Errors: every fault; of conditions with line and column. */
export function readPolicyDocument(value: unknown): Result<CompiledPolicy, readonly PolicyFault[]> {
  const read = shape.safeParse(value)
  if (read.success) return compilePolicy(read.data satisfies PolicyDocument)
  return fail(
    read.error.issues.map(({ path, message }) => ({
      rule: null,
      line: 1,
      column: 1,
      message: `${path.join('.') || 'document'}: ${message}`,
    })),
  )
}
