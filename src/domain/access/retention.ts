/** How long what nobody needs any more is kept, in days. docs/operator-guide.md tells the same to those who answer for it. */
export const retentionDays = {
  /** An invitation that was used, revoked or ran out. */
  invitation: 365,
  /** An application for an account that was decided. */
  registration: 365,
  /** A session that ended, with its network address. */
  session: 30,
} as const
