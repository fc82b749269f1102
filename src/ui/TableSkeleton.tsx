type TableSkeletonProps = { columns: number; rows: number; label: string }

/** The place of a `.data-table` that is on its way, as high as the table will be. */
export function TableSkeleton({ columns, rows, label }: TableSkeletonProps) {
  const cells = Array.from({ length: columns }, (_, column) => column)
  return (
    <div className="table-skeleton" role="status">
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: rows + 1 }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never move
        <div key={row} className="table-skeleton-row" aria-hidden="true">
          {cells.map((column) => (
            <span key={column} className="skeleton-line" />
          ))}
        </div>
      ))}
    </div>
  )
}
