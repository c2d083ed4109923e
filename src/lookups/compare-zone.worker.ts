import { parentPort } from 'node:worker_threads'
import { compareZones } from '../domain/dns/compare.ts'
import type { Rrset } from '../domain/dns/records.ts'
import { DnsFailure } from '../drivers/dns/driver.ts'
import { openDnsDriver } from '../drivers/dns/drivers.ts'
import type { Sent, ZoneAnswer } from './compare-zone.ts'

async function answerTo({ kind, config, zone, registered }: Sent): Promise<ZoneAnswer> {
  try {
    const live = await openDnsDriver(kind, config).transfer(zone)
    return { findings: compareZones(live, JSON.parse(registered) as Rrset[]), liveSets: live.length }
  } catch (error) {
    if (!(error instanceof DnsFailure)) throw error
    return { failure: { kind: error.kind, text: error.text, detail: error.detail } }
  }
}

async function answer(question: Sent): Promise<void> {
  parentPort?.postMessage(await answerTo(question), [])
}

parentPort?.on('message', (question: Sent) => void answer(question))
