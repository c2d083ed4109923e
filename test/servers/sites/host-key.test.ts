import assert from 'node:assert/strict'
import { test } from 'node:test'
import ssh2 from 'ssh2'
import { makeKey } from '../../../src/servers/sites/host-key.ts'

test('every host key that is made can be read back', () => {
  for (let made = 0; made < 1000; made += 1) assert.ok(!(ssh2.utils.parseKey(makeKey()) instanceof Error))
})
