/** Buttons, rows of them, and a second look before something that cannot be undone. */
import type { PropsWithChildren } from 'hono/jsx'
import { Icon, type IconName } from './icon.tsx'

type Kind = 'primary' | 'secondary' | 'danger' | 'link'

/**
 * A link when it has `href`, else a button (`type` submit unless told). `name` and `value` tell the
 * server which button of a form was pressed; `formaction` sends the form elsewhere.
 */
export function Button(
  props: PropsWithChildren<{
    kind?: Kind
    small?: boolean
    icon?: IconName
    href?: string
    type?: 'submit' | 'button'
    name?: string
    value?: string
    formaction?: string
    /** Id of the form this button belongs to when it stands outside it. */
    form?: string
    disabled?: boolean
    /** A download or a page that Turbo must not fetch. */
    plain?: boolean
    /** The link saves a file of this name. */
    download?: string
  }>,
) {
  const style = `button button-${props.kind ?? 'primary'}${props.small ? ' button-small' : ''}`
  const inner = (
    <>
      {props.icon && <Icon name={props.icon} />}
      {props.children}
    </>
  )
  if (props.href !== undefined) {
    return (
      <a
        class={style}
        href={props.href}
        data-turbo={props.plain ? 'false' : undefined}
        download={props.download}
      >
        {inner}
      </a>
    )
  }
  return (
    <button
      class={style}
      type={props.type ?? 'submit'}
      name={props.name}
      value={props.value}
      formaction={props.formaction}
      form={props.form}
      disabled={props.disabled}
    >
      {inner}
    </button>
  )
}

/** Buttons side by side, the main one first; full width on a phone. */
export function ButtonRow(props: PropsWithChildren) {
  return <div class="buttons">{props.children}</div>
}

/** A form that is only one button, for a POST from a list or a page head. */
export function PostButton(
  props: PropsWithChildren<{
    action: string
    kind?: Kind
    small?: boolean
    icon?: IconName
    fields?: Readonly<Record<string, string>>
  }>,
) {
  return (
    <form method="post" action={props.action} class={props.small ? 'inline-form' : undefined}>
      {Object.entries(props.fields ?? {}).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <Button kind={props.kind} small={props.small} icon={props.icon}>
        {props.children}
      </Button>
    </form>
  )
}

/**
 * The second look before a grave act, without a dialog and without script: the button opens what will
 * happen, and inside stands the form that does it.
 */
export function ConfirmSection(
  props: PropsWithChildren<{
    label: string
    title: string
    danger?: boolean
    icon?: IconName
    open?: boolean
  }>,
) {
  return (
    <details class={props.danger ? 'confirm confirm-danger' : 'confirm'} open={props.open}>
      <summary class="button button-secondary">
        {props.icon && <Icon name={props.icon} />}
        {props.label}
      </summary>
      <div class="confirm-box">
        <p class="confirm-title">{props.title}</p>
        {props.children}
      </div>
    </details>
  )
}
