import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemNotice } from '../../api/ProblemNotice'
import type { Pupil } from '../../api/pupil-cache'
import { askForUsernames } from '../../features/pupils/queries'
import { expectUsernames, hideAllUsernames, useAllRevealed } from '../../features/pupils/revealed-usernames'
import { useAnnounce } from '../../ui/Announcer'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'

/** Shows the usernames of a whole class after asking once, as a projector may be on. */
export function RevealAll({ pupils }: { pupils: readonly Pupil[] }) {
  const { t } = useTranslation('pupils')
  const { t: common } = useTranslation()
  const ids = pupils.map((pupil) => pupil.id)
  const allShown = useAllRevealed(ids)
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const announce = useAnnounce()
  const count = pupils.length

  async function reveal() {
    setBusy(true)
    setError(null)
    try {
      const show = expectUsernames()
      // Somebody may have left the class since the page was drawn.
      const shown = show(await askForUsernames(ids))
      setAsking(false)
      if (shown > 0) announce(t('revealedAll', { count: shown }))
    } catch (cause) {
      setError(cause)
    } finally {
      setBusy(false)
    }
  }

  return (
    <>
      <Button
        variant="tertiary"
        icon={allShown ? undefined : 'visibility'}
        onClick={() => {
          if (allShown) hideAllUsernames()
          else {
            setError(null)
            setAsking(true)
          }
        }}
      >
        {allShown ? t('hideAll') : t('revealAll')}
      </Button>
      <Dialog
        open={asking}
        title={t('revealAllTitle')}
        onClose={() => setAsking(false)}
        actions={
          <>
            <Button variant="primary" busy={busy} onClick={() => void reveal()}>
              {t('revealAll')}
            </Button>
            <Button variant="secondary" onClick={() => setAsking(false)}>
              {common('cancel')}
            </Button>
          </>
        }
      >
        <p>{t('revealAllText', { count })}</p>
        {error !== null && <ProblemNotice error={error} />}
      </Dialog>
    </>
  )
}
