import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemNotice } from '../../api/ProblemNotice'
import type { Pupil } from '../../api/pupil-cache'
import { useAnnounce, useToast } from '../../ui/Announcer'
import { Button } from '../../ui/Button'
import { askForUsernames, tellOfCopy } from './queries'
import { hideUsername, showUsernames, useRevealedUsername } from './revealed-usernames'

/** A pupil's username: hidden until it is asked for, then shown for a short while with a way to copy it. */
export function Username({ pupil }: { pupil: Pupil }) {
  const { t } = useTranslation('pupils')
  const { t: common } = useTranslation()
  const username = useRevealedUsername(pupil.id)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const announce = useAnnounce()
  const toast = useToast()
  const label = (words: string) => common('forPupil', { label: words, name: pupil.name })

  async function attempt(work: () => Promise<void>) {
    setBusy(true)
    setError(null)
    try {
      await work()
    } catch (cause) {
      setError(cause)
    } finally {
      setBusy(false)
    }
  }

  const reveal = () =>
    attempt(async () => {
      showUsernames(await askForUsernames([pupil.id]))
      announce(t('revealed', { name: pupil.name }))
    })

  const copy = (text: string) =>
    attempt(async () => {
      await tellOfCopy(pupil.id)
      const copied = await navigator.clipboard.writeText(text).then(
        () => true,
        () => false,
      )
      toast(copied ? t('copied', { name: pupil.name }) : t('copyFailed'))
    })

  const words = username === undefined ? t('revealUsername') : t('hideUsername')
  return (
    <>
      {username !== undefined && <span className="username">{username}</span>}
      <span className="username-buttons">
        {/* One button that changes, so that the focus stays on it. */}
        <Button
          variant="tertiary"
          className={username === undefined ? undefined : 'button-link'}
          busy={busy}
          icon={username === undefined ? 'visibility' : undefined}
          aria-label={label(words)}
          onClick={() => (username === undefined ? void reveal() : hideUsername(pupil.id))}
        >
          {words}
        </Button>
        {username !== undefined && (
          <Button
            variant="tertiary"
            className="button-link"
            aria-label={label(t('copyUsername'))}
            onClick={() => void copy(username)}
          >
            {t('copyUsername')}
          </Button>
        )}
      </span>
      {error !== null && (
        <ProblemNotice error={error} onTryAgain={() => void reveal()} onDismiss={() => setError(null)} />
      )}
    </>
  )
}
