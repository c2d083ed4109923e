import { parentPort, workerData } from 'node:worker_threads'
import { parseZoneFile } from '../domain/dns/master-file.ts'

const { content, zone } = workerData as { content: string; zone: string }
parentPort?.postMessage(parseZoneFile(content, zone), [])
