import { readlinkSync, renameSync, symlinkSync, unlinkSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { required, stopwatch } from '#kernel'
import { DatabaseFault } from './database-fault.ts'
import { isAlive, markOf, pidOf } from './live-process.ts'

const patienceMs = 180_000
const pauseMs = 25

/**
 * Runs `work` while no other process on this machine holds the same lock. The lock is a symbolic
 * link whose target is the holder's process mark: made and read atomically, and a holder that was
 * killed is recognised, so nobody ever has to remove a lock by hand.
 */
export async function withFileLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const elapsedMs = stopwatch()
  const self = required(markOf(process.pid), 'own process')
  while (!tryTake(path, self)) {
    if (elapsedMs() > patienceMs) {
      throw new DatabaseFault(`${path} has been held too long by process ${holderOf(path)}`)
    }
    await sleep(pauseMs)
  }
  try {
    return await work()
  } finally {
    unlinkSync(path)
  }
}

function tryTake(path: string, self: string): boolean {
  try {
    symlinkSync(self, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const holder = holderOf(path)
  if (holder !== undefined && !isAlive(holder)) removeStale(path, holder)
  return false
}

/** Two waiters may find the same dead holder; only the link that was looked at is removed. */
function removeStale(path: string, holder: string): void {
  const aside = `${path}.${process.pid}`
  try {
    renameSync(path, aside)
    const moved = readlinkSync(aside)
    if (moved !== holder) symlinkSync(moved, path)
    unlinkSync(aside)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code !== 'ENOENT' && code !== 'EEXIST') throw error
  }
}

function holderOf(path: string): string | undefined {
  try {
    const holder = readlinkSync(path)
    return Number.isNaN(pidOf(holder)) ? undefined : holder
  } catch {
    return undefined
  }
}
