import { crc32 } from 'node:zlib'

/** What a technical contact is given for the database of a site. */
export type DatabaseAccess = {
  readonly engine: string
  readonly host: string
  readonly port: number
  readonly name: string
  readonly username: string
  readonly password: string
}

/** The row that the page writes and reads back. */
export const sampleRow = 'Laskar Buku Contoh'

/** A PHP application of one page that keeps a row in its own database, as the ZIP that an agency uploads. */
export function phpApplication(title: string, database: DatabaseAccess): Buffer {
  return storedZip('index.php', Buffer.from(pageOf(title, database)))
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

const pageOf = (title: string, { host, port, name, username, password }: DatabaseAccess): string => `<?php
$database = new mysqli(${quoted(host)}, ${quoted(username)}, ${quoted(password)}, ${quoted(name)}, ${port});
$database->query('create table if not exists buku (judul varchar(200) primary key)');
$add = $database->prepare('insert ignore into buku values (?)');
$row = ${quoted(sampleRow)};
$add->bind_param('s', $row);
$add->execute();
$read = $database->query('select judul from buku limit 1')->fetch_row()[0];
?><!doctype html>
<html lang="id"><head><meta charset="utf-8"><title>${title}</title></head>
<body><h1>${title}</h1><p id="row"><?= htmlspecialchars($read) ?></p></body></html>
`

/** One file in a ZIP without compression (APPNOTE 4.3): local header, content, directory, end. */
function storedZip(name: string, content: Buffer): Buffer {
  const path = Buffer.from(name)
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(20, 0) // version needed
  fields.writeUInt16LE(0x0800, 2) // the name is UTF-8
  fields.writeUInt32LE(crc32(content), 10)
  fields.writeUInt32LE(content.length, 14)
  fields.writeUInt32LE(content.length, 18)
  fields.writeUInt16LE(path.length, 22)
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, path, content])
  const directory = Buffer.concat([
    Buffer.from('PK\x01\x02'),
    Buffer.from([20, 0]), // version made by
    fields,
    Buffer.alloc(14), // comment, disk, attributes; the local header lies at 0
    path,
  ])
  const end = Buffer.alloc(18)
  end.writeUInt16LE(1, 4)
  end.writeUInt16LE(1, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(local.length, 12)
  return Buffer.concat([local, directory, Buffer.from('PK\x05\x06'), end])
}
