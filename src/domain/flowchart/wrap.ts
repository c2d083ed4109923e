/**
 * Breaks a text into lines that fit a width. A word that is wider than the line alone is cut.
 * @param widthOf measures a text in the unit of `width`
 */
export function wrapText(
  text: string,
  width: number,
  widthOf: (text: string) => number,
  maxLines = Number.POSITIVE_INFINITY,
): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of words(text, width, widthOf)) {
    const joined = line === '' ? word : `${line} ${word}`
    if (line === '' || widthOf(joined) <= width) line = joined
    else {
      lines.push(line)
      line = word
    }
  }
  if (line !== '') lines.push(line)
  if (lines.length <= maxLines) return lines
  const kept = lines.slice(0, maxLines)
  let last = kept[maxLines - 1]!
  while (last !== '' && widthOf(`${last}…`) > width) last = last.slice(0, -1)
  kept[maxLines - 1] = `${last.trimEnd()}…`
  return kept
}

function* words(text: string, width: number, widthOf: (text: string) => number): Generator<string> {
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    let rest = word
    while (widthOf(rest) > width && rest.length > 1) {
      let length = rest.length - 1
      while (length > 1 && widthOf(rest.slice(0, length)) > width) length -= 1
      yield rest.slice(0, length)
      rest = rest.slice(length)
    }
    yield rest
  }
}
