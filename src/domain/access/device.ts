/** Longest User-Agent that is looked at, in characters. */
const maxLength = 400

/** In this order: most browsers also name those that they come from. */
const browsers: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\bEdg(?:A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Headless)?(?:Chrome|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
const systems: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\b(?:iPhone|iPad|iPod)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMacintosh\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
]

/** @returns browser and system as far as a User-Agent tells; it is the browser's own claim, good for recognition only */
export function deviceOf(userAgent: string | null): { readonly browser?: string; readonly system?: string } {
  const text = (userAgent ?? '').slice(0, maxLength)
  const nameIn = (table: typeof browsers) => table.find(([pattern]) => pattern.test(text))?.[1]
  return { browser: nameIn(browsers), system: nameIn(systems) }
}
