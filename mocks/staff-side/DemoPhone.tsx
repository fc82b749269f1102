import { useEffect, useState } from 'react'
import { seconds } from '../../server/time'
import type { CodeOnPhone } from '../overview'
import { schoolOfPage } from '../school-of-page'
import { PhoneScreen } from './PhoneScreen'

const LOOK_EVERY = seconds(1)

/** The phone of whoever is signing in: it shows the code that was sent last. In the demo only. */
export function DemoPhone() {
  const [latest, setLatest] = useState<CodeOnPhone>()

  useEffect(() => {
    const look = async () => setLatest((await schoolOfPage()?.overview())?.phone[0])
    void look()
    const timer = setInterval(() => void look(), LOOK_EVERY)
    return () => clearInterval(timer)
  }, [])

  return <PhoneScreen latest={latest} />
}
