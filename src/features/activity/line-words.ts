import { useTranslation } from 'react-i18next'
import type { ActivityTexts } from '../../i18n/activity-texts'
import { useFormat } from '../../i18n/format'
import type { Line } from './queries'

type ReasonCode = keyof ActivityTexts['activity']['reasons']

/** The demo's own source, which is no address. */
const PAGE = 'page'

/**
 * A line of the log as a plain sentence.
 * @param isOwn the reader's own log, in which the reader is "you"
 */
export function useLineWords(isOwn: boolean) {
  const { t, i18n } = useTranslation('activity')
  const format = useFormat()
  const isReason = (code: string): code is ReasonCode => i18n.exists(`activity:reasons.${code}`)
  const reason = (code: string) => (isReason(code) ? t(`reasons.${code}`) : t('otherReason'))

  function who({ kind, name, asAdministrator }: Line['actor']): string {
    if (kind === 'nobody') return t('nobody')
    if (kind === 'import') return t('import')
    if (kind === 'pupil') return name ?? t('somePupilFirst')
    if (isOwn) return t('you')
    const shown = name ?? t('someStaff')
    return asAdministrator ? t('asAdministrator', { name: shown }) : shown
  }

  function whom({ pupilCount, pupils }: Line): string {
    const [first] = pupils
    if (!first) return t('pupils')
    return pupilCount === 1 ? (first.name ?? t('somePupil')) : t('pupilCount', { count: pupilCount })
  }

  return {
    sentence(line: Line): string {
      const words = { who: who(line.actor), whom: whom(line), count: line.pupilCount }
      return line.outcome === 'done' ? t(`done.${line.action}`, words) : t(`tried.${line.action}`, words)
    },
    /** Why the one thing that the line tells was refused; with many pupils each has an own reason. */
    reasonOf({ reason: ofAll, pupilCount, pupils }: Line): string | null {
      const code = ofAll ?? (pupilCount === 1 ? pupils[0]?.reason : null)
      return code ? reason(code) : null
    },
    pupil: ({ name, reason: code }: Line['pupils'][number]): string => {
      const shown = name ?? t('somePupilFirst')
      return code === null ? shown : t('pupilWithReason', { name: shown, reason: reason(code) })
    },
    /** What an import has changed, a line for pupils, staff and classes each. */
    imported: ({ counts }: Line): string[] =>
      [...new Set(counts.map((each) => each.of))].map((of) => {
        const parts = counts
          .filter((each) => each.of === of)
          .map(({ change, count }) =>
            t('imported.count', { number: format.number(count), change: t(`imported.changes.${change}`) }),
          )
        return t('imported.line', { of: t(`imported.of.${of}`), counts: format.list(parts) })
      }),
    source: ({ source }: Line) => (source === PAGE ? t('sourcePage') : t('source', { source })),
  }
}
