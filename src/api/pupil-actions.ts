import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback, useSyncExternalStore } from 'react'
import type { Refusal } from '../../server/pupils/schema'
import { newIdempotencyKey } from './client'
import { ApiError, isApiError } from './errors'
import { applyPupils, type Pupil, refreshLists } from './pupil-cache'
import { noteServerTime } from './server-clock'

/** What can be done to pupils from a row or for many at once. */
export type PupilAction =
  | 'giveNewPassword'
  | 'cancelNewPassword'
  | 'stepUp'
  | 'endStepUp'
  | 'approve'
  | 'decline'
  | 'setPolicy'
  | 'block'
  | 'unblock'

/** How far an action on one pupil is. Done is shown by the pupil itself, as the API then describes it. */
export type Progress =
  | { state: 'sending'; action: PupilAction }
  /** The connection was lost after the press: it may or may not have been carried out. */
  | { state: 'checking'; action: PupilAction }
  | { state: 'refused'; action: PupilAction; refusal: Refusal }
  | { state: 'failed'; action: PupilAction; error: ApiError; again: () => void }

interface Result {
  id: string
  refusal: Refusal | null
  pupil: Pupil | null
}

interface Results {
  results: Result[]
  serverTime: string
}

export interface Deed {
  action: PupilAction
  pupils: readonly Pupil[]
  send: (idempotencyKey: string) => Promise<Results>
}

/** A pupil for whom something was not done, and why. */
export interface Refused {
  pupil: Pupil
  refusal: Refusal
}

/** How an action ended for those it was asked for. `null`: it was under way already, or the person has left. */
export type DeedOutcome =
  | { state: 'answered'; done: Pupil[]; refused: Refused[] }
  | { state: 'failed'; error: ApiError; again: () => Promise<DeedOutcome> }
  | null

/** What is to be done to however many pupils are asked for. */
export type DeedFor = (pupils: readonly Pupil[]) => Deed

/** How long after the press a lost request is sent again; later, the teacher no longer expects it. */
const SEND_AGAIN_FOR_MS = 30_000
const SEND_AGAIN_EVERY_MS = 1_500

const progress = new Map<string, Progress>()
const listeners = new Set<() => void>()

function setProgress(pupils: readonly Pupil[], next: Progress | null) {
  for (const pupil of pupils) {
    if (next) progress.set(pupil.id, next)
    else progress.delete(pupil.id)
  }
  for (const listener of listeners) listener()
}

/** What went wrong for one pupil is told in the row; for many it is told once, by whoever asked. */
const isForOne = (pupils: readonly Pupil[]) => pupils.length === 1

/** Set in a dialog, which stays until it is done and tells by itself what went wrong. */
const isFromDialog = (action: PupilAction) =>
  action === 'setPolicy' || action === 'block' || action === 'unblock'

const isUnderWay = (pupil: Pupil) => {
  const state = progress.get(pupil.id)?.state
  return state === 'sending' || state === 'checking'
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

const nextChange = () =>
  new Promise<void>((resolve) => {
    const unsubscribe = subscribe(() => {
      unsubscribe()
      resolve()
    })
  })

/** How far the latest action on this pupil is, where there is something to tell. */
export const useProgress = (pupilId: string): Progress | undefined =>
  useSyncExternalStore(subscribe, () => progress.get(pupilId))

/** Forgets a refusal or failure that the person has read. */
export const dismissProgress = (pupil: Pupil): void => setProgress([pupil], null)

/** Counts the people at this page: what one has pressed is never sent again in the name of the next. */
let generation = 0

/** Changes with the person or the view: what one of them has begun is not gone on with in the name of the next. */
export const actsFor = (): number => generation

/** Forgets everything, for the next person at this computer. */
export function forgetProgress(): void {
  generation += 1
  progress.clear()
  for (const listener of listeners) listener()
}

const mayHaveArrived = (error: unknown) =>
  isApiError(error) && (error.type === 'no-connection' || error.type === 'unreadable-answer')

const pause = (ms: number) =>
  new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer)
      removeEventListener('online', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    addEventListener('online', done)
  })

/**
 * Carries out an action once. If the connection is lost, the same request goes again under the same key,
 * so that the answer is the truth and nothing happens twice; nothing is shown as done before the API says so.
 */
async function carryOut(queryClient: QueryClient, deed: Deed): Promise<DeedOutcome> {
  const { action, pupils, send } = deed
  const busy = pupils.filter(isUnderWay)
  const free = pupils.filter((pupil) => !busy.includes(pupil))
  // All of them on the way already: the same press twice.
  if (free.length === 0) return null
  const pressedBy = generation
  setProgress(free, { state: 'sending', action })
  while (busy.some(isUnderWay)) await nextChange()
  if (pressedBy !== generation) return null
  const key = newIdempotencyKey()
  const pressedAt = performance.now()
  setProgress(pupils, { state: 'sending', action })

  for (;;) {
    try {
      const { results, serverTime } = await send(key)
      if (pressedBy !== generation) return null
      noteServerTime(serverTime)
      return await conclude(queryClient, deed, results)
    } catch (cause) {
      const error = isApiError(cause) ? cause : new ApiError('unreadable-answer')
      if (pressedBy !== generation) return null
      if (!mayHaveArrived(error)) return fail(queryClient, deed, error)
      setProgress(pupils, { state: 'checking', action })
      await pause(SEND_AGAIN_EVERY_MS)
      if (pressedBy !== generation) return null
      if (performance.now() - pressedAt > SEND_AGAIN_FOR_MS) {
        await refreshLists(queryClient)
        return fail(queryClient, deed, new ApiError('outcome-unknown'))
      }
    }
  }
}

async function conclude(
  queryClient: QueryClient,
  { action, pupils }: Deed,
  results: Result[],
): Promise<DeedOutcome> {
  await applyPupils(
    queryClient,
    results.flatMap(({ pupil }) => pupil ?? []),
  )
  setProgress(pupils, null)
  const asked = new Map(pupils.map((pupil) => [pupil.id, pupil]))
  const done: Pupil[] = []
  const refused: Refused[] = []
  for (const { id, refusal, pupil } of results) {
    // A pupil who is no longer within reach is not described any more, but was asked for by name.
    const known = pupil ?? asked.get(id)
    if (!known) continue
    if (refusal === null) done.push(known)
    else refused.push({ pupil: known, refusal })
  }
  if (isForOne(pupils) && !isFromDialog(action)) {
    for (const { pupil, refusal } of refused) setProgress([pupil], { state: 'refused', action, refusal })
  }
  return { state: 'answered', done, refused }
}

function fail(queryClient: QueryClient, deed: Deed, error: ApiError): DeedOutcome {
  const again = () => carryOut(queryClient, deed)
  setProgress(
    deed.pupils,
    isForOne(deed.pupils) && !isFromDialog(deed.action)
      ? { state: 'failed', action: deed.action, error, again: () => void again() }
      : null,
  )
  return { state: 'failed', error, again }
}

/** The way to act on pupils: shows progress in their rows and answers how it ended. */
export function useCarryOut(): (deed: Deed) => Promise<DeedOutcome> {
  const queryClient = useQueryClient()
  return useCallback((deed: Deed) => carryOut(queryClient, deed), [queryClient])
}

/** Whether something is under way for any of these pupils. */
export const useAnyUnderWay = (pupils: readonly Pupil[]): boolean =>
  useSyncExternalStore(subscribe, () => pupils.some(isUnderWay))
