import { test } from 'node:test'
import assert from 'node:assert/strict'
import { decodeMessage, encodeMessage } from '../../../src/domain/dns/message.ts'
import { isSerialAfter, nextSerial, updateMessage } from '../../../src/domain/dns/update.ts'

test('serials are compared round the circle of RFC 1982', () => {
  assert.equal(isSerialAfter(2, 1), true)
  assert.equal(isSerialAfter(1, 2), false)
  assert.equal(isSerialAfter(1, 1), false)
  assert.equal(isSerialAfter(0, 0xffffffff), true)
  assert.equal(isSerialAfter(5, 0xfffffff0), true)
  assert.equal(isSerialAfter(0x80000001, 1), false)
  assert.equal(nextSerial(0xffffffff), 1)
  assert.equal(nextSerial(7), 8)
})

test('every prerequisite and line takes the class, type and data of RFC 2136', () => {
  const message = updateMessage({
    id: 9,
    zone: 'contoh.id',
    prerequisites: [
      { kind: 'name-in-use', name: 'a.contoh.id' },
      { kind: 'name-not-in-use', name: 'a.contoh.id' },
      { kind: 'rrset-exists', name: 'a.contoh.id', type: 'A' },
      { kind: 'rrset-absent', name: 'a.contoh.id', type: 'A' },
      { kind: 'rrset-equals', name: 'a.contoh.id', type: 'A', values: ['192.0.2.1', '192.0.2.2'] },
    ],
    lines: [
      { op: 'add', name: 'a.contoh.id', type: 'A', ttl: 60, value: '192.0.2.1' },
      { op: 'delete-record', name: 'a.contoh.id', type: 'A', value: '192.0.2.1' },
      { op: 'delete-rrset', name: 'a.contoh.id', type: 'A' },
      { op: 'delete-name', name: 'a.contoh.id' },
    ],
  })
  const short = ({ type, class: rrClass, ttl, rdata }: (typeof message.answers)[number]): string =>
    `${rrClass} ${type} ${ttl} ${rdata.toString('hex')}`
  const back = decodeMessage(encodeMessage(message))
  assert.equal(back.opcode, 5)
  assert.deepEqual(back.questions, [{ name: 'contoh.id', type: 6, class: 1 }])
  assert.deepEqual(back.answers.map(short), [
    '255 255 0 ',
    '254 255 0 ',
    '255 1 0 ',
    '254 1 0 ',
    '1 1 0 c0000201',
    '1 1 0 c0000202',
  ])
  assert.deepEqual(back.authority.map(short), [
    '1 1 60 c0000201',
    '254 1 0 c0000201',
    '255 1 0 ',
    '255 255 0 ',
  ])
})
