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
    if (lines.length > maxLines) break
  }
  if (line !== '') lines.push(line)
  return lines.length <= maxLines ? lines : cutLines(lines, maxLines, width, widthOf)
}

/** @returns the first lines only, the last of them ending in an ellipsis */
export function cutLines(
  lines: readonly string[],
  maxLines: number,
  width: number,
  widthOf: (text: string) => number,
): string[] {
  const kept = lines.slice(0, maxLines)
  let last = kept[maxLines - 1]!
  while (last !== '' && widthOf(`${last}…`) > width) last = Array.from(last).slice(0, -1).join('')
  kept[maxLines - 1] = `${last.trimEnd()}…`
  return kept
}

function* words(text: string, width: number, widthOf: (text: string) => number): Generator<string> {
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    if (widthOf(word) <= width) yield word
    else yield* pieces(word, width, widthOf)
  }
}

/** Cuts between characters, never within one. */
function* pieces(word: string, width: number, widthOf: (text: string) => number): Generator<string> {
  let piece = ''
  for (const character of word) {
    if (piece !== '' && widthOf(piece + character) > width) {
      yield piece
      piece = ''
    }
    piece += character
  }
  yield piece
}
