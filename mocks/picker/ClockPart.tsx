import { type Duration, hours, minutes } from '../../server/time'
import type { PartProps } from './Panel'
import { asHoursAndMinutes, fill, useWords } from './words'

const steps: Duration[] = [minutes(1), minutes(5), minutes(20), hours(2)]

/** Tells the school's time and moves it forward. */
export function ClockPart({ school, overview, run }: PartProps) {
  const { words, locale } = useWords()
  const time = new Intl.DateTimeFormat(locale, { timeZone: 'Europe/Copenhagen', timeStyle: 'medium' }).format(
    overview.now,
  )
  const ahead = asHoursAndMinutes(overview.clockAhead, locale)

  const advance = (by: Duration) =>
    run(async () => {
      await school.command({ do: 'advance', by })
      // As on coming back to the tab: the app asks again, and so learns the time.
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
      return null
    })

  return (
    <section aria-labelledby="clock">
      <h3 id="clock">{words.clock}</h3>
      <p>{ahead === '' ? time : fill(words.clockAhead, { time, ahead })}</p>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would be a second heading for four buttons. */}
      <div className="row" role="group" aria-label={words.advance}>
        {steps.map((by) => (
          <button key={by} type="button" onClick={() => advance(by)}>
            +{asHoursAndMinutes(by, locale)}
          </button>
        ))}
      </div>
    </section>
  )
}
