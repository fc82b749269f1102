import { type Duration, hours, minutes } from '../../server/time'
import { JumpButtons, SpeedButtons } from '../clock/ClockButtons'
import { useShownTime } from '../clock/use-shown-time'
import type { PartProps } from './Panel'
import { asHoursAndMinutes, fill, useWords } from './words'

const jumps: Duration[] = [minutes(1), minutes(5), minutes(20), hours(2)]

/** Tells the school's time, moves it forward and lets it run at another speed. Who does nothing meanwhile was away. */
export function ClockPart({ school, overview, run }: PartProps) {
  const { words, locale } = useWords()
  const time = useShownTime(overview)
  const ahead = asHoursAndMinutes(overview.clockAhead, locale)

  const advance = (by: Duration) =>
    run(async () => {
      await school.command({ do: 'advance', by })
      // As on coming back to the tab: the app asks again how it stands with the session.
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
      return null
    })
  const setSpeed = (speed: number) =>
    run(async () => {
      await school.command({ do: 'setSpeed', speed })
      return null
    })

  return (
    <section aria-labelledby="clock">
      <h3 id="clock">{words.clock}</h3>
      <p>{ahead === '' ? time : fill(words.clockAhead, { time, ahead })}</p>
      <JumpButtons className="row" jumps={jumps} onJump={advance} />
      <SpeedButtons className="row" speed={overview.clockSpeed} onSpeed={setSpeed} />
    </section>
  )
}
