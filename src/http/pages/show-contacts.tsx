import type { Locale } from '../../domain/refused.ts'
import { contactTexts as texts } from '../../domain/text/contacts.ts'
import { PostButton } from '../ui/button.tsx'

/** In the place of telephone numbers and addresses, until the reader asks for them and the logbook says so. */
export function ShowContacts({ action, locale }: { readonly action: string; readonly locale: Locale }) {
  return (
    <>
      <p class="muted">{texts.hidden[locale]}</p>
      <PostButton action={action} kind="secondary" icon="users">
        {texts.show[locale]}
      </PostButton>
    </>
  )
}
