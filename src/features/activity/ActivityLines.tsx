import { useTranslation } from 'react-i18next'
import { serverNow } from '../../api/server-clock'
import { dayOf, useDayWords } from '../../i18n/calendar'
import { useFormat } from '../../i18n/format'
import { Tag } from '../../ui/Tag'
import { useLineWords } from './line-words'
import type { Line } from './queries'

interface ActivityLinesProps {
  lines: readonly Line[]
  /** The reader's own log. */
  isOwn: boolean
  headingLevel: 2 | 3
}

/** The lines of a log, newest first, by day. */
export function ActivityLines({ lines, isOwn, headingLevel }: ActivityLinesProps) {
  const { t } = useTranslation('activity')
  const dayWords = useDayWords()
  const Heading = headingLevel === 2 ? 'h2' : 'h3'
  const now = serverNow()
  const today = dayOf(now)

  const days = new Map<string, Line[]>()
  for (const line of lines) {
    const day = dayOf(line.at)
    days.set(day, [...(days.get(day) ?? []), line])
  }
  const nameOf = (day: string, iso: string) => {
    if (day === today) return t('today')
    const words = dayWords(iso, now)
    return isDayBefore(day, today) ? t('yesterday', words) : t('day', words)
  }

  return [...days].map(([day, ofDay]) => (
    <section key={day} className="activity-day" aria-labelledby={`day-${day}`}>
      <Heading id={`day-${day}`}>{nameOf(day, ofDay[0]?.at ?? day)}</Heading>
      <ul className="activity-lines">
        {ofDay.map((line) => (
          <ActivityLine key={line.id} line={line} isOwn={isOwn} />
        ))}
      </ul>
    </section>
  ))
}

/** Both at noon in UTC, where every day has the same length. */
function isDayBefore(day: string, today: string): boolean {
  const noon = new Date(`${today}T12:00:00Z`)
  noon.setUTCDate(noon.getUTCDate() - 1)
  return noon.toISOString().startsWith(day)
}

/** Where a line can be found on the page, to go on reading there. */
export const lineElementId = (id: string) => `line-${id}`

function ActivityLine({ line, isOwn }: { line: Line; isOwn: boolean }) {
  const { t } = useTranslation('activity')
  const format = useFormat()
  const words = useLineWords(isOwn)
  const reason = words.reasonOf(line)
  const unnamed = line.pupilCount - line.pupils.length

  return (
    <li id={lineElementId(line.id)} className="activity-line" tabIndex={-1}>
      <time dateTime={line.at}>{format.time(line.at)}</time>
      <div className="activity-what">
        <div className="activity-sentence">
          <p>
            {words.sentence(line)}
            {line.outcome === 'refused' && (
              <>
                {' '}
                <Tag tone="warning">{t('refused')}</Tag>
              </>
            )}
          </p>
          <p className="reason">{words.source(line)}</p>
        </div>
        {words.imported(line).map((text) => (
          <p key={text} className="reason">
            {text}
          </p>
        ))}
        {reason !== null && <p className="reason">{t('because', { reason })}</p>}
        {line.pupilCount > 1 && (
          <details>
            <summary>{t('showPupils', { count: line.pupilCount })}</summary>
            <ul>
              {line.pupils.map((pupil, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: what has happened never changes, and some have no id
                <li key={place}>{words.pupil(pupil)}</li>
              ))}
              {unnamed > 0 && <li>{t('morePupils', { count: unnamed })}</li>}
            </ul>
          </details>
        )}
      </div>
    </li>
  )
}
