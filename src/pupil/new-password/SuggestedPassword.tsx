import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isApiError } from '../../api/errors'
import { Button } from '../../ui/Button'
import { Notice } from '../../ui/Notice'
import { Skeleton } from '../../ui/Skeleton'
import { Help } from '../Help'
import { PupilHeading } from '../PupilHeading'
import { PictureRow } from '../pictures/PictureRow'
import { useSuggestion } from '../queries'
import { useErrorWords } from '../words'
import type { WayProps } from './NewPasswordPage'
import { RememberPictures } from './RememberPictures'
import { RememberText } from './RememberText'

/** A password that Unilogin assigns: seen, hidden, and given from memory; where that fails, seen again. */
export function SuggestedPassword({ username, onSet, busy, error, onOtherWay }: WayProps) {
  const { t } = useTranslation('pupilPages')
  const suggestion = useSuggestion()
  const { mutate: suggest, data } = suggestion
  const words = useErrorWords()
  const [isHidden, setHidden] = useState(false)
  const [looks, setLooks] = useState(1)
  const isRefused = isApiError(error) && error.type === 'password-refused'

  useEffect(() => suggest(), [suggest])

  function lookAgain() {
    setHidden(false)
    setLooks((before) => before + 1)
  }

  /** What was not remembered is shown again; after a lost connection the page stays as it is. */
  async function set(password: string) {
    await onSet(password)
  }
  // The refusal leads back to another look: React's own way of following what has changed.
  const [refusal, setRefusal] = useState<unknown>(null)
  if (isRefused && error !== refusal) {
    setRefusal(error)
    lookAgain()
  }

  if (suggestion.error) {
    return (
      <Notice kind="error" live="assertive">
        <p>{words(suggestion.error)}</p>
        <Button busy={suggestion.isPending} onClick={() => suggest()}>
          {t('tryAgain')}
        </Button>
      </Notice>
    )
  }
  if (!data) return <Skeleton lines={4} label={t('newPassword.loading')} />

  const isPictures = data.kind === 'pictures'
  if (isHidden) {
    const shared = { onSubmit: set, onLookAgain: lookAgain, busy, problem: isRefused ? null : words(error) }
    return isPictures ? <RememberPictures {...shared} /> : <RememberText {...shared} username={username} />
  }
  return (
    <div className={isPictures ? 'pupil-form pupil-pictures' : 'pupil-form sign-in'}>
      <PupilHeading
        title={isPictures ? t('newPassword.picturesTitle') : t('newPassword.title')}
        focusKey={`look ${looks}`}
      />
      {isRefused && (
        <Notice kind="info" live="assertive">
          <p>{t('newPassword.wrong')}</p>
        </Notice>
      )}
      <p>{isPictures ? t('newPassword.lookPictures') : t('newPassword.look')}</p>
      {isPictures ? (
        <PictureRow pictures={data.pictures} named />
      ) : (
        <p className="pupil-password">{data.text}</p>
      )}
      <div className="pupil-actions">
        <Button variant="primary" onClick={() => setHidden(true)}>
          {isPictures ? t('newPassword.rememberedPictures') : t('newPassword.remembered')}
        </Button>
        {!isPictures && (
          <Button busy={suggestion.isPending} onClick={() => suggest()}>
            {t('newPassword.another')}
          </Button>
        )}
        {onOtherWay && (
          <Button variant="tertiary" onClick={onOtherWay}>
            {t('newPassword.own')}
          </Button>
        )}
      </div>
      {isPictures && <Help>{t('wordsInstead')}</Help>}
    </div>
  )
}
