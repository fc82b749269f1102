import { useTranslation } from 'react-i18next'
import type { Answered } from '../../api/guarded-deed'
import type { Pupil } from '../../api/pupil-cache'
import { Button } from '../../ui/Button'

/** What the dialog says once the policy is set: for whom and for whom not; and the way to have it at once. */
export function usePolicySet(
  answered: Answered | null,
  onGiveNewPassword: (pupils: readonly Pupil[]) => void,
  onClose: () => void,
) {
  const { t } = useTranslation('policy')
  const { t: pupils } = useTranslation('pupils')
  const { t: common } = useTranslation()
  if (answered === null) return undefined
  const { done, refused } = answered
  const [first] = done
  const count = done.length
  const helpable = done.filter((pupil) => pupil.can.giveNewPassword.allowed)
  return {
    title: count > 0 ? t('doneTitle') : t('nobodyDoneTitle'),
    children: (
      <>
        {count > 0 && (
          <p>{count === 1 && first ? t('set', { name: first.name }) : t('setMany', { count })}</p>
        )}
        {refused.length > 0 && (
          <ul>
            {refused.map(({ pupil, refusal }) => (
              <li key={pupil.id}>
                <strong>{pupil.name}</strong>: {pupils(`refusal.${refusal}`)}
              </li>
            ))}
          </ul>
        )}
        {helpable.length > 0 && (
          <p>{count === 1 ? t('giveNowText') : t('giveNowTextMany', { count: helpable.length })}</p>
        )}
      </>
    ),
    actions: (
      <>
        {helpable.length > 0 && (
          <Button variant="primary" onClick={() => onGiveNewPassword(helpable)}>
            {t('giveNow')}
          </Button>
        )}
        <Button variant="secondary" onClick={onClose}>
          {common('close')}
        </Button>
      </>
    ),
  }
}
