/** Writes `sops/sop.schema.json` from the schema in code. Run it after every change of the SOP format. */
import { writeFileSync } from 'node:fs'
import { sopSchemaText } from '../src/domain/sop/json-schema.ts'

writeFileSync('sops/sop.schema.json', sopSchemaText())
