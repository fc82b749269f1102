import words from '../../locales/en/help.json'
import type { AnswerText } from './help-texts'

/** All English help. */
export default {
  help: words,
  answers: import.meta.glob<AnswerText>('../../locales/en/help/*.json', { eager: true, import: 'default' }),
}
