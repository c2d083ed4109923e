const shownName = 100

/** Names on certificates are whatever somebody wrote there: one line without control characters, of a length to read. */
export const plainName = (name: string): string =>
  name.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, shownName)
