import classes from '../../locales/da/classes.json'
import common from '../../locales/da/common.json'
import passwordReset from '../../locales/da/passwordReset.json'
import problems from '../../locales/da/problems.json'
import pupils from '../../locales/da/pupils.json'
import session from '../../locales/da/session.json'
import stepUp from '../../locales/da/stepUp.json'

/** All Danish texts; they are the master and type the keys. */
const da = { classes, common, passwordReset, problems, pupils, session, stepUp }

export default da
export type Texts = typeof da
