/** '138 0000 1111' -> '+8613800001111'; undefined while it cannot be a number. */
export function toE164(text: string): string | undefined {
  const plain = text.replace(/[\s()-]/g, '')
  const full = /^1\d{10}$/.test(plain) ? `+86${plain}` : plain
  return /^\+[1-9]\d{4,14}$/.test(full) ? full : undefined
}

/** '+8613800001111' -> '+86 138 0000 1111' */
export function readablePhone(phone: string): string {
  const match = /^\+86(\d{3})(\d{4})(\d{4})$/.exec(phone)
  return match === null ? phone : `+86 ${match[1]} ${match[2]} ${match[3]}`
}

/** An amount as it is typed: '1,000.5' -> '1000.5'; undefined while it is none above zero. */
export function toAmount(text: string): string | undefined {
  const plain = text.replace(/[,\s¥]/g, '')
  if (!/^(0|[1-9]\d{0,13})(\.\d{1,2})?$/.test(plain)) return undefined
  return /[1-9]/.test(plain) ? plain : undefined
}
