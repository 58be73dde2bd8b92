import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { password, signUp } from '../http/http-client.ts'
import type { TestServer } from '../support/test-server.ts'
import { launchChromium } from './chromium.ts'
import { startPageServer } from './city.ts'
import { signInCustomer } from './hands.ts'
import { seen } from './seen.ts'
import { visit } from './visit.ts'

const phone = '+8613800000801'
let server: TestServer
let browser: Browser

before(async () => {
  ;[server, browser] = await Promise.all([startPageServer(), launchChromium()])
})
after(async () => {
  await browser.close()
  await server.close()
})

/** An authenticator that Chromium plays itself, with a finger that is always there. */
async function plugIn(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

test('a customer adds a passkey, signs out everywhere, and comes back with it', async () => {
  const owner = await signUp(server, phone)
  // Browsers keep passkeys for names, not for addresses.
  const url = server.url.replace('127.0.0.1', 'localhost')
  const { deviceId } = owner
  await visit(browser, { url, width: 390, height: 844, deviceId }, async (page) => {
    await plugIn(page)
    await signInCustomer(page, { phone, password })
    await page.getByRole('link', { name: 'Safety' }).click()
    const passkeys = page.getByTestId('passkeys')
    await passkeys.getByLabel('Password', { exact: true }).fill(password)
    await passkeys.getByRole('button', { name: 'Add a passkey on this device' }).click()
    await seen(passkeys.getByRole('button', { name: 'Remove' }))
    await page.getByRole('button', { name: 'Sign out everywhere' }).click()
    await page.goto('/')
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await seen(page.getByRole('region', { name: 'Total balance' }))
  })
})
