/** The parts every paper of the office is made of: letterhead, addressee, signature block, proof. */
import * as z from 'zod'

/** Longest single line and longest running text that a paper accepts, in UTF-16 units. */
const LINE_MAX = 400
const TEXT_MAX = 12_000
/** Largest logo of a letterhead, in bytes: a crest as SVG or PNG is far below this. */
export const LOGO_MAX_BYTES = 512 * 1024

export const line = z.string().trim().min(1).max(LINE_MAX)
export const text = z.string().trim().min(1).max(TEXT_MAX)
/** A calendar day of the office, `2025-08-25`: letters are dated in local days, not instants. */
export const day = z.iso.date()

export const logoSchema = z.strictObject({
  mediaType: z.enum(['image/svg+xml', 'image/png']),
  bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.length > 0 && bytes.length <= LOGO_MAX_BYTES),
})

/** Kop surat: the lines above the double rule. */
export const letterheadSchema = z.strictObject({
  /** `PEMERINTAH KABUPATEN CONTOH` */
  government: line,
  /** `DINAS KOMUNIKASI DAN INFORMATIKA` */
  office: line,
  addressLines: z.array(line).max(4),
  phone: line.optional(),
  email: line.optional(),
  website: line.optional(),
  logo: logoSchema.optional(),
})
export type Letterhead = z.infer<typeof letterheadSchema>

/** Who signs. The name is given when the paper is made and stored nowhere in an SOP. */
export const signatureSchema = z.strictObject({
  /** Acting for a vacant (Plt.) or an absent (Plh.) holder, or on behalf of (a.n.). */
  acting: z.enum(['Plt.', 'Plh.', 'a.n.']).optional(),
  post: line,
  name: line,
  /** Rank and class, e.g. `Pembina Tk. I (IV/b)`. */
  rank: line.optional(),
  nip: line.optional(),
  /** Signed electronically, through BSrE or with a certificate of the office's own: the block says so with a QR code. */
  electronic: z.enum(['bsre', 'own']).optional(),
})
export type Signature = z.infer<typeof signatureSchema>

export const recipientSchema = z.strictObject({
  /** The post written after `Yth.`, and further lines of the address. */
  lines: z.array(line).min(1).max(4),
  /** `Tempat`, or the name of the town. */
  place: line,
})

/** The head of the office's logbook when the paper was made: proof against later truncation. */
export const logbookHeadSchema = z.strictObject({
  entries: z.int().min(0),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
})
export type LogbookHead = z.infer<typeof logbookHeadSchema>

/** Where the public checks this paper. The address goes into the QR code, the code is printed. */
export const verificationSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).max(300),
  code: line,
  logbookHead: logbookHeadSchema,
})
export type Verification = z.infer<typeof verificationSchema>

/** One `label : value` row of a table of facts. */
export const factSchema = z.strictObject({ label: line, value: text })

export const paperSizeSchema = z.enum(['a4', 'f4'])

/** What every paper carries. */
export const commonShape = {
  size: paperSizeSchema,
  letterhead: letterheadSchema,
  /** The instant the paper was made, UTC: the creation date inside the PDF, never the clock's. */
  createdAt: z.iso.datetime(),
}

/** The head of a letter: Nomor, Sifat, Lampiran, Hal, and place and date. */
export const letterShape = {
  ...commonShape,
  number: line,
  nature: line,
  attachments: line,
  subject: line,
  place: line,
  date: day,
  recipient: recipientSchema,
  signature: signatureSchema,
  copies: z.array(line).max(20),
  verification: verificationSchema,
}

/** The applicant's letter that is being answered, and the request it opened. */
export const referenceSchema = z.strictObject({
  ticket: line,
  letterNumber: line,
  letterDate: day,
  letterSubject: line.optional(),
  /** The electronic system the request is about. */
  system: line,
  agency: line,
})
export type Reference = z.infer<typeof referenceSchema>
