const BLOCK = 512
const NAME_MAX_BYTES = 100
const FILE = '0'
const FOLDER = '5'
const EXTENDED = 'x'

/** The end of an archive (POSIX.1 pax, ustar): two empty blocks. */
export const tarEnd = Buffer.alloc(2 * BLOCK)

/** What follows the octets of a file, so that the next header begins at a block. */
export const padding = (bytes: number): Buffer => Buffer.alloc((BLOCK - (bytes % BLOCK)) % BLOCK)

export const tarFile = (path: string, bytes: number): Buffer => entry(path, bytes, FILE, 0o644)
export const tarFolder = (path: string): Buffer => entry(`${path}/`, 0, FOLDER, 0o755)

/** A name that ustar cannot hold comes in a pax header before it (POSIX.1-2001, pax interchange format). */
function entry(path: string, bytes: number, type: string, mode: number): Buffer {
  if (Buffer.byteLength(path) <= NAME_MAX_BYTES && /^[\x20-\x7e]*$/.test(path))
    return header(path, bytes, type, mode)
  const said = Buffer.from(paxRecord('path', path))
  return Buffer.concat([
    header('pax', said.length, EXTENDED, 0o644),
    said,
    padding(said.length),
    header(type === FOLDER ? 'long/' : 'long', bytes, type, mode),
  ])
}

/** `LENGTH key=value\n`, where the length counts itself. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`
  const bytes = Buffer.byteLength(rest)
  let length = bytes + 1
  while (String(length).length + bytes !== length) length = String(length).length + bytes
  return `${length}${rest}`
}

/** Owner root, time 0: the same content is the same archive, whenever and wherever it is made. */
function header(name: string, bytes: number, type: string, mode: number): Buffer {
  const block = Buffer.alloc(BLOCK)
  const octal = (value: number, at: number, width: number) =>
    block.write(`${value.toString(8).padStart(width - 1, '0')}\0`, at, 'latin1')
  block.write(name, 0, 'latin1')
  octal(mode, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  octal(bytes, 124, 12)
  octal(0, 136, 12)
  block.write('        ', 148, 'latin1')
  block.write(type, 156, 'latin1')
  block.write('ustar\x0000', 257, 'latin1')
  const sum = block.reduce((total, octet) => total + octet, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return block
}
