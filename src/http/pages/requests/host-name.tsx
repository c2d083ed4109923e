/** A host name that may break after its dots, and nowhere else. */
export function HostName({ name }: { name: string }) {
  const labels = name.split('.')
  return (
    <span class="mono">
      {labels.map((label, index) => (
        <>
          {label}
          {index < labels.length - 1 && (
            <>
              .<wbr />
            </>
          )}
        </>
      ))}
    </span>
  )
}
