import accessibility from '../../locales/en/accessibility.json'
import words from '../../locales/en/help.json'
import privacy from '../../locales/en/privacy.json'
import type { AnswerText } from './help-texts'

/** All English help. */
export default {
  help: words,
  accessibility,
  privacy,
  answers: import.meta.glob<AnswerText>('../../locales/en/help/*.json', { eager: true, import: 'default' }),
}
