import { parentPort } from 'node:worker_threads'
import { ZoneComparison } from '../domain/dns/whole-zone.ts'
import { DnsFailure } from '../drivers/dns/driver.ts'
import { openDnsDriver } from '../drivers/dns/drivers.ts'
import { setReach } from '../drivers/outgoing.ts'
import type { Sent, ZoneAnswer } from './compare-zone.ts'

async function answerTo({ kind, config, zone, registered, reach }: Sent): Promise<ZoneAnswer> {
  setReach({ networks: reach.networks, places: () => reach.places })
  try {
    const comparison = new ZoneComparison(registered === '' ? [] : registered.split('\n'))
    await openDnsDriver(kind, config).transferInParts(zone, (part) => comparison.add(part))
    return comparison.finish()
  } catch (error) {
    if (!(error instanceof DnsFailure)) throw error
    return { failure: { kind: error.kind, text: error.text, detail: error.detail } }
  }
}

async function answer(question: Sent): Promise<void> {
  parentPort?.postMessage(await answerTo(question), [])
}

parentPort?.on('message', (question: Sent) => void answer(question))
