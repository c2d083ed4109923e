import { hostPageText } from '../text/hosting.ts'
import { escapeHtml } from './html.ts'
import type { SiteDescription } from './site.ts'

const STYLE = `
:root { color-scheme: light dark; --ink: #1b2733; --soft: #5a6b7b; --line: #d9e0e7; --ground: #f6f8fa;
  --card: #fff; --accent: #196bcd }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf2; --soft: #a3b1bf; --line: #33404d;
  --ground: #12181f; --card: #1a222b; --accent: #6ea8f0 } }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px;
  background: var(--ground); color: var(--ink); font: 16px/1.6 Inter, system-ui, sans-serif }
main { width: 100%; max-width: 640px; background: var(--card); border: 1px solid var(--line);
  border-top: 4px solid var(--accent); border-radius: 8px; padding: 32px; overflow-wrap: anywhere }
h1 { margin: 0 0 8px; font-size: 28px; line-height: 1.25 }
a { color: var(--accent) }
p { margin: 0 0 16px } p:last-child { margin: 0 }
.agency { color: var(--soft); font-weight: 600 }
.name { font-family: ui-monospace, monospace; color: var(--accent) }
.foot { margin-top: 24px; padding-top: 16px; border-top: 1px solid var(--line); color: var(--soft);
  font-size: 14px }
`

function page(title: string, body: string): string {
  return `<!DOCTYPE html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`
}

/** The page a new site shows until its owner puts the own content there. */
export function startingPage({ fqdn, title, agency }: SiteDescription): string {
  const words = hostPageText.starting
  return page(
    title,
    `<h1>${escapeHtml(title)}</h1>
<p class="agency">${escapeHtml(agency)}</p>
<p class="name">${escapeHtml(fqdn)}</p>
<p>${escapeHtml(words.prepared.id)}</p>
<p lang="en">${escapeHtml(words.prepared.en)}</p>
<p class="foot">${escapeHtml(words.official.id)}</p>`,
  )
}

/** The answer to a page that a site does not have. */
export function missingPage({ title, agency }: SiteDescription): string {
  const words = hostPageText.missing
  return page(
    `404 · ${title}`,
    `<h1>${escapeHtml(words.heading.id)}</h1>
<p>${escapeHtml(words.body.id)}</p>
<p lang="en">${escapeHtml(words.body.en)}</p>
<p><a href="/">${escapeHtml(words.home.id)}</a></p>
<p class="foot">${escapeHtml(title)}<br>${escapeHtml(agency)}</p>`,
  )
}

/** The answer to a name that no site here has; it never repeats the name that was asked for. */
export function unknownHostPage(): string {
  const words = hostPageText.unknownHost
  return page(
    `404 · ${words.heading.id}`,
    `<h1>${escapeHtml(words.heading.id)}</h1>
<p>${escapeHtml(words.body.id)}</p>
<p lang="en">${escapeHtml(words.body.en)}</p>`,
  )
}

/** What every page of a site answers while it is under maintenance. */
export function maintenancePage({ title, agency }: SiteDescription): string {
  const words = hostPageText.maintenance
  return page(
    title,
    `<h1>${escapeHtml(title)}</h1>
<p class="agency">${escapeHtml(agency)}</p>
<p>${escapeHtml(words.body.id)}</p>
<p lang="en">${escapeHtml(words.body.en)}</p>`,
  )
}
