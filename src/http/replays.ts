import type { PolicyName, Replay, ScenarioResult } from '#contract'
import type { FlowProblem } from '#flows'
import { fail, ok, toRfc3339, type Clock, type Ids, type Result } from '#kernel'
import type { Logger } from '#observability'

export interface ReplayWish {
  readonly policy: PolicyName
  readonly seed?: number
  readonly entry?: 'reset' | 'stolen-session'
}

/** Plays the theft on a server and database of its own; tells what happens, line by line. */
export type RunReplay = (
  wish: ReplayWish,
  onProgress: (line: string) => void,
) => Promise<ScenarioResult>

export interface Replays {
  /** Errors: replay_running, simulation_off. */
  start(wish: {
    policy?: PolicyName | undefined
    seed?: number | undefined
    entry?: ReplayWish['entry'] | undefined
  }): Result<Replay, FlowProblem>
  /** Errors: replay_not_found. */
  find(id: string): Result<Replay, FlowProblem>
}

const kept = 10
const allPolicies: readonly PolicyName[] = ['none', '2013', 'today']

/** Replays of this process, the last ten of them. In memory: they are shown, not kept. */
export function createReplays(options: {
  run: RunReplay | null
  clock: Clock
  ids: Ids
  log: Logger
}): Replays {
  const { run, clock, ids, log } = options
  const replays = new Map<string, Replay>()
  const now = () => toRfc3339(clock.now())

  async function play(id: string, wishes: readonly ReplayWish[], runOne: RunReplay) {
    const tell = (policy: PolicyName, text: string) => {
      change(id, (replay) => ({ progress: [...replay.progress, { at: now(), policy, text }] }))
    }
    try {
      for (const wish of wishes) {
        const result = await runOne(wish, (text) => tell(wish.policy, text))
        change(id, (replay) => ({ results: [...replay.results, result] }))
      }
      change(id, () => ({ state: 'done', finished_at: now() }))
    } catch (error) {
      log.error({ error }, 'a replay broke')
      change(id, () => ({ state: 'failed', finished_at: now(), error: 'The replay broke.' }))
    }
  }

  function change(id: string, by: (replay: Replay) => Partial<Replay>): void {
    const present = replays.get(id)
    if (present !== undefined) replays.set(id, { ...present, ...by(present) })
  }

  return {
    start({ policy, seed, entry }) {
      if (run === null) return fail({ code: 'simulation_off' })
      if ([...replays.values()].some(({ state }) => state === 'running')) {
        return fail({ code: 'replay_running' })
      }
      const id = ids.next('rpl')
      const chosen = { ...(seed !== undefined && { seed }), ...(entry !== undefined && { entry }) }
      const wishes = (policy === undefined ? allPolicies : [policy]).map((name) => ({
        policy: name,
        ...chosen,
      }))
      const started: Replay = {
        id,
        state: 'running',
        started_at: now(),
        finished_at: null,
        progress: [],
        results: [],
        error: null,
      }
      replays.set(id, started)
      const [oldest] = replays.keys()
      if (replays.size > kept && oldest !== undefined) replays.delete(oldest)
      void play(id, wishes, run)
      return ok(started)
    },
    find(id) {
      const found = replays.get(id)
      return found === undefined ? fail({ code: 'replay_not_found' }) : ok(found)
    },
  }
}
