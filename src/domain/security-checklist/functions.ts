/** The 13 functions of BSSN 4/2021 article 27, in its order: the first is letter a, the last letter m. */
export const SECURITY_FUNCTIONS = [
  'authentication',
  'session',
  'access',
  'input',
  'cryptography',
  'errors',
  'data',
  'communication',
  'malware',
  'logic',
  'files',
  'api',
  'configuration',
] as const
export type SecurityFunction = (typeof SECURITY_FUNCTIONS)[number]

/** @returns the letter under which article 27 names the function */
export const letterOf = (id: SecurityFunction): string =>
  String.fromCodePoint('a'.codePointAt(0)! + SECURITY_FUNCTIONS.indexOf(id))

/** What an agency may say of one function. */
export const CHECKLIST_VERDICTS = ['met', 'partly', 'unmet', 'not-applicable'] as const

/** `open`: not met, or the look from outside says otherwise, and nobody waived it. */
export type FunctionState = 'met' | 'not-applicable' | 'waived' | 'open' | 'unanswered'
