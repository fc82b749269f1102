/** Grey lines where text will be. Invisible for the first moment, so that a fast answer does not flash. */
export function Skeleton({ lines = 3, label }: { lines?: number | undefined; label: string }) {
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are alike and never move
        <span key={line} className="skeleton-line" aria-hidden="true" />
      ))}
    </div>
  )
}
