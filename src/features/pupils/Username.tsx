import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemNotice } from '../../api/ProblemNotice'
import type { Pupil } from '../../api/pupil-cache'
import { useAnnounce, useToast } from '../../ui/Announcer'
import { Button } from '../../ui/Button'
import { askForUsernames, tellOfCopy } from './queries'
import { expectUsernames, hideUsername, useRevealedUsername } from './revealed-usernames'

interface UsernameProps {
  pupil: Pupil
  /** Called when the button that had the focus is gone. */
  onFocusLost: () => void
}

/** A pupil's username: hidden until it is asked for, then shown for a short while with a way to copy it. */
export function Username({ pupil, onFocusLost }: UsernameProps) {
  const { t } = useTranslation('pupils')
  const { t: common } = useTranslation()
  const username = useRevealedUsername(pupil.id)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<{ error: unknown; again: () => void } | null>(null)
  const announce = useAnnounce()
  const toast = useToast()
  const label = (words: string) => common('forPupil', { label: words, name: pupil.name })

  async function attempt(work: () => Promise<void>) {
    setBusy(true)
    setFailure(null)
    try {
      await work()
    } catch (error) {
      setFailure({ error, again: () => void attempt(work) })
    } finally {
      setBusy(false)
    }
  }

  const reveal = () =>
    attempt(async () => {
      const show = expectUsernames()
      const shown = show(await askForUsernames([pupil.id]))
      if (shown > 0) announce(t('revealed', { name: pupil.name }))
    })

  const copy = (text: string) =>
    attempt(async () => {
      const copied = await copyOnceTold(text, tellOfCopy(pupil.id))
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
      {failure && (
        <ProblemNotice
          error={failure.error}
          onTryAgain={() => {
            failure.again()
            onFocusLost()
          }}
          onDismiss={() => {
            setFailure(null)
            onFocusLost()
          }}
        />
      )}
    </>
  )
}

/**
 * Copies a text once the API has been told. Safari allows writing only within the press itself, so the
 * clipboard is handed a promise where it takes one.
 * @returns whether the browser let us copy
 * @throws ApiError where the API could not be told; then nothing is copied
 */
async function copyOnceTold(text: string, told: Promise<void>): Promise<boolean> {
  const write =
    typeof ClipboardItem === 'undefined'
      ? told.then(() => navigator.clipboard.writeText(text))
      : navigator.clipboard.write([
          new ClipboardItem({ 'text/plain': told.then(() => new Blob([text], { type: 'text/plain' })) }),
        ])
  const copied = write.then(
    () => true,
    () => false,
  )
  await told
  return copied
}
