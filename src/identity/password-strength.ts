/** Favourites of every list of leaked passwords that are long enough to be allowed otherwise. */
const common = new Set([
  '1234567890',
  '0123456789',
  '0987654321',
  '1111111111',
  '1234567891',
  '12345678910',
  '123456789a',
  'a123456789',
  'password12',
  'password123',
  'password1234',
  'qwertyuiop',
  'qwerty12345',
  'qwertyuiop123',
  '1q2w3e4r5t',
  '1q2w3e4r5t6y',
  '1qaz2wsx3edc',
  'iloveyou123',
  'woaini1314',
  'woaini520520',
  'asdfghjkl123',
  'zxcvbnm123',
  'abcdefghij',
  'abcd123456',
  'aa123456789',
  'qq123456789',
  '5201314520',
])

/** True when a password is one of the common ones, one sign repeated, or says who the owner is. */
export function passwordWeak(password: string, owner: { phone: string; name: string }): boolean {
  const lower = password.toLowerCase()
  if (password.length < 10 || password.length > 128) return true
  if (common.has(lower) || new Set(lower).size < 4) return true
  const digits = owner.phone.replace(/^\+/, '')
  if (lower.includes(digits) || lower.includes(digits.slice(-11))) return true
  const name = owner.name.toLowerCase().replace(/\s/g, '')
  return name.length >= 4 && lower.replace(/[^\p{L}]/gu, '') === name
}
