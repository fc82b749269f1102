import { useTranslation } from 'react-i18next'
import type { Pupil } from '../../api/pupil-cache'
import { useSecondsUntil } from '../../api/server-clock'
import { asHoursAndMinutes, useFormat } from '../../i18n/format'
import { paths } from '../../paths'
import { Explained } from '../../ui/Explained'
import { Tag } from '../../ui/Tag'

const SECONDS_IN_A_MINUTE = 60
const MINUTES_IN_AN_HOUR = 60

/** Whether the pupil waits for approval, or how long the higher level still holds. */
export function StepUpStatus({ pupil }: { pupil: Pupil }) {
  const { t } = useTranslation('stepUp')
  const format = useFormat()
  const { stepUp, stepUpRequest } = pupil.status
  return (
    <>
      {stepUpRequest && (
        <Explained by={paths.help.to('godkend-en-elev')}>
          <Tag tone="warning">{t('waiting')}</Tag>
        </Explained>
      )}
      {stepUp && (
        <span>
          <Explained by={paths.help.to('to-faktor-adgang')}>
            <Tag tone="success">{t('until', { time: format.time(stepUp.endsAt) })}</Tag>
          </Explained>{' '}
          <Remaining until={stepUp.endsAt} />
        </span>
      )}
    </>
  )
}

/** Hours and minutes, and minutes alone in the last hour. */
function Remaining({ until }: { until: string }) {
  const { t } = useTranslation('stepUp')
  const seconds = useSecondsUntil(until)
  const minutes = Math.ceil(seconds / SECONDS_IN_A_MINUTE)
  return (
    <span className="countdown">
      {minutes > MINUTES_IN_AN_HOUR
        ? t('hoursLeft', { time: asHoursAndMinutes(seconds) })
        : t('minutesLeft', { count: minutes })}
    </span>
  )
}
