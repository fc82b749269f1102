import { Navigate, useParams } from 'react-router'
import type { Progress } from '../../api/pupil-actions'
import type { AnswerId } from '../../features/help/answers'
import { paths } from '../../paths'
import { NotFoundPage } from '../NotFoundPage'

type Refusal = Extract<Progress, { state: 'refused' }>['refusal']

/** The answer to each refusal. It is here, and not where the refusal is shown, as that is downloaded by everybody. */
const answers: Readonly<Record<Refusal, AnswerId>> = {
  notFound: 'hvilke-elever',
  blocked: 'adgangen-er-spaerret',
  localLogin: 'lokal-loginloesning',
  noWindow: 'giv-ny-adgangskode',
  windowUsed: 'giv-ny-adgangskode',
  windowExpired: 'tiden-loeb-ud',
  notSteppedUp: 'to-faktor-adgang',
  notWaiting: 'godkend-en-elev',
  alreadyBlocked: 'spaer-adgang',
  notBlocked: 'spaer-adgang',
}

const isRefusal = (code: string): code is Refusal => Object.hasOwn(answers, code)

/** Leads from the code of a refusal to the answer that tells of it. */
export function WhyRefused() {
  const { refusal = '' } = useParams()
  if (!isRefusal(refusal)) return <NotFoundPage />
  return <Navigate to={paths.help.to(answers[refusal])} replace />
}
