import type * as z from 'zod'
import {
  dropIdentityProvider,
  endSignOns,
  putIdentityProvider,
  readIdentityProvider,
} from '../../db/identity-providers.ts'
import type { identityProviderInput } from '../../domain/access/sign-on.ts'
import { identitySecretContext } from '../../domain/access/sign-on.ts'
import { Refused } from '../../domain/refused.ts'
import { fieldTexts } from '../../domain/text/http.ts'
import { signOnTexts } from '../../domain/text/sign-on.ts'
import type { Member } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'
import type { SealingDeps } from './save-server.ts'

/**
 * Connects the office's identity provider, or changes it. Another issuer is another provider: who is who there is asked anew.
 * What was opened on its word ends when it is another, or when less of its word counts.
 * @throws Refused (422) without a secret where none is stored, or for an issuer without https that was not allowed
 */
export async function saveIdentityProvider(
  deps: SealingDeps & { readonly config: { readonly identityProviders: readonly string[] } },
  member: Member,
  input: z.output<typeof identityProviderInput>,
): Promise<void> {
  requireRole(member, 'administrator')
  const { officeId } = member
  const { issuer, label, clientId } = input
  const { origin, protocol } = new URL(issuer)
  if (protocol !== 'https:' && !deps.config.identityProviders.includes(origin))
    throw new Refused('bad-input', signOnTexts.needsHttps, {
      issues: [{ field: 'issuer', text: signOnTexts.needsHttps }],
    })
  await act(deps, member, async (tx, write) => {
    const known = await readIdentityProvider(tx, officeId)
    const isSame = known?.issuer === issuer
    const clientSecret = input.clientSecret
      ? deps.seal(identitySecretContext(officeId), input.clientSecret)
      : isSame && known.clientSecret
    if (!clientSecret)
      throw new Refused('bad-input', fieldTexts.missing, {
        issues: [{ field: 'clientSecret', text: fieldTexts.missing }],
      })
    if (known && !isSame) await dropIdentityProvider(tx, officeId)
    const { secondFactor } = input
    if (known && !(isSame && known.secondFactor === secondFactor)) await endSignOns(tx, officeId)
    const row = { label, issuer, clientId, clientSecret, strongAcr: input.strongAcr || null, secondFactor }
    await putIdentityProvider(tx, officeId, row, deps.now())
    write.note({
      act: 'identity-provider.connected',
      subject: { kind: 'office', id: officeId },
      details: { issuer, clientId, secretReplaced: input.clientSecret !== '', secondFactor },
    })
  })
}

/** Disconnects it; people sign in with password or passkey as before. @throws Refused (404) when there is none */
export async function removeIdentityProvider(deps: SealingDeps, member: Member): Promise<void> {
  requireRole(member, 'administrator')
  await act(deps, member, async (tx, write) => {
    if (!(await dropIdentityProvider(tx, member.officeId))) throw notFound()
    await endSignOns(tx, member.officeId)
    write.note({ act: 'identity-provider.disconnected', subject: { kind: 'office', id: member.officeId } })
  })
}
