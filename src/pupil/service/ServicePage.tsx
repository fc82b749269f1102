import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, useParams } from 'react-router'
import type { StepUpService } from '../../../server/step-up/rules'
import { isApiError } from '../../api/errors'
import { useHasPassed } from '../../api/server-clock'
import { paths } from '../../paths'
import { useAnnounce } from '../../ui/Announcer'
import { Skeleton } from '../../ui/Skeleton'
import { serviceOf } from '../addresses'
import { ProblemPage } from '../ProblemPage'
import { isWaiting, type LatestRequest, latestRequestQuery, serviceQuery, sessionQuery } from '../queries'
import { EndedPage } from './EndedPage'
import { OpenService } from './OpenService'
import { WaitingPage } from './WaitingPage'

/** A service of the demo: open, waiting for a teacher, or why it is neither. */
export function ServicePage() {
  const service = serviceOf(useParams().service)
  if (!service) return <Navigate to={paths.pupil.to()} replace />
  return <Service key={service} service={service} />
}

function Service({ service }: { service: StepUpService }) {
  const { t } = useTranslation('pupilPages')
  const { t: common } = useTranslation()
  const queryClient = useQueryClient()
  const content = useQuery(serviceQuery(service))
  const latest = useQuery(latestRequestQuery)
  const opened = content.isError ? undefined : content.data
  // Nothing sensitive is shown a moment longer than it may, whatever the next answer says.
  const isOver = useHasPassed(opened?.levelEndsAt ?? FAR_AHEAD)
  const state = useStateOfRequest(latest.data, service)
  const isOpening = useOpenWhenApproved(service, latest.data && state)

  useEffect(() => {
    if (!isOver) return
    queryClient.removeQueries({ queryKey: serviceQuery(service).queryKey })
    void queryClient.refetchQueries({ queryKey: sessionQuery.queryKey })
  }, [isOver, service, queryClient])

  if (opened && !isOver) return <OpenService content={opened} />
  const failure = [content.error, latest.error].find((error) => error && !isStepUpRequired(error))
  if (failure) {
    return (
      <ProblemPage
        error={failure}
        busy={content.isFetching || latest.isFetching}
        onTryAgain={() => {
          void content.refetch()
          void latest.refetch()
        }}
      />
    )
  }
  if (content.isPending || !latest.data || isOpening) return <Skeleton lines={4} label={common('loading')} />
  if (state === 'waiting' && latest.data.request) {
    return <WaitingPage request={latest.data.request} service={t(`services.${service}`)} />
  }
  return <EndedPage service={service} ended={endingOf(state)} />
}

/** Where nothing is open, nothing ends. */
const FAR_AHEAD = '9999-12-31T00:00:00Z'

const isStepUpRequired = (error: unknown) => isApiError(error) && error.type === 'step-up-required'

/** How the latest request stands, as far as it is about this service. */
type State = 'waiting' | NonNullable<LatestRequest['outcome']> | null

function stateOf(latest: LatestRequest | undefined, service: StepUpService): State {
  if (latest?.request?.service !== service) return null
  return isWaiting(latest) ? 'waiting' : latest.outcome
}

/** As `stateOf`; what this page waited for until the pupil asked for another service elsewhere is replaced. */
function useStateOfRequest(latest: LatestRequest | undefined, service: StepUpService): State {
  const state = stateOf(latest, service)
  const [waited, setWaited] = useState(false)
  // React's own way of keeping a value of the render before.
  if (state !== null && waited !== (state === 'waiting')) setWaited(state === 'waiting')
  return state === null && waited ? 'replaced' : state
}

/** An approval that holds no more has run out; no request at all is there to be made. */
const endingOf = (state: State) => {
  if (state === 'approved') return 'over'
  return state === null || state === 'waiting' ? 'ask' : state
}

/**
 * Opens the service, and says so, at the moment when a teacher has said yes; a page that is drawn later finds it open.
 * @param state undefined before the first look
 * @returns whether it is being opened, so that nothing is said to be over before it has begun.
 */
function useOpenWhenApproved(service: StepUpService, state: State | undefined): boolean {
  const { t } = useTranslation('pupilPages')
  const queryClient = useQueryClient()
  const announce = useAnnounce()
  const [last, setLast] = useState(state)
  const [isOpening, setOpening] = useState(false)
  if (state !== last) {
    setLast(state)
    setOpening(state === 'approved' && last !== undefined)
  }
  useEffect(() => {
    if (!isOpening) return
    announce(t('service.approved'))
    void queryClient.refetchQueries({ queryKey: sessionQuery.queryKey })
    void queryClient
      .refetchQueries({ queryKey: serviceQuery(service).queryKey })
      .then(() => setOpening(false))
  }, [isOpening, service, queryClient, announce, t])
  return isOpening
}
