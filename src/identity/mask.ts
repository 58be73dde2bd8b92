/** `+86 138****0001`: enough to recognise one's own number, too little to call it. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/^\+/, '')
  return `+${digits.slice(0, Math.min(5, digits.length - 4))}****${digits.slice(-4)}`
}

/** First letter only: a payer can recognise a payee without learning a stranger's name. */
export function maskName(name: string): string {
  const [first = '', ...rest] = [...name.trim()]
  return `${first}${'*'.repeat(Math.min(rest.length, 3))}`
}
