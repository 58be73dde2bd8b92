import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { faultCodes } from './bank-statement.ts'
import { readCamtStatement } from './read-camt-statement.ts'
import { readStatement } from './read-statement.ts'

const good = `<?xml version="1.0" encoding="UTF-8"?>
<!-- Made up for this test. -->
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">
 <BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId></GrpHdr>
  <Stmt><Id>S1</Id>
   <FrToDt><FrDtTm>2026-03-01T00:00:00</FrDtTm><ToDtTm>2026-03-31T15:59:59Z</ToDtTm></FrToDt>
   <Acct><Id><Othr><Id>6222000000000001</Id></Othr></Id></Acct>
   <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">100.00</Amt>
    <CdtDbtInd>CRDT</CdtDbtInd></Bal>
   <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">119.50</Amt>
    <CdtDbtInd>CRDT</CdtDbtInd></Bal>
   <Ntry><Amt Ccy="CNY">50.00000</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
    <BookgDt><Dt>2026-03-02</Dt></BookgDt>
    <NtryDtls><TxDtls><Refs><EndToEndId>top_1</EndToEndId></Refs>
     <RltdPties><Dbtr><Pty><Nm>Li &amp; Na</Nm></Pty></Dbtr></RltdPties>
     <RmtInf><Ustrd>salary</Ustrd><Ustrd><![CDATA[<March>]]></Ustrd></RmtInf></TxDtls></NtryDtls>
   </Ntry>
   <Ntry><Amt Ccy="CNY">30.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>
    <BookgDt><DtTm>2026-03-03T23:30:00+08:00</DtTm></BookgDt>
    <NtryDtls>
     <TxDtls><Refs><EndToEndId>wd_1</EndToEndId></Refs><Amt Ccy="CNY">10.00</Amt></TxDtls>
     <TxDtls><Refs><InstrId>wd_2</InstrId></Refs><Amt Ccy="CNY">20.00</Amt></TxDtls>
    </NtryDtls></Ntry>
   <Ntry><Amt Ccy="CNY">0.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>
    <BookgDt><Dt>2026-03-03</Dt></BookgDt>
    <NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs></TxDtls></NtryDtls>
    <AddtlNtryInf>fee</AddtlNtryInf></Ntry>
   <Ntry><Amt Ccy="CNY">9.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts></Ntry>
  </Stmt></BkToCstmrStmt></Document>
`

describe('a statement as camt.053', () => {
  it('is read with its period, balances and booked movements', () => {
    const line = { counterparty: null, text: null }
    assert.deepEqual(readStatement(Buffer.from(good)), {
      ok: true,
      value: {
        format: 'camt.053',
        account: null,
        from: '2026-03-01',
        to: '2026-03-31',
        opening: 10_000n,
        closing: 11_950n,
        lines: [
          {
            number: 1,
            date: '2026-03-02',
            amount: 5_000n,
            reference: 'top_1',
            counterparty: 'Li & Na',
            text: 'salary <March>',
          },
          { ...line, number: 2, date: '2026-03-03', amount: -1_000n, reference: 'wd_1' },
          { ...line, number: 3, date: '2026-03-03', amount: -2_000n, reference: 'wd_2' },
          {
            ...line,
            number: 4,
            date: '2026-03-03',
            amount: -50n,
            reference: null,
            text: 'fee',
          },
        ],
      },
    })
  })

  it('takes a batch as one movement where its parts do not come to the whole', () => {
    const read = readCamtStatement(good.replace('>20.00<', '>21.00<'))
    assert.ok(read.ok)
    assert.deepEqual(
      read.value.lines.map(({ amount, reference }) => [amount, reference]),
      [
        [5_000n, 'top_1'],
        [-3_000n, null],
        [-50n, null],
      ],
    )
  })

  it('reads elements with a namespace prefix', () => {
    const prefixed = good.replace(/<(\/?)(?=[A-Z])/g, '<$1n:').replace('xmlns=', 'xmlns:n=')
    assert.ok(readCamtStatement(prefixed.replace('<n:![CDATA', '<![CDATA')).ok)
  })

  const changes: readonly [what: string, from: string, to: string, fault: string][] = [
    ['a date that is none', '2026-03-02', '2026-02-30', '13 Dt date_malformed'],
    ['an amount in words', '50.00000', 'fifty', '12 Amt amount_malformed'],
    ['a negative amount', '50.00000', '-50.00', '12 Amt amount_malformed'],
    ['a third decimal', '50.00000', '50.001', '12 Amt amount_too_precise'],
    ['an amount of nothing', '50.00000', '0.00', '12 Amt amount_zero'],
    ['another currency', '"CNY">50', '"EUR">50', '12 Amt currency_unknown'],
    ['no currency', ' Ccy="CNY">50', '>50', '12 Amt currency_unknown'],
    [
      'no direction',
      '<CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>B',
      '<Sts><Cd>B',
      '12 CdtDbtInd element_missing',
    ],
    [
      'another direction',
      'CRDT</CdtDbtInd><Sts><Cd>B',
      'IN</CdtDbtInd><Sts><Cd>B',
      '12 CdtDbtInd value_unknown',
    ],
    ['a status nobody knows', '<Sts><Cd>BOOK', '<Sts><Cd>MAYBE', '12 Sts value_unknown'],
    ['no booking day', '<BookgDt><Dt>2026-03-02</Dt></BookgDt>', '', '12 BookgDt element_missing'],
    ['a day outside the period', '2026-03-02', '2026-04-02', '14 date outside_period'],
    ['a closing balance that is off', '119.50', '119.51', '1 closing balance_wrong'],
    ['a second statement', '</Stmt>', '</Stmt><Stmt/>', '29 Stmt element_twice'],
    ['no statement', 'BkToCstmrStmt', 'BkToCstmrDbt', '3 BkToCstmrStmt element_missing'],
    ['a tag that does not end', '</Stmt>', '', '29 Stmt xml_malformed'],
    ['an entity of its own', '&amp;', '&bank;', '15 Nm xml_malformed'],
    ['a document type', '<!-- Made', '<!DOCTYPE x [<!ENTITY a "b">]><!-- M', '2 file xml_refused'],
    ['text behind the end', '</Document>', '</Document>x', '29 file xml_malformed'],
  ]
  for (const [what, from, to, expected] of changes) {
    it(`names line and field of ${what}`, () => {
      const text = good.replaceAll(from, to)
      assert.notEqual(text, good)
      const read = readCamtStatement(text)
      assert.ok(!read.ok)
      const faults = read.error.map(({ line, field, code }) => `${line} ${field} ${code}`)
      assert.ok(faults.includes(expected), faults.join(' | '))
    })
  }

  it('refuses depth without end, and reads a large file in linear time', () => {
    const deep = `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`
    assert.ok(!readCamtStatement(deep).ok)
    const [head = '', entry = '', tail = ''] = good.split(/(<Ntry>[^]*?<\/Ntry>)/, 3)
    const rest = good.slice(head.length + entry.length)
    assert.ok(tail.length > 0)
    const many = `${head.replace(/<Bal>[^]*<\/Bal>/, '')}${`${entry}\n`.repeat(20_000)}${rest}`
    for (const text of [many, many.replaceAll('\n', ' ')]) {
      const read = readCamtStatement(text)
      assert.ok(read.ok && read.value.lines.length > 20_000)
    }
  })

  it('never throws, whatever it is given', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '</',
      '/>',
      '<!--',
      '-->',
      '&#0;',
      '&',
      '"',
      'Ccy',
      '<a>',
    )
    const texts = fc.oneof(
      fc.string(),
      fc.array(pieces).map((each) => each.join('')),
    )
    const spoilt = fc
      .tuple(fc.nat(good.length), fc.nat(40), texts)
      .map(([at, drop, put]) => good.slice(0, at) + put + good.slice(at + drop))
    fc.assert(
      fc.property(fc.oneof(texts, spoilt), (text) => {
        const read = readCamtStatement(text)
        if (read.ok) return
        assert.ok(read.error.length > 0)
        for (const { line, code } of read.error) {
          assert.ok(line > 0 && faultCodes.includes(code))
        }
      }),
      { numRuns: 500 },
    )
  })
})
