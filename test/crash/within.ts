/** The answer, or a failure that says what did not happen in time. */
export async function within<T>(ms: number, what: string, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${ms} ms for ${what}`)), ms)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Asks again and again until the answer is yes. */
export async function until(
  ms: number,
  what: string,
  holds: () => Promise<boolean> | boolean,
): Promise<void> {
  let over = false
  async function ask(): Promise<void> {
    while (!over && !(await holds())) await new Promise((resolve) => setTimeout(resolve, 20))
  }
  try {
    await within(ms, what, ask())
  } finally {
    over = true
  }
}
