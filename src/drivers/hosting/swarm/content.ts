import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, open, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import * as z from 'zod'

import { CONTENT_FOLDER } from '../../../domain/hosting/swarm-config.ts'
import { Refused } from '../../../domain/refused.ts'
import { swarmText } from '../../../domain/text/swarm.ts'
import { type JudgedArchive, withArchive } from './archive.ts'
import type { Member } from './cluster.ts'
import { SITE_LABEL } from './record.ts'
import { LOAD_TIMEOUT_MS } from './docker.ts'
import { padding, tarEnd, tarFile, tarFolder } from './tar.ts'

/** Most octets that one version of a site may have. */
export const SITE_MAX_BYTES = 512 * 1024 * 1024

const base = z.object({
  Architecture: z.string(),
  Os: z.string(),
  RootFS: z.object({ Layers: z.array(z.string()) }),
})

export type LoadedContent = {
  readonly image: string
  readonly files: number
  readonly bytes: number
  readonly strippedFolder: string | null
  readonly hasIndex: boolean
}

/**
 * Puts the content of a ZIP on every node, as an image that is the base and one layer. The image is put together
 * here, octet for octet the same each time: its id is known before, and a repetition finds it in its place.
 * @throws Refused `archive-...`; 503 when a node is not prepared, is lost or refuses
 */
export async function loadContent(
  nodes: readonly Member[],
  baseImage: string,
  site: { readonly id: string; readonly version: string },
  zip: Uint8Array,
): Promise<LoadedContent> {
  const folder = await mkdtemp(join(tmpdir(), 'ranah-swarm-'))
  try {
    return await withArchive(zip, SITE_MAX_BYTES, async (archive) => {
      const layer = join(folder, 'layer.tar')
      const diffId = await writeLayer(layer, archive)
      const image = await describeImage(nodes, baseImage, site, diffId)
      const tag = `ranah-site-${site.id}:${site.version}`
      await Promise.all(nodes.map((node) => loadOn(node, image, tag, layer)))
      const { files, bytes, strippedFolder, hasIndex } = archive.plan
      return { image: image.id, files: files.length, bytes, strippedFolder, hasIndex }
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Writes the one layer. @returns its digest, as the engine names it */
async function writeLayer(path: string, { plan, read }: JudgedArchive): Promise<string> {
  const hash = createHash('sha256')
  const file = await open(path, 'wx', 0o600)
  const write = async (octets: Buffer) => {
    hash.update(octets)
    await file.writeFile(octets)
  }
  const root = CONTENT_FOLDER.slice(1)
  const made = new Set<string>()
  const folder = async (parts: readonly string[]) => {
    for (let depth = 1; depth <= parts.length; depth++) {
      const name = parts.slice(0, depth).join('/')
      if (made.has(name)) continue
      made.add(name)
      await write(tarFolder(name))
    }
  }
  try {
    await folder(root.split('/'))
    for (const parts of plan.folders) await folder([...root.split('/'), ...parts])
    for (const { index, path: parts, bytes } of plan.files) {
      await folder([...root.split('/'), ...parts.slice(0, -1)])
      await write(tarFile([root, ...parts].join('/'), bytes))
      for await (const chunk of read(index)) await write(chunk)
      await write(padding(bytes))
    }
    await write(tarEnd)
  } finally {
    await file.close()
  }
  return `sha256:${hash.digest('hex')}`
}

type Image = { readonly id: string; readonly config: Buffer; readonly layers: number }

/** The image's own description, whose digest is its id (OCI image specification, image configuration). */
async function describeImage(
  nodes: readonly Member[],
  baseImage: string,
  site: { readonly id: string },
  diffId: string,
): Promise<Image> {
  const known = await Promise.all(nodes.map((node) => baseOn(node, baseImage)))
  const { Architecture, Os, RootFS } = known[0]!
  const config = Buffer.from(
    JSON.stringify({
      architecture: Architecture,
      os: Os,
      created: '1970-01-01T00:00:00Z',
      config: { Labels: { [SITE_LABEL]: site.id } },
      rootfs: { type: 'layers', diff_ids: [...RootFS.Layers, diffId] },
      history: [],
    }),
  )
  const id = `sha256:${createHash('sha256').update(config).digest('hex')}`
  return { id, config, layers: RootFS.Layers.length }
}

/** @throws Refused `swarm-not-prepared` when the node does not have the base, for then one layer is not enough */
async function baseOn({ docker, name }: Member, image: string): Promise<z.infer<typeof base>> {
  const { status, body } = await docker.call({
    method: 'GET',
    path: `/images/${image}/json`,
    accept: [200, 404],
  })
  if (status === 404)
    throw new Refused('swarm-not-prepared', swarmText.nodeNotPrepared(name), { status: 503 })
  return docker.understood(base, body)
}

async function loadOn({ docker }: Member, image: Image, tag: string, layer: string): Promise<void> {
  const path = `/images/${image.id}/json`
  if ((await docker.call({ method: 'GET', path, accept: [200, 404] })).status === 200) return
  await docker.loadImage(Readable.from(archiveOf(image, tag, layer)), LOAD_TIMEOUT_MS)
}

/** What `docker load` reads. The layers of the base are named and left out: every node has them. */
async function* archiveOf(image: Image, tag: string, layer: string): AsyncGenerator<Buffer> {
  const known = Array.from({ length: image.layers }, (_, index) => `base${index}.tar`)
  const manifest = [{ Config: 'image.json', RepoTags: [tag], Layers: [...known, 'layer.tar'] }]
  for (const [name, octets] of [
    ['manifest.json', Buffer.from(JSON.stringify(manifest))],
    ['image.json', image.config],
  ] as const) {
    yield tarFile(name, octets.length)
    yield octets
    yield padding(octets.length)
  }
  const { size } = await stat(layer)
  yield tarFile('layer.tar', size)
  yield* createReadStream(layer) as AsyncIterable<Buffer>
  yield padding(size)
  yield tarEnd
}
