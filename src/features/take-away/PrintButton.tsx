import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../../api/errors'
import { ProblemNotice } from '../../api/ProblemNotice'
import type { Pupil } from '../../api/pupil-cache'
import { alsoLoad } from '../../i18n/start'
import { Button } from '../../ui/Button'
import type { PrintDialog } from './PrintDialog'

interface PrintButtonProps {
  pupils: readonly Pupil[]
  /** The class or group that these are; without it they are printed class by class. */
  title?: string
}

/** "Udskriv": class lists or slips with usernames. All but this button is fetched when it is pressed. */
export function PrintButton({ pupils, title }: PrintButtonProps) {
  const { t } = useTranslation('pupils')
  const [opened, setOpened] = useState<{ Dialog: typeof PrintDialog } | null>(null)
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState(false)
  const button = useRef<HTMLButtonElement>(null)

  async function open() {
    setBusy(true)
    setFailed(false)
    try {
      const [{ PrintDialog }, { takeAwayTexts }] = await Promise.all([
        import('./PrintDialog'),
        import('../../i18n/take-away-texts'),
      ])
      await alsoLoad(takeAwayTexts)
      setOpened({ Dialog: PrintDialog })
    } catch {
      setFailed(true)
    } finally {
      setBusy(false)
    }
  }

  return (
    <>
      <Button ref={button} variant="tertiary" icon="print" busy={busy} onClick={() => void open()}>
        {t('print')}
      </Button>
      {opened && <opened.Dialog pupils={pupils} title={title} onClose={() => setOpened(null)} />}
      {failed && (
        <ProblemNotice
          error={new ApiError('no-connection')}
          onTryAgain={() => {
            // The notice goes, and the focus with it unless it is put where the dialog will find it.
            button.current?.focus()
            void open()
          }}
        />
      )}
    </>
  )
}
