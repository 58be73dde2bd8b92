import type { Random } from '#kernel'
import { createAgenda, type Agenda } from './agenda.ts'
import { createHands, type Hands } from './hands.ts'
import type { Life } from './life.ts'
import { count, type Tally, type WorldParts } from './parts.ts'
import type { City } from './party.ts'
import type { Scene, Story, Truth } from './scene.ts'
import { createStaff, type Staff } from './staff.ts'

/** A city that lives: its plan, its people as they are now, and what is still to come. */
export interface World {
  readonly parts: WorldParts
  readonly city: City
  readonly lives: Map<number, Life>
  readonly hands: Hands
  readonly staff: Staff
  readonly truth: Truth
  readonly tally: Tally
  readonly agenda: Agenda
  /** Decides what is not planned by the day: stories and who takes part in them. */
  readonly random: Random
}

export function newWorld(parts: WorldParts, city: City, random: Random): World {
  const tally: Tally = new Map()
  const truth: Truth = new Map()
  return {
    parts,
    city,
    lives: new Map(),
    hands: createHands(parts, tally),
    staff: createStaff(parts, { truth, random, tally }),
    truth,
    tally,
    agenda: createAgenda(),
    random,
  }
}

export function sceneOf(world: World, wait: Scene['wait']): Scene {
  const { parts, city, lives, hands, truth, agenda, random } = world
  const { now, ids } = parts.context
  return {
    city,
    lives,
    hands,
    flows: parts.flows,
    carrier: parts.simulators.carrier,
    ids,
    random,
    truth,
    now,
    wait,
    later: (ms, work) => agenda.add(now() + ms, work),
  }
}

/** What breaks in one life must not stop the others: it is counted and logged. */
export async function carefully(world: World, what: string, work: () => Promise<void>) {
  try {
    await work()
  } catch (error) {
    count(world.tally, 'broke')
    world.parts.context.log.warn({ what, error }, 'something in the demo city went wrong')
  }
}

export function playCarefully(world: World, story: Story, scene: Scene): Promise<void> {
  return carefully(world, story.name, () => story.play(scene))
}
