import { useEffect, useState } from 'react'
import { seconds } from '../../server/time'
import type { CodeOnPhone } from '../overview'
import { fill, useWords } from '../picker/words'
import { schoolOfPage } from '../school-of-page'
import './demo-phone.css'

const LOOK_EVERY = seconds(1)

/** The phone of whoever is signing in: it shows the code that was sent last. In the demo only. */
export function DemoPhone() {
  const { words, locale } = useWords()
  const [latest, setLatest] = useState<CodeOnPhone>()

  useEffect(() => {
    const look = async () => setLatest((await schoolOfPage()?.overview())?.phone[0])
    void look()
    const timer = setInterval(() => void look(), LOOK_EVERY)
    return () => clearInterval(timer)
  }, [])

  const time = new Intl.DateTimeFormat(locale, { timeZone: 'Europe/Copenhagen', timeStyle: 'short' })
  return (
    <section className="demo-phone" aria-label={words.demoPhone}>
      <p className="demo-phone-title">{words.demoPhone}</p>
      <p className="reason">
        {latest ? fill(words.demoPhoneCode, { time: time.format(latest.at) }) : words.demoPhoneEmpty}
      </p>
      <p className="demo-phone-code">{latest?.code}</p>
    </section>
  )
}
