import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { ask, bringMoney, lastCode, password, signUp } from '../http/http-client.ts'
import { minute } from '#kernel'
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

/** What a thief who reads a browser's storage has: cookie, CSRF token and the device's id. */
async function copied(page: Page): Promise<Record<string, string>> {
  const cookies = await page.context().cookies()
  const me = (await (await page.request.get('/v1/me')).json()) as Record<string, unknown>
  const device = me['device'] as { id: string }
  return {
    cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
    'x-coffer-csrf': String(me['csrf_token']),
    'x-coffer-device': device.id,
  }
}

async function openAccount(page: Page, full: string): Promise<void> {
  await page.goto('/sign-up')
  await page.getByRole('textbox', { name: 'Name, as on your ID' }).fill('Mei Chen')
  await page.getByRole('textbox', { name: 'ID number' }).fill('110101199003071233')
  await page.getByRole('textbox', { name: 'Phone number' }).fill(full.slice(3))
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Send code' }).click()
  await seen(page.getByRole('button', { name: 'Use code' }))
  await page.getByRole('textbox', { name: 'Code from the SMS' }).fill(await lastCode(server, full))
  await page.getByRole('button', { name: 'Open an account' }).click()
  await seen(page.getByText('No payments yet'))
}

/** Whether some script could carry the device's private key away. */
const keyLeaves = `new Promise((resolve, reject) => {
  const opening = indexedDB.open('coffer', 1)
  opening.onerror = reject
  opening.onsuccess = () => {
    const all = opening.result.transaction('device-keys').objectStore('device-keys').getAll()
    all.onsuccess = async () => {
      const [{ privateKey }] = all.result
      const carried = await crypto.subtle.exportKey('pkcs8', privateKey).catch(() => null)
      resolve([all.result.length, carried !== null])
    }
  }
})`

test('a copied cookie with the device’s id approves nothing; the owner’s page does', async () => {
  const payee = await signUp(server, '+8613800000803', 'Wang Wei')
  const size = { width: 390, height: 844 }
  await visit(browser, { url: server.url, ...size }, async (page) => {
    const fresh = '+8613800000802'
    await openAccount(page, fresh)
    assert.deepEqual(await page.evaluate(keyLeaves), [1, false])
    let nth = 0
    const post = async (path: string, body: unknown) => {
      const key = { 'idempotency-key': `copied-${(nth += 1)}` }
      return ask(server, path, { body, headers: { ...(await copied(page)), ...key } })
    }
    await bringMoney(server, { phone: fresh, post }, '20000.00')
    const wish = { payee: { phone: payee.phone }, amount: '6000.00', source: 'wallet' }
    const { body } = await post('/v1/payments', wish)
    assert.equal(body['state'], 'challenged', JSON.stringify(body))
    const path = `/v1/payments/${String(body['id'])}/approve`
    assert.equal((await post(path, {})).body.code, 'device_proof_missing')
    assert.equal((await post(path, { signature: 'x'.repeat(86) })).body.code, 'device_proof_wrong')
    await page.goto(`/payments/${String(body['id'])}`)
    await page.getByRole('button', { name: 'Yes, it was me: approve' }).click()
    await seen(page.getByRole('heading', { name: 'Paid', exact: true }))
    await exchange(page)
  })
})

/** Ten minutes later the page has another token; what was copied ends the session when used. */
async function exchange(page: Page): Promise<void> {
  const before = await copied(page)
  await page.evaluate(`localStorage.setItem('coffer.rotated', '0')`)
  const exchanged = page.waitForResponse('**/v1/session/rotate')
  await page.goto('/')
  assert.equal((await exchanged).status(), 200)
  await seen(page.getByRole('region', { name: 'Total balance' }))
  assert.notEqual((await copied(page))['cookie'], before['cookie'])
  await server.flows.advanceClock({ to: server.lane.now() + 60 * minute })
  const stolen = await ask(server, '/v1/me', { headers: before })
  assert.equal(stolen.body.code, 'session_expired')
  await seen(page.getByRole('button', { name: 'Sign in' }))
}
