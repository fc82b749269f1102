import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { lookInTurn } from '../api/look-in-turn'
import { followPupil } from './client'
import { lookAgain } from './queries'

/** Keeps what is on the page up to date as it happens, by the pupil's own stream of looks. */
export function useWatch(): void {
  const queryClient = useQueryClient()
  useEffect(() => {
    const looks = lookInTurn(() => lookAgain(queryClient))
    const stop = followPupil(() => looks.want(null))
    return () => {
      stop()
      looks.stop()
    }
  }, [queryClient])
}
