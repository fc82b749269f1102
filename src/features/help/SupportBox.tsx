import '../../styles/help.scss'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../api/server-clock'
import { useDayWords } from '../../i18n/calendar'
import { Tag } from '../../ui/Tag'
import { openingState } from './opening-hours'
import { type SupportSettings, settings, type TimeOfDay } from './settings'

/** How often it is looked whether the desk has opened or closed. */
const LOOK_EVERY_MS = 30_000

function useNow(): number {
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  return now
}

/** A time of day as it is said: `8` or `8.30`, in English `8:00`. */
function useTimeWords() {
  const { i18n } = useTranslation()
  return ({ hour, minute }: TimeOfDay) => {
    const minutes = String(minute).padStart(2, '0')
    if (i18n.language === 'en') return `${hour}:${minutes}`
    return minute === 0 ? String(hour) : `${hour}.${minutes}`
  }
}

/** Who answers the telephone, whether they do so now, and what to have ready. */
export function SupportBox({ support = settings.support }: { support?: SupportSettings }) {
  const { t } = useTranslation('help')
  return (
    <section className="help-support" aria-labelledby="support-title">
      <h2 id="support-title">{t('support.title')}</h2>
      <p>{t('support.lead')}</p>
      <p className="help-phone">
        {t('support.phone')} <a href={`tel:+45${support.phone.replace(/\D/g, '')}`}>{support.phone}</a>
      </p>
      <OpenNow support={support} />
      <Week support={support} />
      <p className="reason">{t('support.holidays')}</p>
      <h3>{t('support.before')}</h3>
      <ul>
        <li>{t('support.ready.school')}</li>
        <li>{t('support.ready.what')}</li>
        <li>{t('support.ready.number')}</li>
      </ul>
      <p>{t('support.neverPassword')}</p>
      {support.writeTo && (
        <p>
          <a href={support.writeTo}>{t('support.write')}</a>
        </p>
      )}
      {support.operatingStatus && (
        <p>
          <a href={support.operatingStatus}>{t('support.status')}</a>
        </p>
      )}
    </section>
  )
}

/** As long as the name of the day alone says which one is meant. */
const WITHIN_A_WEEK = 6

function OpenNow({ support }: { support: SupportSettings }) {
  const { t } = useTranslation('help')
  const now = useNow()
  const timeWords = useTimeWords()
  const dayWords = useDayWords()
  const state = openingState(now, support)
  if (state?.open) {
    return <Tag tone="success">{t('support.open', { until: timeWords(state.until) })}</Tag>
  }
  if (!state) return <Tag tone="neutral">{t('support.closed')}</Tag>
  const { daysAhead, noon } = state.opens
  const at = timeWords(state.opens.at)
  const day = { ...dayWords(noon, now), at }
  return (
    <Tag tone="neutral">
      {daysAhead === 0
        ? t('support.opensToday', { at })
        : daysAhead === 1
          ? t('support.opensTomorrow', { at })
          : daysAhead <= WITHIN_A_WEEK
            ? t('support.opensOn', day)
            : t('support.opensLater', day)}
    </Tag>
  )
}

/** From Monday on, as a Danish week is. */
const WEEK = [1, 2, 3, 4, 5, 6, 0] as const

/** A Sunday: any will do, as only the names of its week's days are wanted. */
const ANY_SUNDAY = { year: 2026, month: 10, day: 15 }
const noonOf = (weekday: number) =>
  new Date(Date.UTC(ANY_SUNDAY.year, ANY_SUNDAY.month, ANY_SUNDAY.day + weekday, 12)).toISOString()

function Week({ support: { week } }: { support: SupportSettings }) {
  const { t } = useTranslation('help')
  const timeWords = useTimeWords()
  const dayWords = useDayWords()
  const lines: { from: number; to: number; span: string }[] = []
  for (const weekday of WEEK) {
    const hours = week[weekday]
    if (!hours) continue
    const span = t('support.span', { opens: timeWords(hours.opens), closes: timeWords(hours.closes) })
    const last = lines.at(-1)
    if (last && last.span === span && last.to === weekday - 1) last.to = weekday
    else lines.push({ from: weekday, to: weekday, span })
  }
  const nameOf = (weekday: number) => dayWords(noonOf(weekday), 0).weekday
  return (
    <dl className="help-hours" aria-label={t('support.hours')}>
      {lines.map(({ from, to, span }) => (
        <div key={from}>
          <dt>{from === to ? nameOf(from) : `${nameOf(from)}–${nameOf(to)}`}</dt>
          <dd>{span}</dd>
        </div>
      ))}
    </dl>
  )
}
