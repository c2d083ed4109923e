import type { ChartSymbol } from '../../domain/flowchart/chart.ts'
import { capsuleRadius, pentagonTip } from '../../domain/flowchart/route.ts'

type OutlineProps = {
  readonly shape: ChartSymbol
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The outline of one of the symbols of PermenPANRB 35/2012. */
export function Outline({ shape, x, y, width, height }: OutlineProps) {
  const corners = cornersOf[shape]
  if (!corners)
    return (
      <rect
        x={x}
        y={y}
        width={width}
        height={height}
        rx={shape === 'capsule' ? capsuleRadius(width, height) : 0}
      />
    )
  const points = corners.map(([across, down]) => `${x + across * width},${y + down * height}`)
  return <polygon points={points.join(' ')} />
}

/** A symbol in the size of text, for tables and legends that stand beside words. */
export function SymbolKey({ shape }: { readonly shape: ChartSymbol }) {
  const narrow = shape === 'pentagon'
  return (
    <svg class="symbol-key" viewBox="0 0 32 18" width="32" height="18" aria-hidden="true">
      <Outline shape={shape} x={narrow ? 8 : 1} y={1} width={narrow ? 16 : 30} height={16} />
    </svg>
  )
}

/** Corners as shares of width and height; the other symbols are rectangles. */
const cornersOf: Partial<Record<ChartSymbol, readonly (readonly [number, number])[]>> = {
  diamond: [
    [0.5, 0],
    [1, 0.5],
    [0.5, 1],
    [0, 0.5],
  ],
  pentagon: [
    [0, 0],
    [1, 0],
    [1, 1 - pentagonTip],
    [0.5, 1],
    [0, 1 - pentagonTip],
  ],
}
