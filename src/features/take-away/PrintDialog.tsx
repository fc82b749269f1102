import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListedPupil, UsernameSlip } from '../../../server/take-away/schema'
import { newIdempotencyKey } from '../../api/client'
import { ProblemNotice } from '../../api/ProblemNotice'
import type { Pupil } from '../../api/pupil-cache'
import { useFormat } from '../../i18n/format'
import { useAnnounce } from '../../ui/Announcer'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { RadioGroup } from '../../ui/RadioGroup'
import { ClassLists } from './ClassLists'
import { Paper } from './Paper'
import { askForClassLists, askForSlips, type Taken } from './queries'
import { type PerSheet, Slips } from './Slips'
import '../../styles/paper.scss'

interface PrintDialogProps {
  pupils: readonly Pupil[]
  /** The class or group that these are; without it they are printed class by class. */
  title?: string | undefined
  onClose: () => void
}

/** What is about to be printed. Usernames live in here and nowhere else in the page, and go with it. */
type Printable = { kind: 'slips'; slips: UsernameSlip[] } | { kind: 'classList'; listed: ListedPupil[] }
type Kind = Printable['kind']

type Step =
  | { at: 'choice'; again?: true }
  | { at: 'question' }
  | { at: 'leftOut'; names: string[]; printable: Printable | null }
  | { at: 'printing'; printable: Printable }

/** Asks what to print and, before usernames are, once more; then prints. Needs `takeAwayTexts`. */
export function PrintDialog({ pupils, title, onClose }: PrintDialogProps) {
  const { t } = useTranslation('takeAway')
  const { t: common } = useTranslation()
  const format = useFormat()
  const announce = useAnnounce()
  const [kind, setKind] = useState<Kind>('classList')
  const [perSheet, setPerSheet] = useState<PerSheet>(8)
  const [step, setStep] = useState<Step>({ at: 'choice' })
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  // Pressed again after a lost answer, it is the same request, which the log has once.
  const [keys] = useState(() => ({ slips: newIdempotencyKey(), classList: newIdempotencyKey() }))

  async function fetchAndPrint() {
    setBusy(true)
    setError(null)
    try {
      if (kind === 'slips') {
        const taken = await askForSlips(pupils, keys.slips)
        goOnWith(taken, { kind, slips: taken.rows })
      } else {
        const taken = await askForClassLists(pupils, keys.classList)
        goOnWith(taken, { kind, listed: taken.rows })
      }
    } catch (cause) {
      setError(cause)
    } finally {
      setBusy(false)
    }
  }

  function goOnWith({ leftOut, rows }: Taken<unknown>, printable: Printable) {
    if (leftOut.length === 0) setStep({ at: 'printing', printable })
    else {
      const names = leftOut.map(({ name }) => name)
      setStep({ at: 'leftOut', names, printable: rows.length > 0 ? printable : null })
    }
  }

  const { heading, words, action } = partsOf()
  const isLastStep = step.at === 'printing'
  return (
    <>
      <Dialog
        open
        title={heading}
        onClose={onClose}
        actions={
          <>
            {action}
            {step.at === 'question' ? (
              <Button
                variant="secondary"
                onClick={() => {
                  setError(null)
                  setStep({ at: 'choice', again: true })
                }}
              >
                {t('back')}
              </Button>
            ) : (
              <Button variant="secondary" onClick={onClose}>
                {isLastStep ? common('close') : common('cancel')}
              </Button>
            )}
          </>
        }
      >
        {/* The dialog itself has put the focus where it begins. */}
        {step.at === 'choice' && !step.again ? words : <ReadFirst key={step.at}>{words}</ReadFirst>}
        {error !== null && <ProblemNotice error={error} />}
      </Dialog>
      {isLastStep && (
        <Paper onPrinted={() => finish(step.printable)}>
          {step.printable.kind === 'slips' ? (
            <Slips slips={step.printable.slips} perSheet={perSheet} title={title} />
          ) : (
            <ClassLists pupils={step.printable.listed} title={title} />
          )}
        </Paper>
      )}
    </>
  )

  function finish({ kind: printed }: Printable) {
    onClose()
    if (printed === 'slips') announce(t('gone'))
  }

  function partsOf(): { heading: string; words: ReactNode; action: ReactNode } {
    switch (step.at) {
      case 'choice':
        return {
          heading: t('title'),
          words: (
            <>
              <RadioGroup
                label={t('what')}
                choices={[
                  { value: 'classList', label: t('classList'), hint: t('classListHint') },
                  { value: 'slips', label: t('slips'), hint: t('slipsHint') },
                ]}
                value={kind}
                onChange={setKind}
              />
              {kind === 'slips' && (
                <RadioGroup
                  label={t('perSheet')}
                  choices={[
                    { value: '8', label: t('eight') },
                    { value: '1', label: t('one') },
                  ]}
                  value={perSheet === 8 ? '8' : '1'}
                  onChange={(value) => setPerSheet(value === '8' ? 8 : 1)}
                />
              )}
            </>
          ),
          action:
            kind === 'slips' ? (
              <Button key="next" variant="primary" onClick={() => setStep({ at: 'question' })}>
                {t('next')}
              </Button>
            ) : (
              <Button key="list" variant="primary" busy={busy} onClick={() => void fetchAndPrint()}>
                {t('print')}
              </Button>
            ),
        }
      case 'question':
        return {
          heading: t('questionTitle', { count: pupils.length }),
          words: (
            <ul>
              <li>{t('questionProjector')}</li>
              <li>{t('questionPrinter')}</li>
              <li>{t('questionPaper')}</li>
              <li>{t('questionLogged')}</li>
            </ul>
          ),
          action: (
            <Button key="slips" variant="primary" busy={busy} onClick={() => void fetchAndPrint()}>
              {t('printSlips')}
            </Button>
          ),
        }
      case 'leftOut': {
        const { names, printable } = step
        return {
          heading: t('leftOutTitle', { count: names.length }),
          words: (
            <>
              <p>{printable ? t('leftOutWhy') : t('leftOutNobody')}</p>
              <p>{format.list(names)}</p>
            </>
          ),
          action: printable && (
            <Button key="rest" variant="primary" onClick={() => setStep({ at: 'printing', printable })}>
              {t('printRest')}
            </Button>
          ),
        }
      }
      case 'printing':
        return {
          heading: t('printingTitle'),
          words: (
            <>
              <p>{t('printing')}</p>
              {step.printable.kind === 'slips' && <p>{t('printingUsernames')}</p>}
            </>
          ),
          action: null,
        }
    }
  }
}

/** The words of a dialog that has gone one step on: they take the focus, so that they are read before any button. */
function ReadFirst({ children }: { children: ReactNode }) {
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => element.current?.focus(), [])
  return (
    <div ref={element} tabIndex={-1}>
      {children}
    </div>
  )
}
