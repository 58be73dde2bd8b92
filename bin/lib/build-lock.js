import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { root } from './source-stamp.js'

const cache = join(root, '.cache')
const lock = join(cache, 'build.lock')
/** A lock without an owner's name for longer than this was left by a process that died at once. */
const namelessMs = 5_000

/**
 * Runs `work` while no other process builds. A folder is the lock (making one is atomic); the
 * owner's process id lies in it, so that the lock of a process that was killed is taken over.
 */
export async function withBuildLock(work) {
  mkdirSync(cache, { recursive: true })
  let told = false
  while (!tryLock()) {
    if (!told) process.stderr.write('another build is running: waiting for it\n')
    told = true
    await wait(100)
  }
  const release = () => rmSync(lock, { recursive: true, force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.removeListener('exit', release)
    release()
  }
}

function tryLock() {
  try {
    mkdirSync(lock)
    writeFileSync(join(lock, 'pid'), String(process.pid))
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    if (isAbandoned(lock)) removeAbandoned()
    return false
  }
}

function isAbandoned(path) {
  const pid = ownerOf(path)
  if (pid !== undefined) return !isAlive(pid)
  const made = statSync(path, { throwIfNoEntry: false })
  return made !== undefined && Date.now() - made.mtimeMs > namelessMs
}

function ownerOf(path) {
  try {
    return Number(readFileSync(join(path, 'pid'), 'utf8')) || undefined
  } catch {
    return undefined
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/**
 * Renames first: of several waiting processes only one can. Looks again afterwards: between our
 * look and the rename another may have taken the lock over, and then it goes back.
 */
function removeAbandoned() {
  const aside = `${lock}.${process.pid}`
  try {
    renameSync(lock, aside)
    if (isAbandoned(aside)) rmSync(aside, { recursive: true, force: true })
    else renameSync(aside, lock)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
}
