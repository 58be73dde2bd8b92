import { floatText } from './float-text.ts'
import type { TreeModel } from './tree-model.ts'

/** Fields of a tree that hold float32; every other number of the format is whole. */
const floatFields = new Set(['base_weights', 'loss_changes', 'split_conditions', 'sum_hessian'])

/**
 * The model as XGBoost writes it: sorted keys, no spaces, shortest float32 digits. A file written
 * by XGBoost, or by this, comes back byte for byte.
 */
export function writeModel({ document }: TreeModel): string {
  return textOf(document, false)
}

function textOf(value: unknown, isFloat: boolean): string {
  if (typeof value === 'number') {
    return isFloat && Number.isFinite(Math.fround(value)) ? floatText(value) : String(value)
  }
  if (Array.isArray(value)) return `[${value.map((item) => textOf(item, isFloat)).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const texts = fields.map(
    ([key, item]) => `${JSON.stringify(key)}:${textOf(item, floatFields.has(key))}`,
  )
  return `{${texts.join(',')}}`
}
