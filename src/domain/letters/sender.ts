/**
 * Who sent a letter, as a book writes it: the post and the agency, without naming the agency twice
 * (`Kepala Dinas Kesehatan` of `Dinas Kesehatan Kabupaten Contoh` is `Kepala Dinas Kesehatan Kabupaten Contoh`).
 */
export function senderOf(post: string | null | undefined, agency: string): string {
  if (!post) return agency
  if (post.toLowerCase().includes(agency.trim().toLowerCase())) return post
  const [held, whole] = [post.trim().split(/\s+/), agency.trim().split(/\s+/)]
  const same = (words: number): boolean =>
    held.slice(-words).join(' ').toLowerCase() === whole.slice(0, words).join(' ').toLowerCase()
  for (let words = Math.min(held.length, whole.length); words > 0; words -= 1)
    if (same(words)) return [...held, ...whole.slice(words)].join(' ')
  return held.length === 1 && held[0]!.toLowerCase() === 'kepala'
    ? `${held[0]} ${agency}`
    : `${post}, ${agency}`
}
