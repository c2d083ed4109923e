/** What every portal page knows before it says anything of its own. Filled once per request. */
import type { Locale } from '../../domain/refused.ts'
import type { IconName } from './icon.tsx'

export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger'

/** `auto` follows the reader's device. */
export type Theme = 'auto' | 'light' | 'dark'

export type NavItem = {
  readonly href: string
  readonly label: string
  readonly icon?: IconName
  /** Work waiting behind this entry; not shown when 0 or absent. */
  readonly count?: number
}

/** A titled part of the main menu; the office's menu is built per role by the page layer. */
export type NavGroup = { readonly title?: string; readonly items: readonly NavItem[] }

export type FlashMessage = { readonly tone: Exclude<Tone, 'neutral'>; readonly text: string }

export type Crumb = { readonly label: string; readonly href?: string }

/** Addresses of the frame's own links and forms. */
export type ShellLinks = {
  readonly home: string
  /** POST `theme` (auto, light, dark) or `locale` (id, en), and `return` (a local path); answers 303. */
  readonly preferences: string
  /** POST without fields; answers 303. */
  readonly signOut: string
  readonly signIn: string
  readonly account: string
  readonly verify: string
  readonly track: string
  readonly names: string
}

export const defaultLinks: ShellLinks = {
  home: '/',
  preferences: '/preferences',
  signOut: '/sign-out',
  signIn: '/sign-in',
  account: '/account',
  verify: '/verify',
  track: '/track',
  names: '/names',
}

export type Shell = {
  readonly locale: Locale
  readonly theme: Theme
  /** Path of this page with its query: marks the current menu entry, and where a preference form returns. */
  readonly path: string
  /** The office whose desk this is; absent before the first office exists. */
  readonly office?: { readonly name: string; readonly logoHref?: string }
  readonly nav?: readonly NavGroup[]
  readonly user?: { readonly name: string; readonly role: string }
  readonly flash?: readonly FlashMessage[]
  /** Newest logbook entry: printed at the foot of each page so that a cut-off logbook is noticed. */
  readonly logbookHead?: { readonly seq: number; readonly hash: string }
  readonly links?: Partial<ShellLinks>
}
