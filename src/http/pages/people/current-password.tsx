import type { Locale } from '../../../domain/refused.ts'
import { accountTexts } from '../../../domain/text/sign-in.ts'
import { TextInput } from '../../ui/form.tsx'
import type { Attempt } from '../form-values.ts'

/** Asked again before a person's own account changes, so that a browser left open is not enough. */
export const CurrentPassword = ({ attempt, locale }: { attempt: Attempt; locale: Locale }) => (
  <TextInput
    name="password"
    label={accountTexts.currentPassword[locale]}
    locale={locale}
    type="password"
    autocomplete="current-password"
    width="medium"
    required
    error={attempt.error('password')}
  />
)
