import { useTranslation } from 'react-i18next'
import type { PupilAction } from '../../api/pupil-actions'
import type { Pupil } from '../../api/pupil-cache'

/** What was done, in one sentence, for one pupil by name or for many by number. */
export function useOutcomeWords() {
  const { t: reset } = useTranslation('passwordReset')
  const { t: stepUp } = useTranslation('stepUp')
  return (action: PupilAction, done: readonly Pupil[]): string => {
    const [first] = done
    const one = done.length === 1 ? first : undefined
    const count = done.length
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
    }
  }
}
