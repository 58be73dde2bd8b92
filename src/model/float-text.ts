/** A float32 as XGBoost writes it: its shortest digits, always with an exponent (5E-1, 0E0). */
export function floatText(value: number): string {
  const float = Math.fround(value)
  if (float === 0) return Object.is(float, -0) ? '-0E0' : '0E0'
  for (let digits = 1; digits < 9; digits += 1) {
    const text = float.toExponential(digits - 1)
    if (Math.fround(Number(text)) === float) return tidy(halfToEven(text, float))
  }
  return tidy(float.toExponential(8))
}

/** More than a float32 with a short tie can have. */
const enoughDigits = 60

/** JavaScript rounds a tie up, XGBoost (Ryu) to the even digit: 4000.53125 is 4.0005312E3. */
function halfToEven(text: string, float: number): string {
  const [mantissa = '', exponent = ''] = text.split('e')
  if (/[02468]$/.test(mantissa)) return text
  const exact = float.toExponential(enoughDigits)
  if (!/^50*$/.test(exact.slice(mantissa.length, exact.indexOf('e')))) return text
  const even = `${mantissa.slice(0, -1)}${Number(mantissa.slice(-1)) - 1}e${exponent}`
  return Math.fround(Number(even)) === float ? even : text
}

/** `1.50e+0` as `1.5E0`. */
function tidy(text: string): string {
  const [mantissa = '', exponent = ''] = text.split('e')
  const digits = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa
  return `${digits}E${exponent.replace('+', '')}`
}
