import type { PupilAnswer } from '../pupils/schema'
import { danishDayOf } from '../time'
import {
  type ExportedColumn,
  type ExportedStatus,
  type ExportWords,
  exportedColumns,
  exportedStatuses,
} from './schema'

const holds: Record<ExportedStatus, (status: PupilAnswer['status']) => boolean> = {
  waiting: ({ stepUpRequest }) => stepUpRequest !== null,
  inWindow: ({ resetWindow }) => resetWindow?.state === 'open',
  steppedUp: ({ stepUp }) => stepUp !== null,
  mustChange: ({ mustChange }) => mustChange !== null,
  neverSignedIn: ({ neverSignedIn }) => neverSignedIn,
  blocked: ({ block }) => block !== null,
  localLogin: ({ localLogin }) => localLogin,
}

type Cell = (pupil: PupilAnswer, words: ExportWords) => string

const cells: Record<ExportedColumn, Cell> = {
  name: ({ name }) => name,
  className: ({ homeClass }) => homeClass?.name ?? '',
  year: ({ year }) => String(year),
  policy: ({ policy }, words) => words.policies[policy],
  policyOverridden: ({ policyOverridden }, words) => (policyOverridden ? words.yes : words.no),
  changeBy: ({ changeBy }) => (changeBy === null ? '' : danishDayOf(changeBy)),
  status: ({ status }, words) =>
    exportedStatuses
      .filter((each) => holds[each](status))
      .map((each) => words.statuses[each])
      .join(', '),
}

/** The names of the columns. */
export const headerOf = (words: ExportWords): string[] =>
  exportedColumns.map((column) => words.columns[column])

/** The pupils' rows. They hold what the list shows: no username, and of a protected pupil the alias. */
export const rowsOf = (pupils: readonly PupilAnswer[], words: ExportWords): string[][] =>
  pupils.map((pupil) => exportedColumns.map((column) => cells[column](pupil, words)))
