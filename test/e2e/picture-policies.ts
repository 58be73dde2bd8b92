import type { Page } from 'playwright-core'
import { seen } from './seen.ts'

/** So long a backtest of a month may take on a busy machine. */
const backtestMs = 60_000

/**
 * A draft that asks more, in the shadow and tried on what is recorded; then why a held payment was
 * no other decision. For a supervisor's page. `picture` keeps what is on the screen under a name.
 */
export async function picturePolicies(
  page: Page,
  picture: (name: string) => Promise<void>,
): Promise<void> {
  await page.getByRole('link', { name: 'Policies' }).click()
  await page.getByRole('button', { name: 'Copy into a new draft' }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('careful')
  await page.getByText('Parameters', { exact: true }).click()
  await page.getByRole('textbox', { name: 'newPayeeConfirmSum' }).fill('100000')
  await seen(page.getByText('No faults'))
  await page.getByRole('button', { name: 'Save draft' }).click()
  await page.getByRole('button', { name: 'Start the shadow' }).click()
  await page.getByRole('button', { name: 'Run a backtest' }).click()
  await page.getByRole('table', { name: 'Backtest' }).waitFor({ timeout: backtestMs })
  await page.getByText(/^[\d,]+ the same, /).waitFor({ timeout: backtestMs })
  await page.setViewportSize({ width: 1440, height: 1500 })
  await picture('policies')
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('link', { name: 'Decisions', exact: true }).click()
  await page.getByText('Held', { exact: true }).click()
  await page.getByRole('row').nth(1).getByRole('button').click()
  await seen(page.getByRole('region', { name: 'Why not another outcome' }).getByRole('listitem'))
  await picture('why-not')
  await page.keyboard.press('Escape')
}
