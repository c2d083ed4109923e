import type { CertificateDriver } from './driver.ts'
import { openAcmeDriver } from './acme/driver.ts'

/** Every kind of certificate authority Ranah can ask. A new one is a folder and a line here. */
const certificateDrivers = {
  acme: openAcmeDriver,
} as const satisfies Readonly<Record<string, (config: unknown) => CertificateDriver>>

/** The driver of a kind; nothing is connected yet. @throws ZodError when the configuration is not valid */
export function openCertificateDriver(
  kind: keyof typeof certificateDrivers,
  config: unknown,
): CertificateDriver {
  return certificateDrivers[kind](config)
}
