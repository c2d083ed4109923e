/** A long name or number that may break after a sign of its own, and nowhere else. */
export function BreakAfter({ sign, text }: { sign: '.' | '/'; text: string }) {
  const parts = text.split(sign)
  return (
    <>
      {parts.map((part, index) => (
        <>
          {part}
          {index < parts.length - 1 && (
            <>
              {sign}
              <wbr />
            </>
          )}
        </>
      ))}
    </>
  )
}
