import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { decodeGb18030, encodeGb18030 } from './gb18030.ts'

describe('GB18030', () => {
  it('has the bytes of the standard for one, two and four byte characters', () => {
    const known: [string, number[]][] = [
      ['A', [0x41]],
      ['余', [0xd3, 0xe0]],
      ['额', [0xb6, 0xee]],
      ['€', [0xa2, 0xe3]],
      ['ü', [0xa8, 0xb9]],
      ['é', [0xa8, 0xa6]],
      ['ß', [0x81, 0x30, 0x89, 0x38]],
      ['\u{1F4B0}', [0x94, 0x39, 0xdb, 0x30]],
      ['\u{10000}', [0x90, 0x30, 0x81, 0x30]],
    ]
    for (const [text, bytes] of known) {
      assert.deepEqual(encodeGb18030(text), Uint8Array.from(bytes), text)
      assert.equal(decodeGb18030(Uint8Array.from(bytes)), text)
    }
  })

  it('comes back the same for every character that it has', () => {
    const without: number[] = []
    for (let code = 0; code <= 0x10_ffff; code += code < 0x1_0000 ? 1 : 97) {
      if (code >= 0xd800 && code <= 0xdfff) continue
      const text = String.fromCodePoint(code)
      const bytes = encodeGb18030(text)
      if (bytes === null) without.push(code)
      else assert.equal(decodeGb18030(bytes), text, code.toString(16))
    }
    // Unassigned: the replacement character itself, and private codes that got real characters.
    assert.ok(without.length < 40, without.map((code) => code.toString(16)).join(' '))
  })

  it('gives null for half a character, a stray byte and a lone surrogate', () => {
    assert.equal(decodeGb18030(Uint8Array.of(0xd3)), null)
    assert.equal(decodeGb18030(Uint8Array.of(0x94, 0x39, 0xf3)), null)
    assert.equal(decodeGb18030(Uint8Array.of(0xff)), null)
    assert.equal(encodeGb18030('\uD800'), null)
  })
})
