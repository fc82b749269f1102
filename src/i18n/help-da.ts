import words from '../../locales/da/help.json'
import type { AnswerText } from './help-texts'

/** All Danish help. */
export default {
  help: words,
  answers: import.meta.glob<AnswerText>('../../locales/da/help/*.json', { eager: true, import: 'default' }),
}
