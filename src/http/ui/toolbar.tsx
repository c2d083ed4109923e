import type { PropsWithChildren } from 'hono/jsx'
import type { Locale } from '../../domain/refused.ts'
import { form, say } from '../../domain/text/ui.ts'

/** Filters above a list: a GET form, so that the filtered list has an address. */
export function Toolbar(
  props: PropsWithChildren<{ locale: Locale; action: string; label: string; clear?: string }>,
) {
  return (
    <form class="toolbar" method="get" action={props.action} role="search" aria-label={props.label}>
      {props.children}
      <div class="buttons">
        <button class="button button-secondary" type="submit">
          {say(form.filter, props.locale)}
        </button>
        {props.clear && (
          <a class="button button-link" href={props.clear}>
            {say(form.clearFilter, props.locale)}
          </a>
        )}
      </div>
    </form>
  )
}
