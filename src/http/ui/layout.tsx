/** The frame around every page: for signed-in people, for the public, and for signing in. */
import { raw } from 'hono/html'
import type { Child, PropsWithChildren } from 'hono/jsx'
import type { Locale } from '../../domain/refused.ts'
import { form, frame, languageNames, say } from '../../domain/text/ui.ts'
import { asset } from '../static.ts'
import { Icon } from './icon.tsx'
import { defaultLinks, type Crumb, type NavGroup, type Shell, type ShellLinks, type Theme } from './shell.ts'
import { Alert } from './status.tsx'

type PageProps = PropsWithChildren<{
  readonly shell: Shell
  /** Title of the browser window; the office's name is added. */
  readonly title: string
  /** The narrower frame of pages for everybody. */
  readonly isPublic?: boolean
}>

const linksOf = (shell: Shell): ShellLinks => ({ ...defaultLinks, ...shell.links })

function Document({ shell, title, isPublic, children }: PageProps) {
  const owner = shell.office?.name ?? 'Ranah'
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={shell.locale} data-theme={shell.theme === 'auto' ? undefined : shell.theme}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content={shell.theme === 'auto' ? 'light dark' : shell.theme} />
          <title>{`${title} · ${owner}`}</title>
          <link rel="icon" href={asset('mark.svg')} type="image/svg+xml" />
          <link rel="preload" href={asset('inter-latin.woff2')} as="font" type="font/woff2" crossorigin="" />
          <link rel="stylesheet" href={asset('app.css')} data-turbo-track="reload" />
          <script type="module" src={asset('turbo.js')} />
          <script type="module" src={asset('app.js')} data-turbo-track="reload" />
        </head>
        <body>
          <a class="skip" href="#main">
            {say(frame.skip, shell.locale)}
          </a>
          <div class={isPublic ? 'frame frame-public' : 'frame'}>{children}</div>
        </body>
      </html>
    </>
  )
}

function Brand({ shell }: { shell: Shell }) {
  return (
    <a class="brand" href={linksOf(shell).home}>
      <img
        class="brand-logo"
        src={shell.office?.logoHref ?? asset('mark.svg')}
        alt=""
        width="40"
        height="40"
      />
      <span>
        <span class="brand-name">{shell.office?.name ?? 'Ranah'}</span>
        <span class="brand-sub">{say(frame.product, shell.locale)}</span>
      </span>
    </a>
  )
}

function Segments<Value extends string>(props: {
  shell: Shell
  name: 'theme' | 'locale'
  label: string
  current: Value
  options: readonly { value: Value; label: string; lang?: Locale }[]
}) {
  const { shell, name, label, current, options } = props
  return (
    <form method="post" action={linksOf(shell).preferences} data-turbo="false" data-preference={name}>
      <input type="hidden" name="return" value={shell.path} />
      <p class="menu-label">{label}</p>
      <div class="segments" role="group" aria-label={label}>
        {options.map((option) => (
          <button
            type="submit"
            name={name}
            value={option.value}
            lang={option.lang}
            aria-pressed={option.value === current ? 'true' : 'false'}
          >
            {option.label}
          </button>
        ))}
      </div>
    </form>
  )
}

const locales: readonly Locale[] = ['id', 'en']
const themes: readonly Theme[] = ['auto', 'light', 'dark']

function Preferences({ shell }: { shell: Shell }) {
  const { locale } = shell
  return (
    <details class="menu">
      <summary>
        <Icon name="globe" />
        <span>{locale.toUpperCase()}</span>
        <span class="sr-only">{say(frame.preferences, locale)}</span>
        <Icon name="chevron-down" />
      </summary>
      <div class="menu-pop">
        <Segments
          shell={shell}
          name="locale"
          label="Bahasa · Language"
          current={locale}
          options={locales.map((value) => ({ value, label: languageNames[value], lang: value }))}
        />
        <Segments
          shell={shell}
          name="theme"
          label={say(frame.theme, locale)}
          current={shell.theme}
          options={themes.map((value) => ({ value, label: say(frame[value], locale) }))}
        />
      </div>
    </details>
  )
}

function UserMenu({ shell }: { shell: Shell }) {
  const { locale, user } = shell
  if (!user) {
    return (
      <a class="button button-secondary button-small menu-user" href={linksOf(shell).signIn}>
        {say(frame.signIn, locale)}
      </a>
    )
  }
  return (
    <details class="menu menu-user">
      <summary>
        <Icon name="user" />
        <span>{user.name}</span>
        <span class="sr-only">{say(frame.accountMenu, locale)}</span>
        <Icon name="chevron-down" />
      </summary>
      <div class="menu-pop">
        <p class="menu-who">
          <strong>{user.name}</strong>
          <span class="muted">{user.role}</span>
        </p>
        <a class="menu-item" href={linksOf(shell).account}>
          <Icon name="settings" />
          {say(frame.account, locale)}
        </a>
        <form method="post" action={linksOf(shell).signOut} data-turbo="false">
          <button class="menu-item" type="submit">
            <Icon name="sign-out" />
            {say(frame.signOut, locale)}
          </button>
        </form>
      </div>
    </details>
  )
}

function PhoneNav({ shell }: { shell: Shell }) {
  if (!shell.nav || shell.nav.length === 0) return null
  return (
    <nav class="nav-phone" aria-label={say(frame.navigation, shell.locale)}>
      <details class="menu">
        <summary>
          <Icon name="menu" />
          {say(frame.menu, shell.locale)}
        </summary>
        <div class="menu-pop">
          <NavList groups={shell.nav} path={shell.path} />
        </div>
      </details>
    </nav>
  )
}

function Top({ shell }: { shell: Shell }) {
  return (
    <header class="top">
      <div class="top-in">
        <Brand shell={shell} />
        <div class="tools">
          <PhoneNav shell={shell} />
          <Preferences shell={shell} />
          <UserMenu shell={shell} />
        </div>
      </div>
    </header>
  )
}

/** The entry whose address is the longest prefix of the page's path is the current one. */
function currentHref(groups: readonly NavGroup[], path: string): string | undefined {
  const bare = path.split('?')[0]!
  return groups
    .flatMap((group) => group.items.map((item) => item.href))
    .filter((href) => bare === href || (href !== '/' && bare.startsWith(`${href}/`)))
    .sort((a, b) => b.length - a.length)[0]
}

function NavList({ groups, path }: { groups: readonly NavGroup[]; path: string }) {
  const current = currentHref(groups, path)
  const mark = (href: string) => (href === path.split('?')[0] ? 'page' : 'true')
  return (
    <>
      {groups.map((group) => (
        <div class="nav-group">
          {group.title && <p class="nav-title">{group.title}</p>}
          <ul class="nav-list">
            {group.items.map((item) => (
              <li>
                <a
                  class="nav-link"
                  href={item.href}
                  aria-current={item.href === current ? mark(item.href) : undefined}
                >
                  {item.icon && <Icon name={item.icon} />}
                  {item.label}
                  {item.count ? <span class="nav-count">{item.count}</span> : null}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </>
  )
}

function Breadcrumbs({ crumbs, locale }: { crumbs: readonly Crumb[]; locale: Locale }) {
  return (
    <nav class="crumbs" aria-label={say(frame.breadcrumbs, locale)}>
      <ol>
        {crumbs.map((crumb) => (
          <li>
            {crumb.href ? (
              <a href={crumb.href}>{crumb.label}</a>
            ) : (
              <span aria-current="page">{crumb.label}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}

function Flashes({ shell }: { shell: Shell }) {
  if (!shell.flash || shell.flash.length === 0) return null
  return (
    <div class="flashes" role="status" aria-label={say(frame.messages, shell.locale)}>
      {shell.flash.map((message) => (
        <Alert tone={message.tone} locale={shell.locale}>
          {message.text}
        </Alert>
      ))}
    </div>
  )
}

function Foot({ shell }: { shell: Shell }) {
  const { locale, logbookHead } = shell
  const links = linksOf(shell)
  return (
    <footer class="foot">
      <div class="foot-in">
        <strong>{shell.office?.name ?? 'Ranah'}</strong>
        <ul>
          <li>
            <a href={links.track}>{say(frame.track, locale)}</a>
          </li>
          <li>
            <a href={links.verify}>{say(frame.verify, locale)}</a>
          </li>
          <li>
            <a href={links.names}>{say(frame.names, locale)}</a>
          </li>
        </ul>
        {logbookHead && (
          <p>
            {say(frame.logbookHead, locale)}: {say(frame.logbookEntry, locale)} {logbookHead.seq},{' '}
            <span class="mono">{logbookHead.hash}</span>
          </p>
        )}
        <p>{say(frame.about, locale)}</p>
      </div>
    </footer>
  )
}

/** Page of a signed-in person: office, menu by role, breadcrumbs, notices, content, foot. */
export function Layout(props: PageProps & { readonly crumbs?: readonly Crumb[] }) {
  const { shell, title, crumbs, children } = props
  const hasNav = (shell.nav?.length ?? 0) > 0
  return (
    <Document shell={shell} title={title}>
      <Top shell={shell} />
      <div class={hasNav ? 'body body-nav' : 'body'}>
        {hasNav && (
          <nav class="nav-side" aria-label={say(frame.navigation, shell.locale)}>
            <NavList groups={shell.nav!} path={shell.path} />
          </nav>
        )}
        <main id="main" class="page" tabindex={-1} data-unsaved={say(form.unsaved, shell.locale)}>
          {crumbs && crumbs.length > 0 && <Breadcrumbs crumbs={crumbs} locale={shell.locale} />}
          <Flashes shell={shell} />
          {children}
        </main>
      </div>
      <Foot shell={shell} />
    </Document>
  )
}

/** Page for everyone: tracking a ticket, verifying a letter, the list of official subdomains. */
export function PublicLayout({ shell, title, children }: PageProps) {
  return (
    <Document shell={shell} title={title} isPublic>
      <Top shell={shell} />
      <div class="body">
        <main id="main" class="page page-public" tabindex={-1}>
          <Flashes shell={shell} />
          {children}
        </main>
      </div>
      <Foot shell={shell} />
    </Document>
  )
}

/** Narrow page for sign-in, second factor, invitation and first run. `foot` stands below the card. */
export function AuthLayout(
  props: PageProps & { readonly heading: string; readonly lead?: string; readonly foot?: Child },
) {
  const { shell, title, heading, lead, foot, children } = props
  return (
    <Document shell={shell} title={title}>
      <Top shell={{ ...shell, nav: [] }} />
      <div class="body">
        <main id="main" class="page page-auth" tabindex={-1}>
          <Flashes shell={shell} />
          <div class="card">
            <div class="page-head">
              <div class="page-head-text">
                <h1>{heading}</h1>
                {lead && <p class="page-lead">{lead}</p>}
              </div>
            </div>
            {children}
          </div>
          {foot && <div class="auth-foot">{foot}</div>}
        </main>
      </div>
      <Foot shell={shell} />
    </Document>
  )
}
