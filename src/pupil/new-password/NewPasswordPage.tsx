import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isApiError } from '../../api/errors'
import { useToast } from '../../ui/Announcer'
import { keepForDemo } from '../demo-password'
import { type NewPassword, type PupilSignedIn, useSetPassword } from '../queries'
import { MustChangeNotice } from './MustChangeNotice'
import { OwnPassword } from './OwnPassword'
import { SuggestedPassword } from './SuggestedPassword'

interface NewPasswordPageProps {
  session: PupilSignedIn
  /** Who typed a username here, for whoever keeps the password; empty after a reload. */
  username: string
  onDone?: () => void
}

/** What both ways to a new password are given. */
export interface WayProps {
  username: string
  /** Sets the password; resolves to why it was refused, as codes, of which there are none where it was not. */
  onSet: (password: string) => Promise<readonly string[]>
  busy: boolean
  error: unknown
  onOtherWay: (() => void) | undefined
}

/** A new password: why, where it is not the pupil's own wish, then assigned or chosen, until it is known by heart. */
export function NewPasswordPage({ session, username, onDone }: NewPasswordPageProps) {
  const { t } = useTranslation('pupilPages')
  const toast = useToast()
  const [way, setWay] = useState<NewPassword['from']>('suggestion')
  const isNoticeFirst = session.stage === 'mustSetPassword' && isDue(session)
  const [isNoticed, setNoticed] = useState(!isNoticeFirst)
  const setPassword = useSetPassword()

  async function set(password: string) {
    try {
      await setPassword.mutateAsync({ password, from: way })
    } catch (error) {
      return isApiError(error) ? error.codes : []
    }
    await keepForDemo(username, password)
    toast(t('newPassword.saved'))
    onDone?.()
    return []
  }

  function go(other: NewPassword['from']) {
    setPassword.reset()
    setWay(other)
  }

  if (!isNoticed) return <MustChangeNotice session={session} onStart={() => setNoticed(true)} />
  // A refusal is told by what was refused.
  const isRefused = isApiError(setPassword.error) && setPassword.error.type === 'password-refused'
  const error = isRefused ? null : setPassword.error
  const shared = { username, onSet: set, busy: setPassword.isPending, error }
  if (way === 'own') return <OwnPassword {...shared} onOtherWay={() => go('suggestion')} />
  return <SuggestedPassword {...shared} onOtherWay={session.mayChoose ? () => go('own') : undefined} />
}

/** Whether the pupil came by the old password, and is told first why there is to be another. */
const isDue = ({ because }: PupilSignedIn) => because === 'movedUp' || because === 'yearly'
