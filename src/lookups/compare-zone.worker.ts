import { parentPort, workerData } from 'node:worker_threads'
import { compareZones } from '../domain/dns/compare.ts'
import { DnsFailure } from '../drivers/dns/driver.ts'
import { openDnsDriver } from '../drivers/dns/drivers.ts'
import type { ZoneAnswer, ZoneQuestion } from './compare-zone.ts'

async function answerTo({ kind, config, zone, registered }: ZoneQuestion): Promise<ZoneAnswer> {
  try {
    const live = await openDnsDriver(kind, config).transfer(zone)
    return { findings: compareZones(live, registered), liveSets: live.length }
  } catch (error) {
    if (!(error instanceof DnsFailure)) throw error
    return { failure: { kind: error.kind, text: error.text, detail: error.detail } }
  }
}

parentPort?.postMessage(await answerTo(workerData as ZoneQuestion), [])
