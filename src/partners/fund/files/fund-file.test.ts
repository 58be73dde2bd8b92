import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { addDays } from '#kernel'
import { asciiBytes } from './field-bytes.ts'
import { fileFaultCodes, type FileFaultCode } from './file-fault.ts'
import { fileTypes, type AnyRow, type FileField, type FileType } from './file-layout.ts'
import { fundFileName, readFundFileName } from './file-name.ts'
import { encodeGb18030 } from './gb18030.ts'
import { protocol22 } from './protocol-22.ts'
import { readFundFile } from './read-fund-file.ts'
import { writeFundFile, type FundFile } from './write-fund-file.ts'

const header = {
  creator: '98',
  recipient: 'COFFER',
  date: '2013-10-14',
  sequence: 1,
  sender: '98',
  receiver: 'COFFER',
}

/** Texts that fit, with Chinese and four-byte characters among them. */
const textOf = (width: number) =>
  fc
    .array(fc.constantFrom(...'aZ09_-余额宝货币é', '\u{1F4B0}', 'ß'), { maxLength: width })
    .map((characters) => characters.join(''))
    .filter((text) => (encodeGb18030(text)?.length ?? width + 1) <= width)

function valueOf({ kind, width }: FileField): fc.Arbitrary<string | bigint> {
  switch (kind) {
    case 'number':
      return fc.bigInt({ min: 0n, max: 10n ** BigInt(width) - 1n })
    case 'digits':
      return fc.stringMatching(new RegExp(`^\\d{0,${width}}$`))
    case 'date':
      return fc.integer({ min: 0, max: 40_000 }).map((days) => addDays('2000-01-01', days))
    case 'text':
      return textOf(width)
  }
}

const files: fc.Arbitrary<FundFile> = fc.constantFrom(...fileTypes).chain((type: FileType) => {
  const layout: readonly FileField[] = protocol22.layouts[type]
  const row = fc.record(Object.fromEntries(layout.map((field) => [field.name, valueOf(field)])), {
    noNullPrototype: true,
  })
  return fc
    .array(row as fc.Arbitrary<AnyRow>, { maxLength: 5 })
    .map((rows) => ({ header: { ...header, type }, rows }) as unknown as FundFile)
})

const written = (file: FundFile): Uint8Array => {
  const bytes = writeFundFile(file)
  assert.ok(bytes.ok, JSON.stringify(bytes.ok ? '' : bytes.error))
  return bytes.value
}

const holding = {
  FundCode: '000001',
  TransactionAccountID: 'ada',
  DistributorCode: 'COFFER',
  TransactionCfmDate: '2013-10-14',
  AvailableVol: 100_00n,
  TotalVolOfDistributorInTA: 123_45n,
  TotalFrozenVol: 0n,
}
const small = written({ header: { ...header, type: '05' }, rows: [holding, holding] })
/** Line of the first record of `small`: start, nine lines, seven names, the count. */
const firstRecord = 19

describe('a fund file', () => {
  it('looks as the protocol says', () => {
    const text = Buffer.from(small).toString('latin1')
    assert.ok(
      text.startsWith('OFDCFDAT\r\n22  \r\n98       \r\nCOFFER   \r\n20131014\r\n001\r\n05\r\n'),
    )
    const record = `000001ada${' '.repeat(14)}COFFER   20131014${'0'.repeat(11)}10000`
    assert.equal(text.split('\r\n')[firstRecord - 1]?.slice(0, record.length), record)
    assert.ok(text.endsWith('\r\nOFDCFEND\r\n'))
  })

  it('comes back the same in values and byte for byte, of every type', () => {
    fc.assert(
      fc.property(files, (file) => {
        const bytes = written(file)
        const read = readFundFile(bytes)
        assert.ok(read.ok, JSON.stringify(read.ok ? '' : read.error))
        assert.deepEqual(read.value, file)
        assert.deepEqual(written(read.value), bytes)
      }),
      { numRuns: 300 },
    )
  })

  it('never throws out of the reader, and reads only what it would write', () => {
    const change = fc.record({ at: fc.nat(), cut: fc.nat(6), put: fc.uint8Array({ maxLength: 6 }) })
    const broken = fc
      .tuple(files, fc.array(change, { minLength: 1, maxLength: 4 }))
      .map(([file, changes]) => changes.reduce(changed, written(file)))
    fc.assert(
      fc.property(fc.oneof(broken, fc.uint8Array({ maxLength: 400 })), (bytes) => {
        const read = readFundFile(bytes)
        if (read.ok) assert.deepEqual(written(read.value), bytes)
        else {
          assert.ok(read.error.length > 0)
          for (const { line, code } of read.error) {
            assert.ok(line >= 1)
            assert.ok(fileFaultCodes.includes(code))
          }
        }
      }),
      { numRuns: 3_000 },
    )
  })

  it('is refused when cut anywhere', () => {
    for (let length = 0; length < small.length; length += 1) {
      assert.ok(!readFundFile(small.slice(0, length)).ok, `cut at ${length}`)
    }
  })
})

function changed(bytes: Uint8Array, edit: { at: number; cut: number; put: Uint8Array }) {
  const at = edit.at % (bytes.length + 1)
  return Uint8Array.from([...bytes.slice(0, at), ...edit.put, ...bytes.slice(at + edit.cut)])
}

/** The small file with one line replaced. */
const withLine = (line: number, text: string) => {
  const lines = Buffer.from(small).toString('latin1').split('\r\n')
  lines[line - 1] = text
  return asciiBytes(lines.join('\r\n'))
}
const record = (edit: (text: string) => string) => {
  const lines = Buffer.from(small).toString('latin1').split('\r\n')
  return withLine(firstRecord, edit(lines[firstRecord - 1] ?? ''))
}
const cases: [string, Uint8Array, [number, string | null, FileFaultCode]][] = [
  ['nothing', new Uint8Array(), [1, null, 'not_this_protocol']],
  ['another start', withLine(1, 'OFDCFIDX'), [1, null, 'not_this_protocol']],
  ['a longer start', withLine(1, 'OFDCFDATA'), [1, null, 'not_this_protocol']],
  ['another version', withLine(2, '21  '), [2, 'version', 'version_unknown']],
  ['a short header line', withLine(3, '98'), [3, 'creator', 'width_wrong']],
  ['a day that is none', withLine(5, '20130230'), [5, 'date', 'date_invalid']],
  ['a sequence of letters', withLine(6, '00A'), [6, 'sequence', 'not_a_number']],
  ['a type we do not take', withLine(7, '25'), [7, 'type', 'file_type_unknown']],
  ['another number of fields', withLine(10, '008'), [10, 'fieldCount', 'field_count_wrong']],
  ['another field', withLine(12, 'TAACCOUNTID'), [12, 'TransactionAccountID', 'field_unknown']],
  ['too few records', withLine(18, '00000003'), [18, 'recordCount', 'record_count_wrong']],
  ['too many records', withLine(18, '00000001'), [18, 'recordCount', 'record_count_wrong']],
  ['a count of spaces', withLine(18, '        '), [18, 'recordCount', 'not_a_number']],
  ['a short record', record((text) => text.slice(1)), [19, null, 'width_wrong']],
  [
    'figures with a point',
    record((text) => text.replace('0000010000', '00000100.0')),
    [19, 'AvailableVol', 'not_a_number'],
  ],
  [
    'a number below zero',
    record((text) => text.replace('0000000000010000', '-000000000010000')),
    [19, 'AvailableVol', 'not_a_number'],
  ],
  [
    'letters in a code',
    record((text) => text.replace('000001', '00000A')),
    [19, 'FundCode', 'not_digits'],
  ],
  [
    'a character cut in two',
    record((text) => text.replace(`ada${' '.repeat(14)}`, `${'a'.repeat(16)}\xd3`)),
    [19, 'TransactionAccountID', 'text_not_encoded'],
  ],
  [
    'a text that does not begin at its left end',
    record((text) => text.replace('ada ', ' ada')),
    [19, 'TransactionAccountID', 'padding_wrong'],
  ],
  [
    'a tabulator',
    record((text) => text.replace('ada', 'a\ta')),
    [19, 'TransactionAccountID', 'control_character'],
  ],
  ['another tail', withLine(21, 'OFDCFEN '), [21, null, 'tail_missing']],
  ['no end of the last line', small.slice(0, -2), [21, null, 'file_truncated']],
  ['a header alone', small.slice(0, 27), [4, 'recipient', 'file_truncated']],
  ['more after the tail', asciiBytes(`${latin(small)}x`), [22, null, 'trailing_bytes']],
  ['LF for CR LF', asciiBytes(latin(small).replaceAll('\r', '')), [1, null, 'line_end_wrong']],
  [
    'one LF for CR LF',
    asciiBytes(latin(small).replace('001\r\n', '001\n')),
    [6, null, 'line_end_wrong'],
  ],
]

describe('a bad fund file is named by line and field', () => {
  for (const [name, bytes, [line, field, code]] of cases) {
    it(name, () => {
      const read = readFundFile(bytes)
      assert.ok(!read.ok)
      const [first] = read.error
      const { line: atLine, field: ofField, code: withCode } = first ?? {}
      assert.deepEqual([atLine, ofField, withCode], [line, field, code])
    })
  }

  it('CR LF where the parties have agreed on LF', () => {
    const read = readFundFile(small, { ...protocol22, lineEnd: '\n' })
    assert.ok(!read.ok)
    assert.equal(read.error[0]?.code, 'line_end_wrong')
  })

  it('every record that is bad, up to a hundred faults', () => {
    const rows = Array.from({ length: 300 }, () => holding)
    const text = latin(written({ header: { ...header, type: '05' }, rows }))
    const read = readFundFile(asciiBytes(text.replaceAll('000001ada', 'x00001ada')))
    assert.ok(!read.ok)
    assert.equal(read.error.length, 100)
    assert.equal(read.error[99]?.line, firstRecord + 99)
  })

  it('also before it is written: too long, too large, below zero, without a code', () => {
    const refused = (part: Partial<typeof holding>) => {
      const result = writeFundFile({
        header: { ...header, type: '05' },
        rows: [holding, { ...holding, ...part }],
      })
      assert.ok(!result.ok)
      return [result.error[0]?.line, result.error[0]?.field, result.error[0]?.code]
    }
    const name = 'TransactionAccountID'
    const late = '余额宝余额宝余额宝'
    assert.deepEqual(refused({ [name]: late }), [20, name, 'text_too_long'])
    assert.deepEqual(refused({ [name]: 'a ' }), [20, name, 'padding_wrong'])
    assert.deepEqual(refused({ [name]: '\uE5E5' }), [20, name, 'text_not_encoded'])
    const volume = 'AvailableVol'
    assert.deepEqual(refused({ [volume]: 10n ** 16n }), [20, volume, 'number_too_large'])
    assert.deepEqual(refused({ [volume]: -1n }), [20, volume, 'not_a_number'])
  })
})

function latin(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}

describe('the name of a fund file', () => {
  it('says what the header says', () => {
    const named = { ...header, type: '05' as const }
    assert.equal(fundFileName(named), 'OFD_98_COFFER_20131014_05_001.TXT')
    const { creator, recipient, date, type, sequence } = named
    const parts = { creator, recipient, date, type, sequence }
    assert.deepEqual(readFundFileName(fundFileName(named)), parts)
  })

  it('is refused when it is none', () => {
    for (const name of ['', 'OFD.TXT', 'OFD_98_COFFER_20130230_05_001.TXT', '../x.TXT']) {
      assert.equal(readFundFileName(name), null)
    }
    assert.equal(readFundFileName('OFD_98_COFFER_20131014_25_001.TXT'), null)
  })
})
