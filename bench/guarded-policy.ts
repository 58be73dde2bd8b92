import type { Coffer } from '#app'
import type { Command } from '#commit'
import {
  builtInPolicies,
  gatherFacts,
  keepModelText,
  publishModel,
  publishPolicy,
  saveModelDraft,
  shadowModel,
} from '#risk'
import { benchDepth, benchTrees, trainBenchModel } from './bench-model.ts'
import { createSituations } from './decide-situations.ts'

/**
 * Publishes `today` with a model trained here, as two people do it. The model is asked about every
 * payment; its line is at certainty, since the runs count payments that post.
 */
export async function publishGuard({ lane, context }: Coffer): Promise<void> {
  const situations = await createSituations()
  const facts = situations.map(({ input, profiles, now }) => gatherFacts(input, profiles, now))
  const { file } = trainBenchModel(facts)
  const { version } = file
  const { name } = file.document
  process.stderr.write(`a model of ${benchTrees} trees of depth ${benchDepth} is published\n`)
  await keepModelText(context.sql, file)
  let requests = 0
  async function run<In>(command: Command<In, { status: string }>, input: In): Promise<void> {
    const id = `guard-${(requests += 1)}`
    const done = await lane.submit(command, { owner: 'bench', id, content: id, input })
    const fine = ['saved', 'done', 'published']
    if (done.status !== 'done' || !fine.includes(done.output.status)) {
      throw new Error(`${command.name}: ${JSON.stringify(done)}`)
    }
  }
  await run(saveModelDraft, { version, name, by: 'opr_one' })
  await run(shadowModel, { version, on: true })
  await run(publishModel, { version, from: null, by: 'opr_two' })
  const model = {
    name,
    steps: ['payment', 'withdrawal'] as const,
    challengeFrom: 1,
    holdFrom: null,
    denyFrom: null,
  }
  const document = { ...builtInPolicies.today, name: 'bench', model }
  const input = { document, by: 'opr_one' }
  const published = await lane.submit(publishPolicy, {
    owner: 'bench',
    id: 'guard-policy',
    content: 1,
    input,
  })
  if (published.status !== 'done') throw new Error(JSON.stringify(published))
}
