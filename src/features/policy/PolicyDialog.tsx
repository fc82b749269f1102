import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PasswordPolicy, passwordPolicies } from '../../../server/people'
import { GuardedDialog } from '../../api/GuardedDialog'
import { type Answered, useGuardedDeed } from '../../api/guarded-deed'
import { ProblemNotice } from '../../api/ProblemNotice'
import type { DeedFor, DeedOutcome } from '../../api/pupil-actions'
import type { Pupil } from '../../api/pupil-cache'
import { useFormat } from '../../i18n/format'
import { paths } from '../../paths'
import { HelpLink } from '../../ui/HelpLink'
import { RadioGroup } from '../../ui/RadioGroup'
import { TextArea } from '../../ui/TextArea'
import { usePolicySet } from './PolicySet'
import { setPolicy } from './queries'

type Choice = PasswordPolicy | 'standard'

const policies = ['indskoling', 'mellemtrin', 'udskoling'] as const satisfies typeof passwordPolicies

/** As long as the API keeps. */
const NOTE_MAX = 200

interface PolicyDialogProps {
  pupils: readonly Pupil[]
  /** What is kept for the one pupil, where it is known. */
  now?: { ofYear: PasswordPolicy; override: PasswordPolicy | null; note: string | null } | undefined
  /** Carries it out for these pupils; the dialog waits and tells what went wrong. */
  onSend: (deedFor: DeedFor, pupils: readonly Pupil[]) => Promise<DeedOutcome>
  /** What asks for a new second factor, where the API wants one first. */
  secondFactor: (onGiven: () => void) => ReactNode
  /** "Giv ny adgangskode nu", for those who can get one. */
  onGiveNewPassword: (pupils: readonly Pupil[]) => void
  onClose: () => void
}

/** "Adgangskodepolitik" of one or many: what it means, from when, why; and then the way to have it at once. */
export function PolicyDialog({
  pupils,
  now,
  onSend,
  secondFactor,
  onGiveNewPassword,
  onClose,
}: PolicyDialogProps) {
  const { t } = useTranslation('policy')
  const { t: common } = useTranslation()
  const formId = useId()
  const [choice, setChoice] = useState<Choice | null>(now ? (now.override ?? 'standard') : null)
  const [note, setNote] = useState(now?.note ?? '')
  const [missing, setMissing] = useState<'choice' | 'note' | null>(null)
  const noteField = useRef<HTMLTextAreaElement>(null)
  const [answered, setAnswered] = useState<Answered | null>(null)
  const guarded = useGuardedDeed(setAnswered)
  const { stage, error, start } = guarded
  const done = usePolicySet(answered, onGiveNewPassword, onClose)
  const title = useTitle(pupils)

  // Fields of the API's own refusals.
  const [code] = error?.codes ?? []
  const noteError =
    missing === 'note' || code === 'note_missing'
      ? t('noteMissing')
      : code === 'holds_secret'
        ? t('noteHoldsSecret')
        : null
  useEffect(() => {
    if (noteError !== null) noteField.current?.focus()
  }, [noteError])

  function submit(event: FormEvent) {
    event.preventDefault()
    if (stage === 'sending') return
    const why = note.trim()
    const lacks = choice === null ? 'choice' : choice !== 'standard' && why === '' ? 'note' : null
    setMissing(lacks)
    if (choice === null || lacks) return
    const wanted = choice === 'standard' ? { policy: null, note: null } : { policy: choice, note: why }
    start(() => onSend(setPolicy(wanted), pupils))
  }

  return (
    <GuardedDialog
      title={title}
      guarded={guarded}
      secondFactor={secondFactor}
      confirm={{ label: t('save'), variant: 'primary', type: 'submit', form: formId }}
      done={done}
      onClose={onClose}
    >
      <form id={formId} onSubmit={submit} noValidate>
        {error && noteError === null && <ProblemNotice error={error} />}
        <p>
          {pupils.length === 1 ? t('fromWhen') : t('fromWhenMany')}{' '}
          <HelpLink to={paths.help.to('adgangskodepolitik')}>{common('helpBeside')}</HelpLink>
        </p>
        <Choices
          choice={choice}
          ofYear={now?.ofYear}
          error={missing === 'choice' ? t('choiceMissing') : null}
          onChoose={setChoice}
        />
        {choice !== null && choice !== 'standard' && (
          <>
            <p className="reason">{t('stays')}</p>
            <LeftOut pupils={pupils} />
            <TextArea
              ref={noteField}
              label={t('note')}
              hint={t('noteHint')}
              error={noteError}
              maxLength={NOTE_MAX}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          </>
        )}
      </form>
    </GuardedDialog>
  )
}

function useTitle(pupils: readonly Pupil[]): string {
  const { t } = useTranslation('policy')
  const [first] = pupils
  const count = pupils.length
  return count === 1 && first ? t('titleOne', { name: first.name }) : t('titleMany', { count })
}

interface ChoicesProps {
  choice: Choice | null
  ofYear: PasswordPolicy | undefined
  error: string | null
  onChoose: (choice: Choice) => void
}

function Choices({ choice, ofYear, error, onChoose }: ChoicesProps) {
  const { t } = useTranslation('policy')
  return (
    <RadioGroup<Choice>
      label={t('policy')}
      value={choice}
      error={error}
      onChange={onChoose}
      choices={[
        {
          value: 'standard',
          label: t('standard'),
          hint: ofYear ? t('standardWhatNow', { policy: t(ofYear).toLowerCase() }) : t('standardWhat'),
        },
        ...policies.map((policy) => ({ value: policy, label: t(policy), hint: t(`${policy}What`) })),
      ]}
    />
  )
}

/** Whom a policy of Unilogin does not concern; the API answers so, too. */
function LeftOut({ pupils }: { pupils: readonly Pupil[] }) {
  const { t } = useTranslation('policy')
  const format = useFormat()
  const local = pupils.filter(({ status }) => status.localLogin)
  if (local.length === 0) return null
  return (
    <p className="reason">
      {pupils.length === 1
        ? t('nobody')
        : t('leftOut', { names: format.list(local.map(({ name }) => name)) })}
    </p>
  )
}
