import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button'
import { Notice } from '../../ui/Notice'
import { Skeleton } from '../../ui/Skeleton'
import { Help } from '../Help'
import { ProblemPage } from '../ProblemPage'
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
  const [isForgotten, setForgotten] = useState(false)

  useEffect(() => suggest(), [suggest])

  function lookAgain() {
    setHidden(false)
    setLooks((before) => before + 1)
  }

  async function set(password: string) {
    const refused = await onSet(password)
    if (refused.length === 0) return
    // Another reason than memory: the policy has changed meanwhile, and with it what is to be remembered.
    if (!refused.includes('not_remembered')) suggest()
    setForgotten(true)
    lookAgain()
  }

  function another() {
    setForgotten(false)
    suggest()
  }

  if (suggestion.error) {
    return <ProblemPage error={suggestion.error} busy={suggestion.isPending} onTryAgain={() => suggest()} />
  }
  if (!data) return <Skeleton lines={4} label={t('newPassword.loading')} />

  const isPictures = data.kind === 'pictures'
  if (isHidden) {
    const shared = {
      onSubmit: (password: string) => void set(password),
      onLookAgain: lookAgain,
      busy,
      problem: words(error),
    }
    return isPictures ? <RememberPictures {...shared} /> : <RememberText {...shared} username={username} />
  }
  return (
    <div className={isPictures ? 'pupil-form pupil-pictures' : 'pupil-form sign-in'}>
      <PupilHeading
        title={isPictures ? t('newPassword.picturesTitle') : t('newPassword.title')}
        focusKey={`look ${looks}`}
      />
      {isForgotten && (
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
        {!isPictures && <Button onClick={another}>{t('newPassword.another')}</Button>}
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
