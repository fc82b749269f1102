import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useFormat } from '../i18n/format'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { Notice } from '../ui/Notice'
import { addressOf, services } from './addresses'
import { NewPasswordPage } from './new-password/NewPasswordPage'
import { ProblemLine } from './ProblemLine'
import { PupilHeading } from './PupilHeading'
import { type PupilSignedIn, useOpenService } from './queries'
import { ServicePicture } from './service/ServicePicture'
import { useErrorWords } from './words'

/** Where a pupil goes from here: the demo's services. */
export function StartPage({ session, username }: { session: PupilSignedIn; username: string }) {
  const { t } = useTranslation('pupilPages')
  const format = useFormat()
  const navigate = useNavigate()
  const openService = useOpenService()
  const words = useErrorWords()
  const [isChanging, setChanging] = useState(false)
  const { name, mustChange, levelEndsAt } = session

  if (isChanging) {
    return (
      <>
        <p>
          <Button variant="tertiary" icon="arrow-back" onClick={() => setChanging(false)}>
            {t('back')}
          </Button>
        </p>
        <NewPasswordPage session={session} username={username} onDone={() => setChanging(false)} />
      </>
    )
  }
  return (
    <div className="pupil-start">
      <PupilHeading title={t('start.title', { name: firstName(name) })} focusKey="start" />
      {levelEndsAt && (
        <p className="pupil-level">
          <Icon name="check-circle" />
          {t('start.until', { time: format.time(levelEndsAt) })}
        </p>
      )}
      {mustChange && (
        <Notice kind="info">
          <p>{t('mustChange.reminder', { date: format.date(mustChange.by) })}</p>
          <Button onClick={() => setChanging(true)}>{t('mustChange.now')}</Button>
        </Notice>
      )}
      <h2>{t('start.choose')}</h2>
      <ul className="service-cards">
        {services.map((service) => (
          <li key={service}>
            <Button
              className="service-card"
              busy={openService.isPending && openService.variables === service}
              onClick={() => openService.mutate(service, { onSuccess: () => navigate(addressOf(service)) })}
            >
              <ServicePicture service={service} />
              {t(`services.${service}`)}
            </Button>
          </li>
        ))}
      </ul>
      <ProblemLine>{words(openService.error)}</ProblemLine>
    </div>
  )
}

/** As one speaks to a child; an alias such as `Elev 31` is kept whole. */
const firstName = (name: string) => (/\d/.test(name) ? name : (name.split(' ')[0] ?? name))
