import { parentPort } from 'node:worker_threads'
import { parseZoneFile } from '../domain/dns/master-file.ts'

parentPort?.on('message', ({ content, zone }: { content: string; zone: string }) =>
  parentPort?.postMessage(parseZoneFile(content, zone), []),
)
