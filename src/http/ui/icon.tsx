/** One icon of assets/icons.svg, drawn in the text's colour. Decorative unless it is given a label. */
import { asset } from '../static.ts'

export type IconName =
  | 'alert'
  | 'arrow-left'
  | 'arrow-right'
  | 'book'
  | 'building'
  | 'calendar'
  | 'check'
  | 'chevron-down'
  | 'clock'
  | 'close'
  | 'copy'
  | 'danger'
  | 'document'
  | 'dot'
  | 'download'
  | 'edit'
  | 'external'
  | 'flow'
  | 'globe'
  | 'home'
  | 'inbox'
  | 'info'
  | 'key'
  | 'list'
  | 'lock'
  | 'mail'
  | 'menu'
  | 'message'
  | 'pause'
  | 'plus'
  | 'return'
  | 'search'
  | 'server'
  | 'settings'
  | 'shield'
  | 'sign-out'
  | 'sliders'
  | 'success'
  | 'upload'
  | 'user'
  | 'users'

export function Icon({ name, label }: { name: IconName; label?: string }) {
  const href = `${asset('icons.svg')}#${name}`
  return label ? (
    <svg class="icon" role="img" aria-label={label}>
      <use href={href} />
    </svg>
  ) : (
    <svg class="icon" aria-hidden="true">
      <use href={href} />
    </svg>
  )
}
