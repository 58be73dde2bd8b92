import type { Random } from './random.ts'

/** Crockford's base 32 without the letters that people misread. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** Makes ids such as `pay_5f0k2m9x4q1p7s3d`: a prefix that names the noun and 80 random bits. */
export interface Ids {
  next(prefix: string): string
}

export function createIds(random: Random): Ids {
  return {
    next(prefix) {
      const bytes = random.bytes(16)
      let id = `${prefix}_`
      for (const byte of bytes) id += alphabet[byte & 31]
      return id
    },
  }
}
