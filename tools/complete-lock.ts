/**
 * `node tools/complete-lock.ts`: run after every `npm install` that changes package-lock.json.
 * npm leaves platform packages out of the lock file that its registry could not give it when it was written,
 * and `npm ci` then refuses the lock file on every machine. This adds them by name, version and platform;
 * nobody installs them on a platform that they are not for.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { completeLock, type LockFile } from './lock-file.ts'

const path = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(path, 'utf8')) as LockFile
const added = completeLock(lock)
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`package-lock.json: ${added.length} platform packages added`)
