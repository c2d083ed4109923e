import { canonicalName, isWithin } from '../dns/names.ts'

/**
 * Second levels under .id below which domains are registered (PANDI; the same lines stand in the Public Suffix
 * List, November 2026). Certificate authorities count certificates by the domain below these.
 */
const INDONESIAN_SECOND_LEVELS: readonly string[] = [
  'ac.id',
  'biz.id',
  'co.id',
  'desa.id',
  'go.id',
  'kop.id',
  'mil.id',
  'my.id',
  'net.id',
  'or.id',
  'ponpes.id',
  'sch.id',
  'web.id',
]

/**
 * The domain under which an authority counts a name: `dinas.contohkab.go.id` is counted for `contohkab.go.id`.
 * A name that is itself a public suffix is its own domain. A wildcard counts for what it covers.
 */
export function registeredDomainOf(name: string): string {
  const labels = canonicalName(name.replace(/^\*\./, '')).split('.')
  const suffix = INDONESIAN_SECOND_LEVELS.find((level) => isWithin(labels.join('.'), level))
  return labels.slice(-(suffix ? 3 : 2)).join('.')
}
