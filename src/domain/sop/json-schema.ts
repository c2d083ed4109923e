import * as z from 'zod'
import { sopDocument } from './document.ts'

/** @returns the published JSON Schema (2020-12) of an SOP file, as the text of `sops/sop.schema.json`. */
export function sopSchemaText(): string {
  const { $schema, ...schema } = z.toJSONSchema(sopDocument, { target: 'draft-2020-12', io: 'input' })
  const named = {
    $schema,
    $id: 'urn:ranah:sop:1',
    title: 'SOP document (ranah-sop/1)',
    description: 'One standard operating procedure of a subdomain and hosting desk. See docs/sop-format.md.',
    ...schema,
  }
  return `${JSON.stringify(named, null, 2)}\n`
}
