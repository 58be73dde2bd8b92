import { required } from '#kernel'

const blockSize = 2 ** 20
const cellStep = 32

/**
 * Room for many small byte strings without an object for each: cells of 32, 64, 96 … bytes cut
 * from blocks of a mebibyte; what is larger gets a block of its own. Bytes are never changed in
 * place: new ones go to another cell, and the old cell is used again only after `settle`, when
 * nobody can still be looking at it.
 */
export interface ByteArena {
  /** Puts a copy of the bytes into a cell; answers where. */
  put(bytes: Uint8Array): number
  /** The bytes of a cell, not a copy: good until what freed the cell is settled. */
  read(at: number, length: number): Uint8Array
  /** Gives up the cell at `at` that holds `length` bytes, in favour of what `batch` wrote. */
  free(at: number, length: number, batch: number): void
  /** Cells given up by batches up to this one may be used again. */
  settle(batch: number): void
}

interface GivenUp {
  readonly at: number
  readonly size: number
  readonly batch: number
}

export function createByteArena(): ByteArena {
  const blocks: Uint8Array[] = []
  /** Cells to be used again, by size. */
  const spare = new Map<number, number[]>()
  let givenUp: GivenUp[] = []
  let end = blockSize

  function blockOf(at: number): Uint8Array {
    return required(blocks[Math.floor(at / blockSize)], 'block')
  }

  function takeCell(size: number): number {
    const found = spare.get(size)?.pop()
    if (found !== undefined) return found
    if (size > blockSize) {
      blocks.push(new Uint8Array(size))
      end = blockSize
      return (blocks.length - 1) * blockSize
    }
    if (end + size > blockSize) {
      blocks.push(new Uint8Array(blockSize))
      end = 0
    }
    const at = (blocks.length - 1) * blockSize + end
    end += size
    return at
  }

  return {
    put(bytes) {
      const size = sizeFor(bytes.length)
      const at = takeCell(size)
      blockOf(at).set(bytes, at % blockSize)
      return at
    },
    read(at, length) {
      const block = blockOf(at)
      return new Uint8Array(block.buffer, at % blockSize, length)
    },
    free(at, length, batch) {
      givenUp.push({ at, size: sizeFor(length), batch })
    },
    settle(batch) {
      // In the order of their batches: the settled ones come first.
      let settled = 0
      for (const { at, size, batch: by } of givenUp) {
        if (by > batch) break
        const list = spare.get(size)
        if (list === undefined) spare.set(size, [at])
        else list.push(at)
        settled += 1
      }
      if (settled > 0) givenUp = givenUp.slice(settled)
    },
  }
}

function sizeFor(length: number): number {
  return Math.max(cellStep, Math.ceil(length / cellStep) * cellStep)
}
