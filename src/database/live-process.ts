import { readFileSync } from 'node:fs'

/**
 * A process that cannot be mistaken for another one: `pid` and, on Linux, the tick it started at
 * (numbers of processes are used again, in containers within seconds of a restart).
 */
export type ProcessMark = string

/** The mark of a running process, or undefined when there is none (a zombie counts as none). */
export function markOf(pid: number): ProcessMark | undefined {
  const stat = readStat(pid)
  if (stat === 'no-proc') return answersSignal(pid) ? `${pid}` : undefined
  if (stat === undefined || stat.state === 'Z' || stat.state === 'X') return undefined
  return `${pid}-${stat.startTick}`
}

/** Whether exactly this process still runs. */
export function isAlive(mark: ProcessMark): boolean {
  return markOf(pidOf(mark)) === mark
}

export function pidOf(mark: ProcessMark): number {
  return Number.parseInt(mark, 10)
}

/** The command line of a process, or undefined where that cannot be known. */
export function commandLineOf(pid: number): readonly string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch {
    return undefined
  }
}

function readStat(pid: number): { state: string; startTick: string } | 'no-proc' | undefined {
  if (process.platform !== 'linux') return 'no-proc'
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold spaces; what follows it is fields 3, 4, … of proc(5).
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0] ?? '', startTick: fields[19] ?? '' }
  } catch {
    return undefined
  }
}

function answersSignal(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
