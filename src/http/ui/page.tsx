/** The parts a page is built from: head, cards, sections, lists of facts, tabs. */
import type { Child, PropsWithChildren } from 'hono/jsx'
import { Icon, type IconName } from './icon.tsx'

type HeadingLevel = 2 | 3

export function Heading(props: PropsWithChildren<{ level?: HeadingLevel; id?: string }>) {
  return props.level === 3 ? <h3 id={props.id}>{props.children}</h3> : <h2 id={props.id}>{props.children}</h2>
}

/** A domain name as a title breaks before its dots and nowhere else, also on a phone. */
function Title({ text }: { text: string }) {
  if (text.includes(' ') || !text.includes('.')) return <>{text}</>
  const [first, ...rest] = text.split('.')
  return (
    <>
      {first}
      {rest.map((label) => (
        <>
          <wbr />.{label}
        </>
      ))}
    </>
  )
}

/** The page's one `h1`. `over` is a small line above it (ticket number), `meta` a row of pills below. */
export function PageHeader(props: {
  title: string
  over?: Child
  lead?: Child
  meta?: Child
  actions?: Child
}) {
  return (
    <div class="page-head">
      <div class="page-head-text">
        {props.over && <p class="page-over">{props.over}</p>}
        <h1>
          <Title text={props.title} />
        </h1>
        {props.lead && <p class="page-lead">{props.lead}</p>}
        {props.meta && <div class="page-meta">{props.meta}</div>}
      </div>
      {props.actions && <div class="buttons">{props.actions}</div>}
    </div>
  )
}

/** A framed block. `actions` stand beside the title, `foot` below a line. */
export function Card(
  props: PropsWithChildren<{
    title?: string
    level?: HeadingLevel
    id?: string
    actions?: Child
    foot?: Child
  }>,
) {
  return (
    <section class="card" id={props.id}>
      {(props.title || props.actions) && (
        <div class="card-head">
          {props.title && <Heading level={props.level}>{props.title}</Heading>}
          {props.actions}
        </div>
      )}
      {props.children}
      {props.foot && <div class="card-foot">{props.foot}</div>}
    </section>
  )
}

/** An unframed block with a title and an optional explaining line. */
export function Section(
  props: PropsWithChildren<{
    title: string
    lead?: Child
    level?: HeadingLevel
    id?: string
    actions?: Child
  }>,
) {
  return (
    <section class="section" id={props.id}>
      <div class="section-head">
        <div>
          <Heading level={props.level}>{props.title}</Heading>
          {props.lead && <p class="section-lead">{props.lead}</p>}
        </div>
        {props.actions}
      </div>
      {props.children}
    </section>
  )
}

/** Blocks below each other with the grid's distance. */
export function Stack(props: PropsWithChildren<{ small?: boolean }>) {
  return <div class={props.small ? 'stack-s' : 'stack'}>{props.children}</div>
}

/** Main column and side column; the side falls below on narrow screens. */
export function Columns(props: PropsWithChildren<{ side: Child }>) {
  return (
    <div class="columns">
      <div class="stack">{props.children}</div>
      <div class="stack">{props.side}</div>
    </div>
  )
}

/** Cards of equal weight side by side. */
export function Tiles(props: PropsWithChildren) {
  return <div class="tiles">{props.children}</div>
}

export type Fact = { readonly term: Child; readonly value: Child }

/** Facts as term and value. Leave a fact out rather than showing it empty. */
export function DefinitionList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl class="dl">
      {facts.map((fact) => (
        <div>
          <dt>{fact.term}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Nothing here yet: says so, and what to do next. */
export function EmptyState(props: { title: string; next: string; icon?: IconName; action?: Child }) {
  return (
    <div class="empty">
      <Icon name={props.icon ?? 'inbox'} />
      <p class="empty-title">{props.title}</p>
      <p>{props.next}</p>
      {props.action && <div class="buttons">{props.action}</div>}
    </div>
  )
}

/** Views of one thing, each with an address of its own. */
export function Tabs(props: {
  label: string
  tabs: readonly { label: string; href: string; current?: boolean; count?: number }[]
}) {
  return (
    <nav class="tabs" aria-label={props.label}>
      <ul>
        {props.tabs.map((tab) => (
          <li>
            <a href={tab.href} aria-current={tab.current ? 'page' : undefined}>
              {tab.label}
              {tab.count === undefined ? null : <span class="nav-count">{tab.count}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
