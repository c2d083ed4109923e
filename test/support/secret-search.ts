import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'

/** Looks for a secret wherever an installation keeps anything, in every spelling that a program might give it. */

/** Something that could hold a secret: a table, a file, a log. */
export type Place = { readonly name: string; readonly octets: Buffer }

const bitsOfOctet = 8
const bitsOfSign = 6

/** The signs of base64 that a secret alone decides when it stands this many octets into a longer text. */
function base64At(secret: Buffer, offset: number): string {
  const whole = Buffer.concat([Buffer.alloc(offset), secret]).toString('base64')
  const from = Math.ceil((offset * bitsOfOctet) / bitsOfSign)
  return whole.slice(from, Math.floor(((offset + secret.length) * bitsOfOctet) / bitsOfSign))
}

/** In clear, hexadecimal, base64 wherever it begins, base64url, URL-encoded sign by sign, and in UTF-16. */
export function spellingsOf(secret: string): readonly Buffer[] {
  const octets = Buffer.from(secret, 'utf8')
  const hex = octets.toString('hex')
  const base64 = [0, 1, 2].map((offset) => base64At(octets, offset))
  const percent = hex.replaceAll(/../g, '%$&')
  const texts = [
    secret,
    encodeURIComponent(secret),
    ...[hex, percent].flatMap((text) => [text, text.toUpperCase()]),
    ...base64.flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')]),
  ]
  return [...new Set(texts)].map((text) => Buffer.from(text)).concat(Buffer.from(secret, 'utf16le'))
}

/** @returns the names of the places that hold a secret in any spelling */
export function placesWith(secret: string, places: readonly Place[]): readonly string[] {
  const spellings = spellingsOf(secret)
  return places
    .filter(({ octets }) => spellings.some((spelling) => octets.includes(spelling)))
    .map(({ name }) => name)
}

/** Every row of every table as text: binary columns are in hexadecimal then. */
export async function tablesOf(ownerUrl: string): Promise<Place[]> {
  const client = new Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    // What lies in memory only would otherwise be missing in the files of the cluster.
    await client.query('checkpoint')
    const { rows } = await client.query<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`,
    )
    const places: Place[] = []
    for (const { name } of rows) {
      const found = await client.query<{ row: string }>(`select t::text as row from ${name} t`)
      places.push({ name, octets: Buffer.from(found.rows.map(({ row }) => row).join('\n')) })
    }
    return places
  } finally {
    await client.end()
  }
}

/** Every file below a directory; one that goes away meanwhile is passed over. */
export async function filesOf(directory: string): Promise<Place[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const places: Place[] = []
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const name = join(entry.parentPath, entry.name)
    const octets = await readFile(name).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined
      throw error
    })
    if (octets) places.push({ name, octets })
  }
  return places
}
