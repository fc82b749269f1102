import da from '../../locales/da/activity.json'
import en from '../../locales/en/activity.json'
import { asDanishDateAndTime } from '../time'
import type { ActivityEntry } from './entry'
import type { Names } from './lines'

/** The words of a file, which is read outside the page and so is written here in the page's language. */
const words = { da, en } satisfies Record<string, typeof da>
export type FileLanguage = keyof typeof words

const wordFor = (all: Readonly<Record<string, string>>, code: string): string => all[code] ?? code

/** The log as a table: one row for each entry, below the headings. */
export function tableOf(entries: readonly ActivityEntry[], names: Names, language: FileLanguage): string[][] {
  const { file, reasons, somePupil, nobody, import: byImport, imported } = words[language]
  const { columns, roles, outcomes, actions } = file
  const actorOf = ({ actorId, actorRole }: ActivityEntry) => {
    if (actorRole === 'import') return byImport
    if (actorId === null || actorRole === null) return nobody
    return (actorRole === 'pupil' ? names.pupil(actorId) : names.staff(actorId)) ?? somePupil
  }
  const actionOf = ({ action, counts = [] }: ActivityEntry) =>
    [
      actions[action],
      ...counts.map(({ of, change, count }) => `${imported.of[of]}: ${count} ${imported.changes[change]}`),
    ].join('; ')
  const pupilOf = ({ pupilId }: ActivityEntry) =>
    pupilId === null ? '' : (names.pupil(pupilId) ?? somePupil)

  return [
    [
      columns.date,
      columns.time,
      columns.who,
      columns.role,
      columns.action,
      columns.pupil,
      columns.outcome,
      columns.reason,
      columns.source,
      columns.requestId,
    ],
    ...entries.map((entry) => {
      const { date, time } = asDanishDateAndTime(entry.at)
      return [
        date,
        time,
        actorOf(entry),
        entry.actorRole === null ? '' : roles[entry.actorRole],
        actionOf(entry),
        pupilOf(entry),
        outcomes[entry.outcome],
        entry.reason === null ? '' : wordFor(reasons, entry.reason),
        entry.source,
        entry.requestId,
      ]
    }),
  ]
}
