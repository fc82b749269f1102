import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newIdempotencyKey } from '../../api/client'
import { ProblemNotice } from '../../api/ProblemNotice'
import type { Pupil } from '../../api/pupil-cache'
import { useToast } from '../../ui/Announcer'
import { Button } from '../../ui/Button'
import { askForFile } from './queries'

interface ExportButtonProps {
  /** In the order in which they are to stand in the file. */
  pupils: readonly Pupil[]
  /** Without its ending; it names no pupil. */
  fileName: string
}

/** Downloads the pupils of a list as a file for a spreadsheet, in the language of the page. Needs `takeAwayTexts`. */
export function ExportButton({ pupils, fileName }: ExportButtonProps) {
  const { t } = useTranslation('takeAway', { keyPrefix: 'export' })
  const words = useExportWords()
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const button = useRef<HTMLButtonElement>(null)

  async function download() {
    setBusy(true)
    setError(null)
    try {
      const { rows, leftOut } = await askForFile(pupils, words, newIdempotencyKey())
      save(new Blob(rows, { type: 'text/csv;charset=utf-8' }), `${fileName}.csv`)
      toast(
        leftOut.length > 0
          ? t('doneWithout', { count: leftOut.length })
          : t('done', { count: pupils.length }),
      )
    } catch (cause) {
      setError(cause)
    } finally {
      setBusy(false)
    }
  }

  return (
    <>
      <Button
        ref={button}
        variant="tertiary"
        busy={busy}
        aria-disabled={pupils.length === 0}
        onClick={() => void download()}
      >
        {t('label')}
      </Button>
      {error !== null && (
        <ProblemNotice
          error={error}
          onTryAgain={() => {
            button.current?.focus()
            void download()
          }}
          onDismiss={() => {
            setError(null)
            button.current?.focus()
          }}
        />
      )}
    </>
  )
}

function useExportWords() {
  const { t } = useTranslation('takeAway', { keyPrefix: 'export' })
  const { t: pupils } = useTranslation('pupils')
  return {
    columns: {
      name: t('columns.name'),
      className: t('columns.className'),
      year: t('columns.year'),
      policy: t('columns.policy'),
      policyOverridden: t('columns.policyOverridden'),
      changeBy: t('columns.changeBy'),
      status: t('columns.status'),
    },
    policies: {
      indskoling: pupils('indskoling'),
      mellemtrin: pupils('mellemtrin'),
      udskoling: pupils('udskoling'),
    },
    statuses: {
      waiting: t('statuses.waiting'),
      inWindow: t('statuses.inWindow'),
      steppedUp: t('statuses.steppedUp'),
      mustChange: t('statuses.mustChange'),
      neverSignedIn: t('statuses.neverSignedIn'),
      blocked: t('statuses.blocked'),
      localLogin: t('statuses.localLogin'),
    },
    yes: t('yes'),
    no: t('no'),
  }
}

/** Hands a file to the browser's downloads; nothing of it stays with the page. */
function save(file: Blob, name: string) {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The click has taken hold of the file; the address is needed no more once its task is over.
  setTimeout(() => URL.revokeObjectURL(url))
}
