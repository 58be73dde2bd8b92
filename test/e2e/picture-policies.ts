import type { Page } from 'playwright-core'
import { gone, seen } from './seen.ts'

/** So long a backtest of a month may take on a busy machine. */
const backtestMs = 60_000

/**
 * A rule with a fault in it as it is being written; then the draft, with less said, in the shadow
 * and tried on what is recorded. For a supervisor's page; `picture` keeps the screen by a name.
 */
export async function picturePolicies(
  page: Page,
  picture: (name: string) => Promise<void>,
): Promise<void> {
  await page.getByRole('link', { name: 'Policies' }).click()
  await page.getByRole('button', { name: 'Copy into a new draft' }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('careful')
  await page.getByRole('button', { name: /^first-payment-large/ }).click()
  const condition = page.getByRole('textbox', { name: 'Condition, in CEL' })
  const sound = await condition.inputValue()
  await condition.fill('newPayee &&\n  newPayeeSum24h >= newPayeeLimit')
  await seen(page.getByText('1 fault'))
  await picture('draft')
  await condition.fill(sound)
  await page.getByText('Parameters', { exact: true }).click()
  await page.getByRole('textbox', { name: 'newPayeeConfirmSum' }).fill('100000')
  await seen(page.getByText('No faults'))
  await page.getByRole('button', { name: 'Save draft' }).click()
  await page.getByRole('button', { name: 'Start the shadow' }).click()
  await page.getByRole('button', { name: 'Run a backtest' }).click()
  await page.getByRole('table', { name: 'Backtest' }).waitFor({ timeout: backtestMs })
  await page.getByText(/^[\d,]+ the same, /).waitFor({ timeout: backtestMs })
  await gone(page.getByText('It decides beside the live policy now'))
  await page.setViewportSize({ width: 1440, height: 1330 })
  await picture('policies')
  await page.setViewportSize({ width: 1440, height: 900 })
}
