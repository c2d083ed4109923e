import { BreakAfter } from '../../ui/breaks.tsx'

/** A host name that may break after its dots, and nowhere else. */
export function HostName({ name }: { name: string }) {
  return (
    <span class="mono">
      <BreakAfter sign="." text={name} />
    </span>
  )
}
