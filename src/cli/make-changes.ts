import { createInterface } from 'node:readline/promises'

import { prepareText } from '../domain/text/host-prepare.ts'
import type { Call } from './arguments.ts'
import type { HostPreparation } from './installation.ts'

/** Shows changes to a host, asks, and makes them one by one. @returns whether all of them are made */
export async function makeChanges(call: Call, changes: HostPreparation['changes']): Promise<boolean> {
  for (const { text, detail } of changes) {
    console.log(`- ${call.say(text)}`)
    if (detail) console.log(detail.replace(/^/gm, '    '))
  }
  if (!call.has('yes') && !(await agrees(call, prepareText.ask(changes.length)))) return false
  for (const { text, make } of changes) {
    await make()
    console.error(`✓ ${call.say(text)}`)
  }
  return true
}

export async function agrees(call: Call, question: Parameters<Call['say']>[0]): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^(y|ya|yes)$/i.test((await terminal.question(`${call.say(question)} `)).trim())
  } finally {
    terminal.close()
  }
}
