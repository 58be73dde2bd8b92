import type { Sql } from '#database'
import { fail, ok, required, type Instant, type Result } from '#kernel'
import { driftLines, populationStability } from '#model'
import type { ReadyModel } from './ready-model.ts'
import { recordedRows } from './training-rows.ts'

/** How far one distribution has moved since training. */
export interface Drifted {
  readonly name: string
  /** Population stability index. */
  readonly psi: number
  readonly state: 'stable' | 'watch' | 'alarm'
}

export interface ModelDrift {
  readonly version: string
  readonly from: Instant
  readonly to: Instant
  readonly rows: number
  readonly score: Drifted
  /** The most drifted first. */
  readonly features: readonly Drifted[]
}

const mostRows = 20_000

/**
 * Recorded facts of a window against those of training, per feature and for the score. Errors:
 * model_without_training (a foreign model brought no distributions), model_window_empty.
 */
export async function modelDrift(
  sql: Sql,
  { model, from, to }: { model: ReadyModel; from: Instant; to: Instant },
): Promise<Result<ModelDrift, 'model_without_training' | 'model_window_empty'>> {
  const { distributions: then, model: trees } = model.document
  if (then === null) return fail('model_without_training')
  const wanted = { names: trees.featureNames, from, to, knownBy: from, most: mostRows }
  const { columns, at } = await recordedRows(sql, wanted)
  if (at.length === 0) return fail('model_window_empty')
  const features = trees.featureNames.map((name, i) =>
    drifted(
      name,
      populationStability(required(then.features[i], name), required(columns[i], name)),
    ),
  )
  const row = new Float32Array(columns.length)
  const margins = Float64Array.from(at, (_, index) => {
    for (const [i, column] of columns.entries()) row[i] = column[index] as number
    return model.marginOfRow(row)
  })
  const score = drifted('score', populationStability(then.score, margins))
  const sorted = features.toSorted((a, b) => b.psi - a.psi)
  return ok({ version: model.version, from, to, rows: at.length, score, features: sorted })
}

function drifted(name: string, psi: number): Drifted {
  const state = psi >= driftLines.alarm ? 'alarm' : psi >= driftLines.watch ? 'watch' : 'stable'
  return { name, psi: Number(psi.toFixed(4)), state }
}
