/** A paper laid out as blocks: what the templates print. Every string in it is text, never markup. */
import type { Letterhead, Verification } from './parts.ts'

export type Row = { readonly label: string; readonly value: string; readonly strong?: boolean }

export type SignatureBlock = {
  /** `Plt. Kepala Dinas ...` or `Yang menerima,` and the post below it. */
  readonly heading: readonly string[]
  readonly name: string
  readonly below: readonly string[]
  /** What stands beside the QR code in the place of a signature by hand. */
  readonly electronic?: readonly string[]
}

export type Column = {
  readonly title: string
  /** Share of the width (`fr`), or the width itself in millimetres. */
  readonly width: { readonly fr: number } | { readonly mm: number }
  readonly align?: 'left' | 'center'
  /** Figures and hashes in a fixed-width face. */
  readonly mono?: boolean
}

export type Block =
  | { readonly type: 'paragraph'; readonly text: string }
  | { readonly type: 'facts'; readonly rows: readonly Row[] }
  | { readonly type: 'list'; readonly items: readonly string[] }
  | {
      readonly type: 'table'
      readonly columns: readonly Column[]
      readonly rows: readonly (readonly string[])[]
      /** Smaller type, for a register of many columns. */
      readonly dense?: boolean
    }
  | { readonly type: 'notice'; readonly title: string; readonly text: string }
  | { readonly type: 'heading'; readonly text: string }
  | {
      readonly type: 'choices'
      readonly label: string
      readonly items: readonly { text: string; checked: boolean }[]
    }
  | { readonly type: 'signatures'; readonly left?: SignatureBlock; readonly right: SignatureBlock }
  | { readonly type: 'copies'; readonly title: string; readonly items: readonly string[] }
  | { readonly type: 'next-page' }

/** The head of a letter, or the centred title of any other paper. */
export type Head =
  | {
      readonly form: 'letter'
      readonly rows: readonly Row[]
      readonly placeAndDate: string
      readonly recipient: readonly string[]
    }
  | { readonly form: 'title'; readonly title: string; readonly lines: readonly string[] }

export type Sheet = {
  readonly size: 'a4' | 'f4'
  readonly landscape: boolean
  /** Title and language inside the PDF. */
  readonly title: string
  readonly author: string
  readonly lang: 'id' | 'en'
  readonly createdAt: string
  readonly letterhead: Letterhead | null
  readonly head: Head
  readonly blocks: readonly Block[]
  readonly footer: Footer
}

/** The strip at the foot of each page. `url` becomes the QR code. */
export type Footer = {
  readonly lines: readonly string[]
  readonly code: { readonly label: string; readonly value: string } | null
  readonly url: Verification['url'] | null
  /** `Halaman {} dari {}`: the two numbers are put in by the template. */
  readonly page: readonly [string, string]
}
