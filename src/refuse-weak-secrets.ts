import { invalid, type Config } from './config.ts'
import { secretWeakness } from './domain/access/weak-secrets.ts'
import type { FieldIssue } from './domain/refused.ts'
import { weakSecretTexts } from './domain/text/weak-secrets.ts'

/**
 * A password that others would try first opens the database or the mail of the office. Without one (a socket, a password
 * file, a certificate) there is nothing to judge.
 * @throws Refused `configuration-invalid`
 */
export async function refuseWeakSecrets(config: Config): Promise<void> {
  const issues: FieldIssue[] = []
  for (const name of ['DATABASE_URL', 'RANAH_SMTP_URL'] as const) {
    const given = config.given[name]?.value
    if (given === undefined) continue
    const { secrets, own } = secretsIn(new URL(given))
    for (const secret of secrets) {
      const why = await secretWeakness(secret, own)
      if (why) issues.push({ field: name, text: weakSecretTexts.setting(name, why) })
    }
  }
  if (issues.length > 0) throw invalid(issues)
}

/** Passwords in an address, and what they belong to; none where a local socket is asked. */
function secretsIn(url: URL): { readonly secrets: readonly string[]; readonly own: readonly string[] } {
  const { searchParams: more } = url
  if (more.get('host')?.startsWith('/')) return { secrets: [], own: [] }
  const secrets = [plainText(url.password), more.get('password')].filter((each) => !!each) as string[]
  const names = [url.username, url.hostname, url.pathname.slice(1)].map(plainText)
  return { secrets, own: [...names, more.get('user') ?? ''] }
}

function plainText(encoded: string): string {
  try {
    return decodeURIComponent(encoded)
  } catch {
    return encoded
  }
}
