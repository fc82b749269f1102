import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PictureId } from '../../../server/passwords/pictures'
import { Button } from '../../ui/Button'
import { Help } from '../Help'
import { PupilHeading } from '../PupilHeading'
import { PICTURES, passwordOf } from '../pictures/ids'
import { PicturePicker } from '../pictures/PicturePicker'

interface RememberPicturesProps {
  onSubmit: (password: string) => void
  onLookAgain: () => void
  busy: boolean
  problem: string | null
}

/** The four pictures from memory. */
export function RememberPictures({ onSubmit, onLookAgain, busy, problem }: RememberPicturesProps) {
  const { t } = useTranslation('pupilPages')
  const [chosen, setChosen] = useState<readonly PictureId[]>([])
  const [isTooFew, setTooFew] = useState(false)
  const missing = PICTURES - chosen.length

  function submit(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    setTooFew(missing > 0)
    if (missing === 0) onSubmit(passwordOf(chosen))
  }

  function change(next: readonly PictureId[]) {
    setChosen(next)
    setTooFew(false)
  }

  return (
    <form className="pupil-form pupil-pictures" onSubmit={submit} noValidate>
      <PupilHeading title={t('newPassword.rememberPicturesTitle')} focusKey="remember" />
      <p>{t('newPassword.rememberPictures')}</p>
      <PicturePicker
        chosen={chosen}
        onChange={change}
        problem={isTooFew ? t('pictures.missing', { count: missing }) : problem}
      >
        <Button type="submit" variant="primary" busy={busy}>
          {t('newPassword.done')}
        </Button>
      </PicturePicker>
      <Button className="pupil-look-again" icon="visibility" onClick={onLookAgain}>
        {t('newPassword.lookAgainPictures')}
      </Button>
      <Help>{t('wordsInstead')}</Help>
    </form>
  )
}
