import classes from '../../locales/en/classes.json'
import common from '../../locales/en/common.json'
import passwordReset from '../../locales/en/passwordReset.json'
import problems from '../../locales/en/problems.json'
import pupils from '../../locales/en/pupils.json'
import session from '../../locales/en/session.json'
import stepUp from '../../locales/en/stepUp.json'
import type { Texts } from './da'

/** All English texts. */
const en = { classes, common, passwordReset, problems, pupils, session, stepUp } satisfies Texts

export default en
