import { useTranslation } from 'react-i18next'
import type { Pupil } from '../../api/pupil-cache'
import { useSecondsUntil } from '../../api/server-clock'
import { asMinutesAndSeconds, useFormat } from '../../i18n/format'
import { paths } from '../../paths'
import { Explained } from '../../ui/Explained'
import { Tag } from '../../ui/Tag'

interface ResetStatusProps {
  pupil: Pupil
  /** Without what it means. */
  short?: boolean
}

/** How the pupil's latest "giv ny adgangskode" stands: time left, under way, used, or run out. */
export function ResetStatus({ pupil, short = false }: ResetStatusProps) {
  const { t } = useTranslation('passwordReset')
  const format = useFormat()
  const window = pupil.status.resetWindow
  switch (window?.state) {
    case undefined:
      return null
    case 'open':
      return (
        <>
          <Explained by={paths.help.to('giv-ny-adgangskode')}>
            <Tag tone="strong">
              {window.takenAt ? (
                t('taken')
              ) : (
                <>
                  {t('timeLeft')} <Countdown until={window.closesAt} />
                </>
              )}
            </Tag>
          </Explained>
          {!short && (
            <p className="reason">
              {window.takenAt
                ? t('takenWhat', { time: format.time(window.takenAt) })
                : t(`openWhat.${pupil.policy}`)}
            </p>
          )}
        </>
      )
    case 'used':
      return <Tag tone="success">{t('used', { time: format.time(window.at) })}</Tag>
    case 'expired':
      return (
        <>
          <Explained by={paths.help.to('tiden-loeb-ud')}>
            <Tag tone="warning">{t('expired', { time: format.time(window.at) })}</Tag>
          </Explained>
          {!short && <p className="reason">{t('expiredWhat')}</p>}
        </>
      )
  }
}

function Countdown({ until }: { until: string }) {
  return <span className="countdown">{asMinutesAndSeconds(useSecondsUntil(until))}</span>
}
