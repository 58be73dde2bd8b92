import type { Reason } from '../outcome.ts'
import type { ListName, Measures } from './measures.ts'

/** What the lists say of a step, before any rule is heard. */
export type ListVerdict = 'final_block' | 'allow' | 'block' | 'watch' | 'none'

/** A final block goes before an allow entry, which goes before any other block. */
export function listVerdict({ listed }: Measures): ListVerdict {
  let verdict: ListVerdict = 'none'
  for (const { list, final } of listed) {
    const said = list === 'block' && final ? 'final_block' : list
    if (order.indexOf(said) < order.indexOf(verdict)) verdict = said
  }
  return verdict
}

const order: readonly ListVerdict[] = ['final_block', 'allow', 'block', 'watch', 'none']

/** What is told of each list; an entry's own reason is for the staff alone. */
export const listSentences = {
  block: {
    code: 'LISTED_BLOCK',
    sentence: 'We cannot do this for you here. Please contact us.',
    analystSentence: 'On the block list.',
  },
  allow: {
    code: 'LISTED_ALLOW',
    sentence: 'This was released by our staff.',
    analystSentence: 'On the allow list: points, holds and challenges do not count.',
  },
  watch: {
    code: 'LISTED_WATCH',
    sentence: 'Please confirm that it is you.',
    analystSentence: 'On the watch list.',
  },
} as const satisfies Record<ListName, Pick<Reason, 'code' | 'sentence' | 'analystSentence'>>

/** Entries in force as reasons: which entry, what it names, and on which list. */
export function listReasons({ listed }: Measures): Reason[] {
  return listed.map(({ id, list, kind, final }) => {
    const { code, sentence, analystSentence } = listSentences[list]
    const threshold = final ? 'block, not overridable' : list
    return { code, rule: id, observed: kind, threshold, sentence, analystSentence }
  })
}
