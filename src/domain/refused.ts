/** A language of the portal, the API and the papers. Indonesian is the first. */
export type Locale = 'id' | 'en'

/** One sentence in every language. The type makes a missing translation impossible. */
export type Text = Readonly<Record<Locale, string>>

/** One thing that is wrong with one field of what was sent. */
export type FieldIssue = { readonly field: string; readonly text: Text }

type RefusalStatus = 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 429 | 503

/** Octets that nobody reads and no database takes, in what a server said of itself. */
const unreadable = /[\u0000-\u0008\u000b-\u001f\u007f]/g

/** Foreign words as they may stand in a sentence: without what nobody can read, and PostgreSQL cannot keep. */
export const readable = (words: string): string => words.replace(unreadable, '\ufffd')

/**
 * The expected "no": wrong actor, wrong order, bad input, name taken. It is safe to show.
 * Everything else that is thrown is a fault: logged with an id, shown without its text.
 */
export class Refused extends Error {
  readonly reason: string
  readonly text: Text
  readonly status: RefusalStatus
  readonly issues: readonly FieldIssue[]

  /**
   * @param reason stable kebab-case code that scripts may rely on, e.g. `name-taken`
   * @param text what happened, that nothing was lost, and what to do next
   */
  constructor(
    reason: string,
    text: Text,
    options: { status?: RefusalStatus; issues?: readonly FieldIssue[]; cause?: unknown } = {},
  ) {
    super(readable(text.en), { cause: options.cause })
    this.name = 'Refused'
    this.reason = reason
    this.text = { id: readable(text.id), en: readable(text.en) }
    this.status = options.status ?? 422
    this.issues = options.issues ?? []
  }
}
