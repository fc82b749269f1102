import { type Duration, hours, minutes } from '../../server/time'
import { JumpButtons, SpeedButtons } from '../clock/ClockButtons'
import { useShownTime } from '../clock/use-shown-time'
import type { Overview } from '../overview'
import { useWords } from '../picker/words'
import type { School } from '../school'

/** The end of a new password's window, and of a step-up. */
const jumps: Duration[] = [minutes(5), hours(2)]

interface ClockBarProps {
  overview: Overview
  onCommand: (command: Parameters<School['command']>[0]) => void
  onReset: () => void
}

/** The school's clock, for both screens at once, and the way to begin anew. */
export function ClockBar({ overview, onCommand, onReset }: ClockBarProps) {
  const { words } = useWords()
  const time = useShownTime(overview)
  const row = { className: 'demo-buttons', buttonClassName: 'button button-secondary button-small' }
  return (
    <section className="demo-clock" aria-labelledby="demo-clock">
      <h2 id="demo-clock">{words.clock}</h2>
      <p className="demo-time">{time}</p>
      <SpeedButtons
        {...row}
        speed={overview.clockSpeed}
        onSpeed={(speed) => onCommand({ do: 'setSpeed', speed })}
      />
      <JumpButtons
        {...row}
        jumps={jumps}
        onJump={(by) => onCommand({ do: 'advance', by, keepSessions: true })}
      />
      <button type="button" className="button button-tertiary button-small" onClick={onReset}>
        {words.both.reset}
      </button>
    </section>
  )
}
