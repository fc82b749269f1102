import { useWords } from '../picker/words'
import { DEMO_ADDRESS, isInDemo } from './address'

/** The way to both sides at once. */
export function DemoLink() {
  const { words } = useWords()
  if (isInDemo()) return null
  return <a href={DEMO_ADDRESS}>{words.both.title}</a>
}
