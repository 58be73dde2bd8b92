import { scryptSync } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseFault } from '#database'
import { equalInConstantTime, type Random } from '#kernel'
import type { Config } from './config.ts'

/** By what a backup knows its pepper again without holding it. */
export interface PepperSeal {
  readonly salt: string
  readonly digest: string
}

/** Slow on purpose (about 0.1 s): a pepper chosen by a person must not be guessed from a backup. */
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }

export function sealPepper(pepper: string, random: Random): PepperSeal {
  const salt = Buffer.from(random.bytes(16)).toString('hex')
  return { salt, digest: digestOf(pepper, salt) }
}

export function fitsSeal(pepper: string, { salt, digest }: PepperSeal): boolean {
  return equalInConstantTime(digestOf(pepper, salt), digest)
}

function digestOf(pepper: string, salt: string): string {
  return scryptSync(pepper, Buffer.from(salt, 'hex'), 32, cost).toString('hex')
}

/** The pepper in use, and where it is; null before the first start. Makes none. */
export function findPepper(config: Config): { pepper: string; where: string } | null {
  if (config.pepper !== null) return { pepper: config.pepper, where: 'COFFER_PEPPER' }
  const file = join(config.folder, 'pepper')
  return existsSync(file) ? { pepper: readFileSync(file, 'utf8').trim(), where: file } : null
}

/** Puts a pepper where the server looks for it. Throws DatabaseFault when another one is there. */
export function installPepper(config: Config, pepper: string): void {
  const found = findPepper(config)
  if (found?.pepper === pepper) return
  if (found !== null) throw new DatabaseFault(`${found.where} is another pepper than the one named`)
  mkdirSync(config.folder, { recursive: true, mode: 0o700 })
  writeFileSync(join(config.folder, 'pepper'), `${pepper}\n`, {
    flag: 'wx',
    mode: 0o600,
    flush: true,
  })
}
