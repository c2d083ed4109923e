import { encode } from 'uqr'

/** Quiet zone in modules: ISO/IEC 18004 asks for four; the white page around the code adds the rest. */
const QUIET_ZONE = 2

/** A QR code as one SVG path (one path: no hairlines between modules). Level M: 15 % of it may be lost. */
export function qrSvg(content: string): string {
  const { data, size } = encode(content, { ecc: 'M', border: QUIET_ZONE })
  const runs = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}">` +
    `<path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${runs.join('')}"/></svg>`
  )
}
