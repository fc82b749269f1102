import { useState } from 'react'
import type { Command } from '../school'
import type { PartProps } from './Panel'
import { fill, useWords } from './words'

/** Does what pupils do on their own side, beyond the app. */
export function PupilPart({ school, overview, run }: PartProps) {
  const { words } = useWords()
  const [picked, setPicked] = useState('')
  const [typed, setTyped] = useState('')
  const withWindow = overview.pupils.filter((pupil) => pupil.hasOpenWindow)
  const chosen = withWindow.find(({ username }) => username === picked) ?? withWindow[0]

  const letPupil = (username: string, does: Extract<Command, { username: string }>['do'], told: string) =>
    run(async () => {
      const done = await school.command({ do: does, username })
      return fill(done ? told : words.pupilCannot, { username })
    })

  return (
    <section aria-labelledby="pupils">
      <h3 id="pupils">{words.pupils}</h3>
      {chosen ? (
        <form action={() => letPupil(chosen.username, 'signInAlone', words.windowUsed)}>
          <label htmlFor="window-pupil">{words.windowPupil}</label>
          <select
            id="window-pupil"
            value={chosen.username}
            onChange={(event) => setPicked(event.target.value)}
          >
            {withWindow.map(({ username, name }) => (
              <option key={username} value={username}>
                {username} · {name}
              </option>
            ))}
          </select>
          <button type="submit">{words.useWindow}</button>
        </form>
      ) : (
        <p>{words.noWindows}</p>
      )}
      <form action={() => letPupil(typed.trim().toLowerCase(), 'askForStepUp', words.stepUpAsked)}>
        <label htmlFor="step-up-pupil">{words.stepUpPupil}</label>
        <input
          id="step-up-pupil"
          list="all-pupils"
          required
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <datalist id="all-pupils">
          {overview.pupils.map(({ username, name }) => (
            <option key={username} value={username} label={name} />
          ))}
        </datalist>
        <button type="submit">{words.askForStepUp}</button>
      </form>
    </section>
  )
}
