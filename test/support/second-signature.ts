/** Adds one more signature behind the end of a PDF, as another program would by an incremental update. */
export async function addSignature(
  pdf: Buffer,
  subFilter: string,
  make: (covered: Buffer) => Buffer | Promise<Buffer>,
): Promise<Buffer> {
  const room = 20_000
  const head = `999 0 obj\n<< /Type /Sig /SubFilter /${subFilter} /ByteRange [`
  const range = ' '.repeat(43)
  const open = pdf.length + head.length + range.length + '] /Contents '.length
  const close = open + room + 2
  const tail = ' >>\nendobj\n%%EOF\n'
  const numbers = [0, open, close, tail.length].map((each) => String(each).padStart(10)).join(' ')
  const start = Buffer.concat([pdf, Buffer.from(`${head}${numbers}] /Contents `)])
  const cms = await make(Buffer.concat([start, Buffer.from(tail)]))
  return Buffer.concat([start, Buffer.from(`<${cms.toString('hex').padEnd(room, '0')}>${tail}`)])
}
