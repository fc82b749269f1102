import { type Counts, countKinds, type Summary } from './compare'
import type { Fault, Faults } from './faults'
import type { ImportResult, Progress } from './import'
import { leftOutReasons } from './roster'

/**
 * What an import says on the terminal: places in files and counts, never a name, a username or another value.
 */

/**
 * How the command ends: 0 all is well, 1 the export is wrong, 2 it was asked or set up wrongly, 3 somebody is to look,
 * 4 the database failed.
 */
export const exitCodes = { well: 0, faulty: 1, misused: 2, tooManyGone: 3, failed: 4 } as const

export function exitCodeOf({ outcome }: ImportResult): number {
  if (outcome === 'faulty') return exitCodes.faulty
  return outcome === 'tooManyGone' ? exitCodes.tooManyGone : exitCodes.well
}

/** The lines that tell what came of it. */
export function tellResult(result: ImportResult, dryRun: boolean): string[] {
  if (result.outcome === 'faulty') {
    return [...tellFaults(result.faults), '', 'Nothing was written: mend the export, and import it whole.']
  }
  const { summary, leftOut, usernamesMade } = result
  const lines = [...tellSummary(summary)]
  if (usernamesMade > 0) lines.push('', `${counted(usernamesMade)} without a username: one is made for each.`)
  const left = [...leftOut].map(([why, count]) => `  ${counted(count)}  ${leftOutReasons[why]}`)
  if (left.length > 0) lines.push('', 'Left out:', ...left.toSorted())
  return [...lines, '', tellOutcome(result.outcome, dryRun)]
}

function tellOutcome(outcome: Exclude<ImportResult['outcome'], 'faulty'>, dryRun: boolean): string {
  if (outcome === 'nothingToDo') return 'Nothing to do: everybody is here as in the export.'
  if (outcome === 'tooManyGone') {
    return (
      'Nothing was written: more than a third of the pupils would be gone, which is rarely meant. ' +
      'Is the export whole? If it is right, add --many-gone.'
    )
  }
  return dryRun ? 'A dry run: nothing was written.' : 'Done: all of it is written.'
}

const tellFaults = ({ told, count }: Faults): string[] => {
  const more = count - told.length
  return [
    `The export has ${counted(count)} ${count === 1 ? 'fault' : 'faults'}:`,
    ...told.map(tellFault),
    ...(more > 0 ? [`and ${counted(more)} more`] : []),
  ]
}

export const tellFault = ({ file, line, column, expected }: Fault): string =>
  [
    file,
    line === null ? '' : `, line ${line}`,
    column === null ? '' : `, column ${column}`,
    `: expected ${expected}`,
  ].join('')

const counted = (count: number) => count.toLocaleString('en-GB')

function tellSummary(summary: Summary): string[] {
  const shown = countKinds.filter((kind) => Object.values(summary).some((counts) => counts[kind] > 0))
  const row = (what: string, cells: readonly string[]) =>
    `${what.padEnd(9)}${cells.map((cell) => cell.padStart(11)).join('')}`
  const rowOf = (what: string, counts: Counts) =>
    row(
      what,
      shown.map((kind) => counted(counts[kind])),
    )
  return [row('', shown), ...Object.entries(summary).map(([what, counts]) => rowOf(what, counts))]
}

/** Where progress is shown. */
export interface Screen {
  /** Whether a line can be drawn over; a file or a pipe gets whole lines. */
  isTerminal: boolean
  write(text: string): void
}

const BAR = 24

/** A bar that fills where there is a terminal, else a line as each part begins. */
export function showProgress({ isTerminal, write }: Screen): Progress {
  let shown = ''
  let doing = ''
  return (now, share) => {
    if (!isTerminal) {
      if (now !== doing) write(`${now}\n`)
      doing = now
      return
    }
    const percent = Math.floor(share * 100)
    const filled = Math.round(share * BAR)
    const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)}`
    const line = `${now.padEnd(30)} ${bar} ${String(percent).padStart(3)} %`
    if (line === shown) return
    write(`${now !== doing && doing !== '' ? '\n' : ''}\r${line}`)
    if (share === 1) {
      write('\n')
      doing = ''
      shown = ''
    } else {
      doing = now
      shown = line
    }
  }
}
