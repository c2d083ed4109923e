import ssh2 from 'ssh2'
import * as z from 'zod'

/** How a host is reached; without secrets. */
export const linuxHostSettings = z.strictObject({
  host: z.string().min(1).max(253),
  port: z.number().int().min(1).max(65_535).default(22),
  /** The pinned key of the host in one line: `ssh-ed25519 AAAA...`. */
  hostKey: z.string().regex(/^(ssh-ed25519|ecdsa-sha2-nistp256|ssh-rsa) [A-Za-z0-9+/]+={0,3}$/),
  /** Where visitors reach the sites, if not at the same address. */
  webHost: z.string().min(1).max(253).optional(),
  webPort: z.number().int().min(1).max(65_535).default(80),
  tlsPort: z.number().int().min(1).max(65_535).default(443),
  /** Roots (PEM) that are trusted beside the public ones when a site is looked at: the office's own authority. */
  root: z.string().optional(),
})
export type LinuxHostSettings = z.infer<typeof linuxHostSettings>

const isPrivateKey = (text: string) => {
  const parsed = ssh2.utils.parseKey(text)
  return !(parsed instanceof Error) && parsed.isPrivateKey()
}

export const linuxHostSecret = z.strictObject({
  privateKey: z.string().max(10_000).refine(isPrivateKey, 'not a private SSH key'),
})
export type LinuxHostSecret = z.infer<typeof linuxHostSecret>
