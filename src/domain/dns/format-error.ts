/** The only error that reading DNS names, records or messages throws: the bytes or the text are not valid. */
export class FormatError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'FormatError'
  }
}
