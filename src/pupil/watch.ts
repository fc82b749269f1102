import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { followPupil } from './client'
import { lookAgain } from './queries'

/** Keeps what is on the page up to date as it happens, by the pupil's own stream of looks. */
export function useWatch(): void {
  const queryClient = useQueryClient()
  useEffect(() => followPupil(() => void lookAgain(queryClient)), [queryClient])
}
