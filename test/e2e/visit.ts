import assert from 'node:assert/strict'
import { join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { checkout } from './checkout.ts'

export interface VisitOptions {
  readonly url: string
  readonly width: number
  readonly height: number
  readonly scale?: number
  /** A device that the customer has used before; left out: the browser makes its own. */
  readonly deviceId?: string
  readonly colorScheme?: BrowserContextOptions['colorScheme']
}

/** Where the customer's page keeps the device's id. */
const deviceShelf = 'coffer.device'
/** Chromium logs each refusal of the API as an error; refusals are answers, and pages show them. */
const refusal = /^Failed to load resource: the server responded with a status of 4\d\d/
const patienceMs = 20_000
const pictures = join(checkout, '.cache', 'e2e')

/**
 * One person at one browser of his own: no cookie, no storage but the device id. Fails when the
 * work fails, leaving a picture of the page; and when a console error, a broken script, a violation
 * of the CSP, a request to anywhere else or an error of the server came up meanwhile.
 */
export async function visit(
  browser: Browser,
  options: VisitOptions,
  work: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await openContext(browser, options)
  const faults = await watch(context, new URL(options.url).origin)
  const page = await context.newPage()
  try {
    await work(page)
  } catch (error) {
    throw new Error(await describe(page, { error, faults }), { cause: error })
  } finally {
    await context.close()
  }
  assert.deepEqual(faults, [], 'the pages ran without faults')
}

async function openContext(browser: Browser, options: VisitOptions): Promise<BrowserContext> {
  const { url, width, height, scale = 1, deviceId, colorScheme = null } = options
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height },
    deviceScaleFactor: scale,
    // uPlot refuses the `en-US@posix` of a bare system.
    locale: 'en-GB',
    timezoneId: 'Asia/Shanghai',
    colorScheme,
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(patienceMs)
  if (deviceId !== undefined) {
    const [origin, name, value] = [new URL(url).origin, deviceShelf, deviceId].map(asScript)
    // The first, empty page has no storage.
    await context.addInitScript(
      `if (location.origin === ${origin}) localStorage.setItem(${name}, ${value})`,
    )
  }
  return context
}

function asScript(text: string): string {
  return JSON.stringify(text)
}

/** Everything that a page of ours never does, in a list that grows. */
async function watch(context: BrowserContext, origin: string): Promise<readonly string[]> {
  const faults: string[] = []
  const tell = (fault: string) => {
    faults.push(fault)
  }
  context.on('request', (request) => {
    const asked = new URL(request.url())
    const stays = asked.protocol === 'data:' || asked.protocol === 'blob:'
    if (!stays && asked.origin !== origin) tell(`request to ${request.url()}`)
  })
  context.on('response', (response) => {
    if (response.status() >= 500) tell(`${response.status()} from ${response.url()}`)
  })
  context.on('weberror', (error) => tell(`broken script: ${String(error.error())}`))
  context.on('console', (message) => {
    if (message.type() !== 'error' || refusal.test(message.text())) return
    tell(`console: ${message.text()} (${message.location().url})`)
  })
  await context.exposeFunction('tellViolation', (what: string) => tell(`CSP: ${what}`))
  await context.addInitScript(`
    addEventListener('securitypolicyviolation', (event) => {
      tellViolation(event.effectiveDirective + ' ' + event.blockedURI)
    })`)
  return faults
}

async function describe(
  page: Page,
  { error, faults }: { error: unknown; faults: readonly string[] },
): Promise<string> {
  const path = join(pictures, `failed-${process.pid}-${page.url().replace(/\W+/g, '-')}.png`)
  await page.screenshot({ path, fullPage: true }).catch(() => undefined)
  const lines = [String(error), `page: ${page.url()}`, `picture: ${path}`, ...faults]
  return lines.join('\n')
}
