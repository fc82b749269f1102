import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BlockReason, listedBlockReasons } from '../../../server/people'
import { GuardedDialog } from '../../api/GuardedDialog'
import { type Answered, useGuardedDeed } from '../../api/guarded-deed'
import { ProblemNotice } from '../../api/ProblemNotice'
import type { DeedFor, DeedOutcome } from '../../api/pupil-actions'
import type { Pupil } from '../../api/pupil-cache'
import { serverNow } from '../../api/server-clock'
import { danishDay, endOfDanishDay } from '../../i18n/danish-day'
import { paths } from '../../paths'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { HelpLink } from '../../ui/HelpLink'
import { RadioGroup } from '../../ui/RadioGroup'
import { TextArea } from '../../ui/TextArea'
import { TextField } from '../../ui/TextField'
import { Concerned } from './Concerned'
import { block } from './queries'

const reasons = [
  'passwordKnown',
  'misuse',
  'underInquiry',
  'leave',
] as const satisfies typeof listedBlockReasons

/** As long as the API keeps. */
const WORDS_MAX = 200

interface BlockDialogProps {
  pupils: readonly Pupil[]
  /** Carries it out for these pupils; the dialog waits and tells what went wrong. */
  onSend: (deedFor: DeedFor, pupils: readonly Pupil[]) => Promise<DeedOutcome>
  /** What asks for a new second factor, where the API wants one first. */
  secondFactor: (onGiven: () => void) => ReactNode
  /** The page tells how it ended, and closes the dialog. */
  onAnswered: (answered: Answered) => void
  onClose: () => void
}

/** What the form lacks, by the field it is about. */
type Fault = 'reasonMissing' | 'ownWordsMissing' | 'untilMalformed'

/** "Spær adgang" for one or many: what it does and what not, why, and until when. */
export function BlockDialog({ pupils, onSend, secondFactor, onAnswered, onClose }: BlockDialogProps) {
  const { t } = useTranslation('block')
  const { t: common } = useTranslation()
  const { t: pupilWords } = useTranslation('pupils')
  const formId = useId()
  const [reason, setReason] = useState<BlockReason['code'] | null>(null)
  const [words, setWords] = useState('')
  const [fault, setFault] = useState<Fault | null>(null)
  const [today] = useState(() => danishDay(serverNow()))
  const untilField = useRef<HTMLInputElement>(null)
  const wordsField = useRef<HTMLTextAreaElement>(null)
  const [until, setUntil] = useState('')
  const guarded = useGuardedDeed(onAnswered)
  const { stage, error, start } = guarded
  const [first] = pupils
  const count = pupils.length
  const title = count === 1 && first ? t('titleOne', { name: first.name }) : t('titleMany', { count })
  const isNobody = pupils.every(({ status }) => status.block !== null)

  const [code] = error?.codes ?? []
  const wordsError =
    fault === 'ownWordsMissing'
      ? t('ownWordsMissing')
      : code === 'holds_secret'
        ? t('ownWordsHoldSecret')
        : null
  const untilError =
    fault === 'untilMalformed'
      ? t('untilMalformed')
      : code === 'not_in_future'
        ? t('untilNotInFuture')
        : code === 'too_far'
          ? t('untilTooFar')
          : null
  useEffect(() => {
    if (wordsError !== null) wordsField.current?.focus()
    else if (untilError !== null) untilField.current?.focus()
  }, [wordsError, untilError])
  function submit(event: FormEvent) {
    event.preventDefault()
    if (stage === 'sending') return
    const end = until === '' ? null : endOfDanishDay(until)
    const own = words.trim()
    // A date that is half typed is none to the field, and would pass for no end.
    const isHalfTyped = untilField.current?.validity.badInput === true
    const found: Fault | null =
      reason === null
        ? 'reasonMissing'
        : reason === 'own' && own === ''
          ? 'ownWordsMissing'
          : isHalfTyped || (until !== '' && end === null)
            ? 'untilMalformed'
            : null
    setFault(found)
    if (reason === null || found) return
    const why: BlockReason = reason === 'own' ? { code: reason, words: own } : { code: reason }
    start(() => onSend(block({ reason: why, until: end }), pupils))
  }

  if (isNobody) {
    return (
      <Dialog
        open
        title={t('nobodyTitle')}
        onClose={onClose}
        actions={<Button onClick={onClose}>{common('close')}</Button>}
      >
        <Concerned pupils={pupils} />
      </Dialog>
    )
  }
  return (
    <GuardedDialog
      title={title}
      guarded={guarded}
      secondFactor={secondFactor}
      confirm={{ label: t('block'), variant: 'warning', type: 'submit', form: formId }}
      onClose={onClose}
    >
      <form id={formId} onSubmit={submit} noValidate>
        {error && wordsError === null && untilError === null && <ProblemNotice error={error} />}
        <p>{t('what')}</p>
        <p>
          {t('onlyUnilogin')} <HelpLink to={paths.help.to('spaer-adgang')}>{common('helpBeside')}</HelpLink>
        </p>
        <Concerned pupils={pupils} />
        <RadioGroup<BlockReason['code']>
          label={t('reason')}
          hint={t('reasonHint')}
          value={reason}
          onChange={setReason}
          error={fault === 'reasonMissing' ? t('reasonMissing') : null}
          choices={[
            ...reasons.map((each) => ({ value: each, label: pupilWords(`blockReason.${each}`) })),
            { value: 'own', label: t('own') },
          ]}
        />
        {reason === 'own' && (
          <TextArea
            ref={wordsField}
            label={t('ownWords')}
            hint={t('ownWordsHint')}
            error={wordsError}
            maxLength={WORDS_MAX}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        )}
        <TextField
          ref={untilField}
          type="date"
          className="form-input-date"
          label={t('until')}
          hint={t('untilHint')}
          error={untilError}
          min={today}
          value={until}
          onChange={(event) => setUntil(event.target.value)}
        />
      </form>
    </GuardedDialog>
  )
}
