/** A word of the configuration that may hold nginx variables. It is always ours, never a value from outside. */
export type Expression = { readonly expression: string }
export type Word = string | Expression

export type Directive = readonly [Word, ...Word[]]
export type Block = { readonly head: Directive; readonly body: readonly Statement[] }
export type Statement = Directive | Block

const BARE = /^[A-Za-z0-9_./:=@*^~,-]+$/

/**
 * A value as one word. nginx has no way to write a dollar sign that is not a variable, so a value that holds one is
 * refused, and so are control characters.
 */
function wordOf(word: Word): string {
  if (typeof word !== 'string') return word.expression
  if (/[\u0000-\u001f\u007f$]/.test(word)) throw new Error(`no such value in an nginx configuration: ${word}`)
  if (BARE.test(word)) return word
  return `"${word.replace(/[\\"]/g, '\\$&')}"`
}

const isBlock = (statement: Statement): statement is Block => 'head' in statement

/** Statements as the text of an nginx configuration. */
export function printNginx(statements: readonly Statement[], indent = ''): string {
  return statements
    .map((statement) => {
      if (!isBlock(statement)) return `${indent}${statement.map(wordOf).join(' ')};\n`
      const head = statement.head.map(wordOf).join(' ')
      return `${indent}${head} {\n${printNginx(statement.body, `${indent}  `)}${indent}}\n`
    })
    .join('')
}
