import { useState } from 'react'
import { useWords } from '../picker/words'
import { passwordOf } from './kept-passwords'

interface DemoPasswordProps {
  username: string
  /** Types the password into the page. */
  onType: (password: string) => void
}

/** A button that shows and types a pupil's password, so that a visitor can play the pupil. In the demo only. */
export function DemoPassword({ username, onType }: DemoPasswordProps) {
  const { words } = useWords()
  const [answer, setAnswer] = useState('')

  async function show() {
    const password = await passwordOf(username)
    // Pictures are seen where they are typed.
    setAnswer(password?.includes(' ') ? '' : (password ?? words.noDemoPassword))
    if (password) onType(password)
  }

  return (
    <p className="pupil-demo">
      <button type="button" className="button button-link" onClick={() => void show()}>
        {words.showDemoPassword}
      </button>
      <output>{answer}</output>
    </p>
  )
}
