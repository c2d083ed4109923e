import { writeFile } from 'node:fs/promises'
import { Refused } from '../../domain/refused.ts'
import { apiAccessTexts as say, apiArgumentTexts as about } from '../../domain/text/api-commands.ts'
import { cliTexts } from '../../domain/text/cli.ts'
import type { Call } from '../arguments.ts'
import { wrongCall } from '../arguments.ts'
import type { Command } from '../command.ts'
import { givenPath } from '../given-path.ts'
import { accessOptions } from './command.ts'
import { callPortal, readAccess } from './portal.ts'
import { jsonOption, readFileOf } from './values.ts'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** `ranah api METHOD PATH`: whatever the API can do, and nothing that it cannot. */
export const anyCall: Command = {
  operands: [
    { name: 'METHOD', about: about.method },
    { name: 'PATH', about: about.path },
  ],
  options: {
    data: { about: about.data, value: 'JSON' },
    file: { about: about.contentFile, value: 'FILE' },
    type: { about: about.contentType, value: 'TYPE' },
    output: { about: about.output, value: 'FILE', short: 'o' },
    key: { about: about.key, value: 'KEY' },
    office: accessOptions.office,
  },
  run: async (call) => {
    const method = call.operands.METHOD!.toUpperCase()
    if (!methods.includes(method)) throw wrongCall(say.badMethod(method))
    const access = readAccess(process.env, call.one('office'))
    const bytes = await fileOf(call)
    const request = {
      method,
      path: call.operands.PATH!.replace(/^\/?api\/v1(?=\/)/, ''),
      idempotencyKey: call.one('key'),
      ...(call.has('data') ? { json: await jsonOption(call, 'data') } : {}),
      ...(bytes ? { bytes } : {}),
    }
    const answer = await callPortal(access, request, call.locale)
    await keep(call, Buffer.from(await answer.arrayBuffer()))
    return 0
  },
}

async function fileOf(call: Call) {
  const path = call.one('file')
  if (path === undefined) return undefined
  return { content: await readFileOf(path), type: call.one('type') ?? 'application/octet-stream' }
}

async function keep(call: Call, content: Buffer): Promise<void> {
  const path = call.one('output')
  if (path === undefined) return void process.stdout.write(content)
  await writeNew(givenPath(path), content)
}

/** @throws Refused `file-exists`: nothing is written over */
async function writeNew(path: string, content: Buffer): Promise<void> {
  try {
    await writeFile(path, content, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw new Refused('file-exists', cliTexts.fileExists(path), { status: 409 })
  }
}
