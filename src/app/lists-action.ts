import type { ListOptions } from '#cli'
import { createActAs, createListFlows, type FlowProblem } from '#flows'
import { fail, ok, startOfLocalDay, toRfc3339, type Result } from '#kernel'
import type { Config } from './config.ts'
import { withCoffer } from './with-coffer.ts'

type Done = Result<object, FlowProblem>
type Context = Parameters<typeof createListFlows>[0]

const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

/** `coffer lists …`. Exit 2: refused; stderr has the words, with --json stdout the object. */
export function listsAction(config: Config, options: ListOptions): Promise<number> {
  return withCoffer(config, say, async ({ coffer }) => {
    const done = await actOn(coffer.context, options)
    if (!done.ok) {
      const { code, detail } = done.error
      say(detail === undefined ? code : `${code}: ${detail}`)
      if (options.json) print({ error: done.error })
      return 2
    }
    if (options.wish !== 'show') say(JSON.stringify(done.value))
    if (options.json) print(done.value)
    return 0
  })
}

function print(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

async function actOn(context: Context, options: ListOptions): Promise<Done> {
  const flows = createListFlows(context)
  if (options.wish === 'show') return ok(await show(flows, options))
  const actor = await createActAs(context)(options.as)
  if (!actor.ok) return actor
  const requestId = context.ids.next('req')
  switch (options.wish) {
    case 'add': {
      const { list, kind, value, reason, final } = options
      const until = options.until === undefined ? null : startOfLocalDay(options.until)
      return flows.addToList(actor.value, { requestId, list, kind, value, reason, final, until })
    }
    case 'remove': {
      const { id, reason } = options
      return saidOf(id, await flows.removeFromList(actor.value, { requestId, id, reason }))
    }
    case 'snooze': {
      const { rule, account, reason } = options
      const until = startOfLocalDay(options.until)
      return flows.snoozeRule(actor.value, { requestId, rule, account, until, reason })
    }
    case 'wake':
      return saidOf(options.id, await flows.endSnooze(actor.value, { requestId, id: options.id }))
  }
}

function saidOf(id: string, done: Result<null, FlowProblem>): Done {
  return done.ok ? ok({ id, done: true }) : fail(done.error)
}

async function show(
  flows: ReturnType<typeof createListFlows>,
  { history, value }: Extract<ListOptions, { wish: 'show' }>,
): Promise<object> {
  const entries = await flows.readLists({ history, ...(value !== undefined && { value }) })
  const sleeping = await flows.readSnoozes({
    history,
    ...(value !== undefined && { account: value }),
  })
  const until = (at: number | null) => (at === null ? 'for good' : `until ${toRfc3339(at)}`)
  for (const { id, list, kind, value: named, final, reason, ...rest } of entries) {
    const how = final ? 'block, not overridable' : list
    const over = rest.removedAt === null ? '' : ` · removed ${toRfc3339(rest.removedAt)}`
    say(`${id}  ${how}  ${kind} ${named}  ${until(rest.until)}${over}  ${rest.addedBy}: ${reason}`)
  }
  for (const { id, rule, account, until: at, addedBy, reason } of sleeping) {
    say(`${id}  ${rule} sleeps for ${account} ${until(at)}  ${addedBy}: ${reason}`)
  }
  const text = (at: number | null) => (at === null ? null : toRfc3339(at))
  return {
    entries: entries.map((entry) => ({
      ...entry,
      addedAt: toRfc3339(entry.addedAt),
      until: text(entry.until),
      removedAt: text(entry.removedAt),
    })),
    snoozes: sleeping.map((one) => ({
      ...one,
      addedAt: toRfc3339(one.addedAt),
      until: toRfc3339(one.until),
      endedAt: text(one.endedAt),
    })),
  }
}
