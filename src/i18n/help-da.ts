import accessibility from '../../locales/da/accessibility.json'
import words from '../../locales/da/help.json'
import privacy from '../../locales/da/privacy.json'
import type { AnswerText } from './help-texts'

/** All Danish help. */
export default {
  help: words,
  accessibility,
  privacy,
  answers: import.meta.glob<AnswerText>('../../locales/da/help/*.json', { eager: true, import: 'default' }),
}
