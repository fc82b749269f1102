import './demo-phone.css'
import type { CodeOnPhone } from '../overview'
import { fill, useWords } from '../picker/words'

/** What the demo's phone shows: the code that was sent last, or that there is none yet. */
export function PhoneScreen({ latest }: { latest: CodeOnPhone | undefined }) {
  const { words, locale } = useWords()
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
