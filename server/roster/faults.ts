/** What is wrong in an export: where, and what was expected. It never quotes a value: that might be somebody's name. */
export interface Fault {
  file: string
  /** The first line is 1; null for the file as a whole. */
  line: number | null
  column: string | null
  expected: string
}

/** How many faults are told one by one: more than anybody mends before looking again. */
export const FAULTS_TOLD = 50

/** Collects faults up to a bound, and counts the rest. */
export interface Faults {
  add(file: string, line: number | null, column: string | null, expected: string): void
  readonly told: readonly Fault[]
  readonly count: number
}

export function collectFaults(): Faults {
  const told: Fault[] = []
  let count = 0
  return {
    add(file, line, column, expected) {
      count += 1
      if (told.length < FAULTS_TOLD) told.push({ file, line, column, expected })
    },
    get told() {
      return told
    },
    get count() {
      return count
    },
  }
}
