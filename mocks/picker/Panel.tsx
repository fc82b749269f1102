import { type KeyboardEvent, useRef, useState } from 'react'
import { seconds } from '../../server/time'
import type { Overview } from '../overview'
import type { School } from '../school'
import { ClockPart } from './ClockPart'
import { PupilPart } from './PupilPart'
import { ScenarioPart } from './ScenarioPart'
import { StaffPart } from './StaffPart'
import { useOverview } from './use-overview'
import { useWords } from './words'

const LOOK_EVERY = seconds(1)

/** What each part of the panel is given. */
export interface PartProps {
  school: School
  overview: Overview
  /** Does one thing at a time, and tells what came of it where it answers a text. */
  run: (work: () => Promise<string | null>) => void
}

/** Everything that can be done to the demo school from outside the app. */
export function Panel({ school }: { school: School }) {
  const { words } = useWords()
  const details = useRef<HTMLDetailsElement>(null)
  const [open, setOpen] = useState(false)
  const { overview, look } = useOverview(school, open ? LOOK_EVERY : null)
  const busy = useRef(false)
  const [told, setTold] = useState('')

  async function run(work: () => Promise<string | null>) {
    if (busy.current) return
    busy.current = true
    setTold('')
    try {
      setTold((await work()) ?? '')
      await look()
    } finally {
      busy.current = false
    }
  }

  function closeOnEscape(event: KeyboardEvent) {
    if (event.key !== 'Escape' || !details.current?.open) return
    details.current.open = false
    details.current.querySelector('summary')?.focus()
  }

  if (!overview) return null
  const part: PartProps = { school, overview, run: (work) => void run(work) }
  const { title } = words.scenarios[overview.scenario]
  return (
    <aside aria-label={words.title}>
      <details
        ref={details}
        onToggle={(event) => setOpen(event.currentTarget.open)}
        onKeyDown={closeOnEscape}
      >
        <summary
          aria-label={`${words.open}: ${title}`}
          title={title}
          data-unusual={overview.scenario !== 'normal'}
        >
          {words.open}
        </summary>
        <div className="panel">
          <h2>
            {words.title} <span className="dev-only">{words.devOnly}</span>
          </h2>
          <StaffPart {...part} />
          <ClockPart {...part} />
          <PupilPart {...part} />
          <ScenarioPart {...part} />
          <p className="told" role="status">
            {told}
          </p>
        </div>
      </details>
    </aside>
  )
}
