import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PasswordRefusal } from '../../../server/passwords/chosen'
import { Button } from '../../ui/Button'
import { Icon } from '../../ui/Icon'
import { PupilHeading } from '../PupilHeading'
import { brokenRulesOf } from '../queries'
import { UsernameForManager } from '../sign-in/PasswordStep'
import { useErrorWords } from '../words'
import type { WayProps } from './NewPasswordPage'
import { PasswordField } from './PasswordField'
import { RememberText } from './RememberText'

/** Every reason why a password may be refused; the locales word them. */
const rules = {
  too_short: true,
  too_long: true,
  odd_characters: true,
  needs_lower_case: true,
  needs_upper_case: true,
  needs_digits: true,
  too_simple: true,
  holds_name: true,
  holds_username: true,
  holds_season: true,
  too_common: true,
  used_before: true,
  not_remembered: true,
  other_policy: true,
  must_be_assigned: true,
} as const satisfies Record<PasswordRefusal, true>
type Rule = keyof typeof rules

const isRule = (code: string): code is Rule => code in rules

/** The API is asked once the pupil pauses, not at every key. */
const ASK_AFTER_MS = 400

/** A password of the pupil's own: each broken rule is named while typing; then it is given again from memory. */
export function OwnPassword({ username, onSet, busy, error, onOtherWay }: WayProps) {
  const { t } = useTranslation('pupilPages')
  const words = useErrorWords()
  const [password, setPassword] = useState('')
  const [broken, setBroken] = useState<readonly Rule[] | null>(null)
  const [isHidden, setHidden] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [isChecking, setChecking] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const rulesId = useId()

  useEffect(() => {
    if (!isHidden) field.current?.focus()
  }, [isHidden])

  useEffect(() => {
    setBroken(null)
    setProblem(null)
    if (password === '') return
    let isLatest = true
    const timer = setTimeout(() => {
      // Whether it may be used is decided when it is set; here a lost connection only keeps a hint away.
      brokenRulesOf(password).then(
        (found) => isLatest && setBroken(found),
        () => undefined,
      )
    }, ASK_AFTER_MS)
    return () => {
      isLatest = false
      clearTimeout(timer)
    }
  }, [password])

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (isChecking) return
    if (password === '') {
      setProblem(t('error.passwordMissing'))
      field.current?.focus()
      return
    }
    setChecking(true)
    setProblem(null)
    try {
      const found = await brokenRulesOf(password)
      setBroken(found)
      if (found.length === 0) setHidden(true)
      else field.current?.focus()
    } catch (cause) {
      setProblem(words(cause))
    } finally {
      setChecking(false)
    }
  }

  async function confirm(again: string) {
    if (again !== password) {
      setProblem(t('newPassword.wrongOwn'))
      return
    }
    setProblem(null)
    const refused = await onSet(password)
    if (refused.length === 0) return
    setBroken(refused.filter(isRule))
    setHidden(false)
  }

  function lookAgain() {
    setProblem(null)
    setHidden(false)
  }

  if (isHidden) {
    return (
      <RememberText
        username={username}
        onSubmit={(again) => void confirm(again)}
        onLookAgain={lookAgain}
        busy={busy}
        problem={problem ?? words(error)}
      />
    )
  }
  return (
    <form className="pupil-form sign-in" onSubmit={(event) => void submit(event)} noValidate>
      <PupilHeading title={t('newPassword.ownTitle')} focusKey="own" />
      {username && <UsernameForManager username={username} />}
      <PasswordField
        ref={field}
        label={t('newPassword.ownLabel')}
        hint={t('newPassword.ownHint')}
        value={password}
        onValueChange={setPassword}
        error={problem}
        describedBy={rulesId}
      />
      <div id={rulesId} className="pupil-rules" role="status">
        {broken?.length === 0 && (
          <p className="pupil-good">
            <Icon name="check-circle" />
            {t('newPassword.ownGood')}
          </p>
        )}
        {broken && broken.length > 0 && (
          <ul>
            {broken.map((rule) => (
              <li key={rule}>
                <Icon name="close" />
                {t(`newPassword.broken.${rule}`)}
              </li>
            ))}
          </ul>
        )}
      </div>
      <div className="pupil-actions">
        <Button type="submit" variant="primary" busy={isChecking}>
          {t('next')}
        </Button>
        {onOtherWay && <Button onClick={onOtherWay}>{t('newPassword.suggested')}</Button>}
      </div>
    </form>
  )
}
