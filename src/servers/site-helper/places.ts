import { join } from 'node:path'

/** Where things lie on a site host. Everything here belongs to root; owners of sites write in `versions/ID` only. */
const CONTENT = '/srv/ranah'
const STATE = '/var/lib/ranah-sites'
const SETTINGS = '/etc/ranah'

export const places = {
  settings: join(SETTINGS, 'host.json'),
  /** What is in force: a link to one of the generations beside it. */
  current: join(SETTINGS, 'current'),
  generations: SETTINGS,
  records: join(STATE, 'records'),
  content: CONTENT,
  state: STATE,
  keys: join(STATE, 'keys'),
  staging: join(CONTENT, 'staging'),
  sites: join(CONTENT, 'sites'),
  /** A copy of nginx's folder in which a candidate stands in for what is in force. */
  nginxCheck: '/run/ranah/nginx',
  nginx: '/etc/nginx',
  phpInForce: '/run/ranah/php-in-force',
} as const

export const recordFile = (fqdn: string) => join(places.records, `${fqdn}.json`)

/** Unix user, database and folder of a site carry its id, so that a site made anew never meets the old one. */
export const unixUserOf = (id: string) => `s-${id}`
export const databaseOf = (id: string) => `s_${id}`
export const siteDir = (id: string) => join(places.sites, unixUserOf(id))
export const versionDir = (id: string, version: string) => join(siteDir(id), 'versions', version)
export const keyFile = (key: string) => join(places.keys, `${key}.key`)
export const proofsDir = (id: string) => join(siteDir(id), 'proofs')
export const poolSocket = (id: string) => `/run/php/ranah-${unixUserOf(id)}.sock`
