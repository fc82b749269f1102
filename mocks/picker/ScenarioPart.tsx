import { type ScenarioName, scenarioNames } from '../scenarios/scenarios'
import type { PartProps } from './Panel'
import { signedInId, signIn } from './session'
import { useWords } from './words'

/** Loads a scenario, which resets the school; whoever was signed in goes on in it. */
export function ScenarioPart({ school, overview, run }: PartProps) {
  const { words } = useWords()

  const load = (scenario: ScenarioName) =>
    run(async () => {
      const id = await signedInId()
      await school.command({ do: 'load', scenario })
      const person = overview.staff.find((each) => each.id === id)
      if (person) await signIn(person.username)
      location.reload()
      return null
    })

  return (
    <section aria-labelledby="scenario">
      <h3 id="scenario">{words.scenario}</h3>
      <p>{words.scenarioHint}</p>
      <ul>
        {scenarioNames.map((name) => (
          <li key={name}>
            <button
              type="button"
              className="choice"
              aria-current={name === overview.scenario}
              onClick={() => load(name)}
            >
              <strong>{words.scenarios[name].title}</strong>
              {name === overview.scenario && <em>{words.loaded}</em>}
              <span>{words.scenarios[name].text}</span>
            </button>
          </li>
        ))}
      </ul>
      <button type="button" onClick={() => load(overview.scenario)}>
        {words.reset}
      </button>
    </section>
  )
}
