import { openBsreDriver } from './bsre/driver.ts'
import { openP12Driver } from './p12/driver.ts'

/** Every way to a signature. A new one is a folder and a line here, and one in src/domain/office/server-drivers.ts. */
export const signatureDrivers = { p12: openP12Driver, bsre: openBsreDriver } as const
