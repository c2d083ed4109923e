/** One plain page of text by Typst alone, in a process that was started for it: the baseline of a cold letter. */
import { tmpdir } from 'node:os'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { fontBlobs } from '../src/drivers/pdf/face.ts'

const compiler = NodeCompiler.create({ workspace: tmpdir(), fontArgs: [{ fontBlobs: [...fontBlobs] }] })
const mainFileContent = `#set document(title: "Baku")
#set page(paper: "a4")
#set text(font: "Arimo", size: 11pt, lang: "id", fallback: false)
#lorem(200)`
const result = compiler.compile({ mainFileContent })
if (result.result === null) throw new Error('the plain page could not be set')
compiler.pdf(result.result, { pdfStandard: 'a-2a', creationTimestamp: 0 })
process.exit(0)
