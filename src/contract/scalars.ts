import { z } from 'zod'
import { problems, type ErrorCode } from './problems.ts'

/** Refuses with one of our codes: the HTTP face finds it in the issue (`problemOfIssues`). */
function refuse(context: z.RefinementCtx, code: ErrorCode): void {
  context.addIssue({ code: 'custom', message: problems[code].detail, params: { code } })
}

function codedText(pattern: RegExp, code: ErrorCode) {
  return z
    .string()
    .superRefine((text, context) => {
      if (!pattern.test(text)) refuse(context, code)
    })
    .meta({ pattern: pattern.source })
}

/** A hundred trillion yuan: the largest amount that can be asked for (#money has the same). */
const wholeDigits = 14

/** The amount of a request in yuan: above zero, at most two decimals. */
export const requestedAmount = z
  .string()
  .superRefine((text, context) => {
    const match = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?$/.exec(text)
    if (match === null) return refuse(context, 'amount_malformed')
    const [, sign, whole = '', decimals = ''] = match
    if (decimals.length > 2) return refuse(context, 'amount_too_precise')
    if (sign === '-' || !/[1-9]/.test(text)) return refuse(context, 'amount_not_positive')
    if (whole.length > wholeDigits) return refuse(context, 'amount_out_of_range')
  })
  .meta({
    description: 'Yuan as a decimal string, above zero, at most two decimals',
    pattern: '^(0|[1-9]\\d*)(\\.\\d{1,2})?$',
    examples: ['100.00'],
  })

export const requestedCurrency = z
  .string()
  .superRefine((text, context) => {
    if (text !== 'CNY') refuse(context, 'currency_not_supported')
  })
  .meta({ description: 'CNY, also when left out', examples: ['CNY'] })
  .optional()

/** An amount in an answer: yuan with two decimals, negative where money left. */
export const amount = z
  .string()
  .regex(/^-?\d+\.\d{2}$/)
  .meta({ id: 'Amount', description: 'Yuan with two decimals', examples: ['1234.50'] })

export const currency = z.literal('CNY')
export const time = z.iso
  .datetime({ offset: true })
  .meta({ examples: ['2013-10-12T09:30:00.000Z'] })
export const localDate = z.iso.date().meta({ description: 'A day in Asia/Shanghai' })

/** `pay_5f0k2m…`: a prefix that names the noun. */
export const anyId = z.string().regex(/^[a-z]{3}_[0-9A-Za-z_:-]{1,64}$/)

export const phone = codedText(/^\+[1-9][0-9]{4,14}$/, 'phone_malformed')
export const idNumber = z
  .string()
  .superRefine((text, context) => {
    if (!/^\d{17}[\dX]$/.test(text)) return refuse(context, 'id_number_malformed')
    if (checkDigitOf(text) !== text.at(-1)) refuse(context, 'id_number_check_digit')
  })
  .meta({ pattern: '^\\d{17}[\\dX]$' })
/** Length only: the rest of what makes a password weak is judged with the customer known. */
export const newPassword = codedText(/^[^\0]{10,128}$/u, 'password_weak')
export const password = z.string().min(1).max(128)
export const code = z.string().regex(/^\d{6}$/)
export const reasonText = z.string().trim().min(3).max(500)

/** Newest first; the next page starts after the last id of this one. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  starting_after: z
    .string()
    .regex(/^[\w:.-]{1,100}$/)
    .optional(),
})
export type PageQuery = z.infer<typeof pageQuery>

export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ data: z.array(item), has_more: z.boolean() })
}

export const idParams = z.strictObject({ id: anyId })
export const done = z.object({ done: z.literal(true) })

/** ISO 7064 MOD 11-2, as GB 11643 has it: weights are powers of two modulo 11. */
function checkDigitOf(text: string): string | undefined {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, place) => total + weight * Number(text[place]), 0)
  return '10X98765432'[sum % 11]
}
