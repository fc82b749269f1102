import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeedOutcome, PupilAction } from '../../api/pupil-actions'
import type { Pupil } from '../../api/pupil-cache'

type Answered = Extract<DeedOutcome, { state: 'answered' }>

/**
 * What was done, in one sentence, for one pupil by name or for many by number;
 * and the whole answer of a batch, with those it was not done for and why.
 */
export function useOutcomeWords() {
  const { t: reset } = useTranslation('passwordReset')
  const { t: stepUp } = useTranslation('stepUp')
  // Only where these can be done are their words fetched.
  const { t: policy } = useTranslation('policy')
  const { t: block } = useTranslation('block')
  const { t } = useTranslation('pupils')
  return useMemo(() => {
    const done = (action: PupilAction, pupils: readonly Pupil[]): string => {
      const [first] = pupils
      const one = pupils.length === 1 ? first : undefined
      const count = pupils.length
      switch (action) {
        case 'giveNewPassword':
          return one ? reset('given', { name: one.name }) : reset('givenMany', { count })
        case 'cancelNewPassword':
          return one ? reset('undone', { name: one.name }) : reset('undoneMany', { count })
        case 'stepUp':
        case 'approve':
          return one ? stepUp('given', { name: one.name }) : stepUp('givenMany', { count })
        case 'endStepUp':
          return one ? stepUp('ended', { name: one.name }) : stepUp('endedMany', { count })
        case 'decline':
          return stepUp('declined', { name: first?.name ?? '' })
        case 'setPolicy':
          return one ? policy('set', { name: one.name }) : policy('setMany', { count })
        case 'block':
          return one ? block('blocked', { name: one.name }) : block('blockedMany', { count })
        case 'unblock':
          return one ? block('unblocked', { name: one.name }) : block('unblockedMany', { count })
      }
    }
    const answer = (action: PupilAction, outcome: Answered): string =>
      [
        ...(outcome.done.length > 0 ? [done(action, outcome.done)] : []),
        ...outcome.refused.map(({ pupil, refusal }) => `${pupil.name}: ${t(`refusal.${refusal}`)}`),
      ].join(' ')
    return { done, answer }
  }, [reset, stepUp, policy, block, t])
}
