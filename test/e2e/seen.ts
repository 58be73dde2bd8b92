import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Locator } from 'playwright-core'

/** It is there, or appears soon. Fails, naming it, when it does not. */
export async function seen(locator: Locator): Promise<Locator> {
  await locator.first().waitFor()
  return locator
}

/** It is not there, or goes away soon. */
export async function gone(locator: Locator): Promise<void> {
  await locator.first().waitFor({ state: 'hidden' })
}

/** Looks again and again for five seconds. */
export async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  for (let look = 0; !(await holds()); look += 1) {
    assert.ok(look < 50, what)
    await sleep(100)
  }
}

/** Digits of the first amount in a text, in fen: 'total ¥1,234.50' -> 123450n. */
export async function fenIn(locator: Locator): Promise<bigint> {
  const text = await (await seen(locator)).first().innerText()
  const match = /¥\s*([\d,]+)\s*\.\s*(\d{2})/.exec(text)
  assert.ok(match, `no amount in ${JSON.stringify(text)}`)
  return BigInt(`${match[1]}${match[2]}`.replaceAll(',', ''))
}

/** What a figure is drawn with. The page's types are not this program's: only these are used. */
interface Drawn {
  querySelectorAll(name: 'path'): Iterable<{ getTotalLength(): number }>
  querySelector(name: 'canvas'): Canvas | null
}

interface Canvas {
  readonly width: number
  readonly height: number
  getContext(kind: '2d'): { getImageData(...box: number[]): { readonly data: Uint8ClampedArray } }
}

/** How much of a figure's canvas has been drawn on, 0 to 1. */
export function inkOf(figure: Locator): Promise<number> {
  return figure.evaluate((drawn: Drawn) => {
    const canvas = drawn.querySelector('canvas')
    // The library that draws it is loaded beside the page.
    if (canvas === null) return 0
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
    return data.filter((value, index) => index % 4 === 3 && value > 0).length / (data.length / 4)
  })
}

/** Length in pixels of the longest line drawn in a figure. */
export function lengthOfLine(figure: Locator): Promise<number> {
  return figure.evaluate((drawn: Drawn) =>
    Math.max(...[...drawn.querySelectorAll('path')].map((path) => path.getTotalLength())),
  )
}
