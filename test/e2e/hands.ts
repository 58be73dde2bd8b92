import type { Page } from 'playwright-core'
import type { DemoSignIns } from '#world'

type Customer = DemoSignIns['customers'][number]
type Operator = DemoSignIns['operators'][number]

/** Fills in and sends the customer's sign-in form; what comes next is the page's answer. */
export async function signInCustomer(page: Page, who: Pick<Customer, 'phone' | 'password'>) {
  await page.goto('/')
  await sendSignIn(page, who)
}

/** The same, where the page has already come to the form by itself. */
export async function sendSignIn(page: Page, who: Pick<Customer, 'phone' | 'password'>) {
  await page.getByRole('textbox', { name: 'Phone number' }).fill(who.phone)
  await page.getByLabel('Password', { exact: true }).fill(who.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

export async function signInOperator(page: Page, who: Pick<Operator, 'login' | 'password'>) {
  await page.goto('/console/')
  await page.getByRole('textbox', { name: 'Login' }).fill(who.login)
  await page.getByLabel('Password', { exact: true }).fill(who.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  // Each code serves once: after three sign-ins in half a minute the next code has to come.
  await page.getByRole('button', { name: 'Fill in the demo’s code' }).click({ timeout: 45_000 })
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Live board' }).waitFor()
}

/** Fills in a payment; its button then says `Pay ¥…`. */
export async function fillPayment(page: Page, to: string, amount: string): Promise<void> {
  await page.getByRole('link', { name: 'Pay', exact: true }).first().click()
  await page.getByRole('textbox', { name: 'Their phone number' }).fill(to)
  await page.getByRole('textbox', { name: 'Amount' }).fill(amount)
}
