import { Link } from 'react-router'
import type { AnswerId } from '../../features/help/answers'
import { useHelpTexts } from '../../i18n/help-texts'
import { paths } from '../../paths'

/** Answers by their titles. */
export function AnswerLinks({ ids }: { ids: readonly AnswerId[] }) {
  const { answers } = useHelpTexts()
  return (
    <ul className="help-links">
      {ids.map((id) => (
        <li key={id}>
          <Link to={paths.help.to(id)}>{answers.get(id)?.title}</Link>
        </li>
      ))}
    </ul>
  )
}
